"""Every hour: what was told in cases whose day has passed is erased."""

from __future__ import annotations

from baiying.cases import actions
from baiying.members import actions as members


def retention(timestamp: int) -> None:
    """Destroy the keys of cases that were kept until yesterday or longer ago."""
    actions.forget_expired()


def forget_people(timestamp: int) -> None:
    """Wipe people of whom nobody has a reason to know anything any more."""
    members.forget_gone()
