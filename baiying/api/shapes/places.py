"""Where one can walk in."""

from __future__ import annotations

from typing import Self

from baiying.api.shapes.shape import Shape, said, typeset
from baiying.kit import moment
from baiying.network import queries as network
from baiying.network.models import Place


class Opening(Shape):
    days: list[int]
    """1 is Monday, 7 is Sunday."""
    opens: str
    closes: str


class PlaceShape(Shape):
    """A place with its hours, its telephone and what it is known for."""

    key: str
    name: str
    area: str
    """The 12-digit statistical code."""
    area_says: str
    address: str
    telephone: str
    hours: list[Opening]
    hours_say: str
    open_now: bool
    """By its weekly hours in Shanghai; days off are not known here."""
    speciality: str
    units: list[str]

    @classmethod
    def of(cls, place: Place) -> Self:
        now = moment.shanghai(moment.now())
        return cls(key=network.place_ref(place), name=said(place), area=place.area_id,
                   area_says=network.area_said(place.area_id), address=place.address, telephone=place.telephone,
                   hours=[Opening(**line) for line in place.hours], hours_say=typeset(network.hours_said(place)),
                   open_now=network.is_open_at(place, now), speciality=said(place, "speciality"),
                   units=[said(unit) for unit in network.sharing(place, now.date())])


class Places(Shape):
    places: list[PlaceShape]
