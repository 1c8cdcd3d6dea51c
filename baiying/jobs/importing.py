"""A sheet is looked through or entered, out of the queue; every night files that nobody came back for go."""

from __future__ import annotations

from baiying.importing import actions


def importing(ref: str, act: str) -> None:
    """Look through or enter this sheet; done again it goes on where it stood."""
    actions.work(ref, act)


def forget_sheets(timestamp: int) -> None:
    """Remove files that nobody came back for within two days."""
    actions.sweep()
