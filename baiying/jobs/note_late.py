"""Every minute: the clocks that have run out since the last look."""

from __future__ import annotations

from baiying.cases import actions


def note_late(timestamp: int) -> None:
    """Note each clock that ran out, in its case's story and in the log."""
    actions.note_late()
