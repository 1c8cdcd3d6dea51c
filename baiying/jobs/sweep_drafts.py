"""Every night: drafts that nobody came back for are dropped."""

from __future__ import annotations

from datetime import timedelta

from baiying.kit import draft

KEPT = timedelta(days=7)


def sweep_drafts(timestamp: int) -> None:
    """Drop drafts older than a week."""
    draft.sweep(KEPT)
