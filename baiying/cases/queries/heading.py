"""The head of a case: which one it is and of what kind. Nothing she told is in it, so it is no reading."""

from __future__ import annotations

from dataclasses import dataclass

from baiying.cases import access
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door
from baiying.kit import number as numbers


@dataclass(frozen=True)
class Heading:
    """A case by its number and kind. ``danger``: she has spoken of it, so she is asked before anybody is brought in."""

    number: str
    address: str
    matter: flow.Matter
    danger: bool


def heading(asker: door.Asker, typed_number: str) -> Heading:
    """The head of a case that the asker's unit leads. Raises Unseen."""
    with door.open(asker):
        case = access.one(asker, typed_number)
        return Heading(numbers.shown(case.number), case.number, catalogue.matter_of(case.declaration_id), case.danger)
