"""How everybody stands to services: a sweep when rules or the day are others now, and one each night that proves it."""

from __future__ import annotations

from django.conf import settings

from baiying.services.actions import standing


def keep_standing(timestamp: int) -> None:
    """Sweep when the rulebook or the day is not that of the last sweep; otherwise nothing."""
    standing.keep_true(settings.BAIYING_DISTRICT)


def prove_standing(timestamp: int) -> None:
    """Reckon everybody anew; the log says whether anything had drifted."""
    standing.sweep_all(settings.BAIYING_DISTRICT)
