"""Figures: what changed, every few minutes; and every night everything anew, which proves that nothing drifted."""

from __future__ import annotations

from django.conf import settings

from baiying.boards import actions


def figures(timestamp: int) -> None:
    """Count the days whose cases have changed."""
    actions.count(settings.BAIYING_DISTRICT)


def recount(timestamp: int) -> None:
    """Count all cases anew; the log says whether the figures had drifted."""
    actions.recount(settings.BAIYING_DISTRICT)
