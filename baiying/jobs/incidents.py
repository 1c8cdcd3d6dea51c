"""Every day: what was learned of people in incidents is destroyed on the day that their plan says."""

from __future__ import annotations

from baiying.cases.actions import incidents as actions


def incidents(timestamp: int) -> None:
    """Destroy what is due; the counts stay, a line of the log says so."""
    actions.destroy_due()
