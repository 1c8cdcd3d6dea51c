"""Where one can walk in: the drawn map with its list, street by street, and one place."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from baiying.kit import moment
from baiying.kit.errors import Unseen
from baiying.network import queries as network
from baiying.network.models import Place
from baiying.web import maps, shelves
from baiying.web.pages import page
from baiying.web.templatetags.show import named


@dataclass(frozen=True)
class Shelf:
    """A street with its places, for the list beside the drawing."""

    code: str
    name: str
    places: list[Place]


def places(request: HttpRequest) -> HttpResponse:
    """The places, street by street; those of a chosen street alone, or those found by words."""
    chosen, q = request.GET.get("area", ""), request.GET.get("q", "").strip()
    streets = network.areas()
    found = network.places_found(q, network.places(moment.today()))
    groups = [Shelf(*one) for one in shelves.by_street(streets, found, chosen)]
    street = next((one for one in streets if one.code == chosen), None)
    drawing = drawn_street(groups[0].places) if street and groups else drawn_district(streets, groups)
    return page(request, "places.html", groups=groups, streets=streets, chosen=chosen, street=street, q=q,
                drawing=drawing, now=moment.shanghai(moment.now()))


def place(request: HttpRequest, key: str) -> HttpResponse:
    """One place: its hours, its telephone, what it is known for, who shares it, and the others of its street."""
    today = moment.today()
    found = network.place(key, today)
    if found is None:
        raise Unseen
    beside = [one for one in network.places(today) if one.area_id[:9] == found.area_id[:9]]
    return page(request, "place.html", place=found, units=network.sharing(found, today),
                drawing=drawn_street(beside, found), now=moment.shanghai(moment.now()),
                street_code=found.area_id[:9] + "000", area=network.area_said(found.area_id))


def drawn_district(streets: tuple[network.Branch, ...], groups: list[Shelf]) -> maps.Drawing:
    """The streets, each with the count of its places."""
    counts = {group.code: len(group.places) for group in groups}
    spots = [maps.Spot(street.code, str(counts.get(street.code[:9], 0)), street.name,
                       f"{reverse('places')}?area={street.code}") for street in streets]
    return maps.of_district(network.ground(settings.BAIYING_DISTRICT), spots)


def drawn_street(found: list[Place], here: Place | None = None) -> maps.Drawing:
    """The places of one street, numbered as in the list."""
    ground = network.ground(settings.BAIYING_DISTRICT)
    spots = [maps.Spot(one.name, str(count), named(one), reverse("place", args=[network.place_ref(one)]), one == here)
             for count, one in enumerate(found, start=1)]
    return maps.of_street(ground.places, spots, ground.sketch)
