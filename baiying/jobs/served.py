"""After a grant, or after it was taken back: whether she has the service, as lists and coverage tell it."""

from __future__ import annotations

from uuid import UUID

from baiying.services.actions import granted


def served(line: str, person: str) -> None:
    """She was granted a service."""
    granted.note_served(UUID(line), UUID(person))


def served_no_more(line: str) -> None:
    """A grant was taken back."""
    granted.note_served_no_more(UUID(line))
