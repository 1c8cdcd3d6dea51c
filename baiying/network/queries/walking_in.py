"""One place to walk in, found by what stands for it in an address; and places found by words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from baiying.kit.chance import letters_for
from baiying.network.models import Place, Unit
from baiying.network.queries.reading import places

REF_LETTERS = 10


def place_ref(found: Place) -> str:
    """What stands for a place in an address: derived letters that say nothing."""
    return letters_for(str(found.id), "place ref", REF_LETTERS)


def place(key: str, on: date) -> Place | None:
    """The open place of this reference."""
    return next((one for one in places(on) if place_ref(one) == key), None)


def places_found(words: str, among: Iterable[Place]) -> list[Place]:
    """Those whose name, address, speciality or one of whose units has every one of the words in it."""
    wanted = words.casefold().split()
    return [one for one in among if all(word in _said(one) for word in wanted)]


def sharing(found: Place, on: date) -> list[Unit]:
    """The open units that share a place, read along with it; one word apart: 会站家合一."""
    return [unit for unit in found.units.all() if unit.is_open(on)]


def _said(found: Place) -> str:
    parts = [found.name, found.name_en, found.address, found.speciality, found.speciality_en, found.area.name]
    parts += [name for unit in found.units.all() for name in (unit.name, unit.name_en)]
    return " ".join(parts).casefold()
