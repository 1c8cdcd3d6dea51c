"""Every night: drafts that nobody came back for are dropped, sessions and counts of windows that are over."""

from __future__ import annotations

from datetime import timedelta

from baiying.kit import draft, rate, sessions
from baiying.members import actions as members

KEPT = timedelta(days=7)


def sweep(timestamp: int) -> None:
    """Drop drafts older than a week, the sessions and rates whose time has ended, and used codes and links."""
    draft.sweep(KEPT)
    rate.sweep()
    sessions.sweep()
    members.sweep()
