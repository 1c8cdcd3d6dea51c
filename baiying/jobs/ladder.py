"""Every minute: the ladder before clocks end, pauses that are over, and the clocks that have run out."""

from __future__ import annotations

from baiying.cases import actions


def ladder(timestamp: int) -> None:
    """Climb what is due, each rung once."""
    actions.climb()
