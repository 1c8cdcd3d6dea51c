"""Every hour: what was told in cases whose day has passed is erased."""

from __future__ import annotations

from baiying.cases import actions


def retention(timestamp: int) -> None:
    """Destroy the keys of cases that were kept until yesterday or longer ago."""
    actions.forget_expired()
