"""By day: parties that have not said that a task arrived, or are late with it, are reminded."""

from __future__ import annotations

from baiying.cases import actions


def parties(timestamp: int) -> None:
    """Remind each of them once a day; of one outside by a message that says nothing of the case."""
    actions.remind_parties()
