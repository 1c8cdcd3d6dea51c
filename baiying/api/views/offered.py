"""What is offered, and where one can walk in: for everybody."""

from __future__ import annotations

from django.http import HttpRequest

from baiying.api.shapes.offered import Facts, MatterLine, Matters, MatterWhole, ServiceLine, Services, ServiceWhole
from baiying.api.shapes.places import Places, PlaceShape
from baiying.catalogue import queries as declared
from baiying.catalogue.promised import promised, service
from baiying.kit import moment
from baiying.kit.errors import Unseen
from baiying.network import queries as network


def matters(request: HttpRequest) -> Matters:
    """Every kind of case that anybody may open, in the order of the catalogue."""
    return Matters(matters=[MatterLine.of(one) for one in declared.matters()])


def one_matter(request: HttpRequest, key: str) -> MatterWhole:
    """One of them with its own questions, its way, its clocks and who says so."""
    found = next((one for one in declared.matters() if one.key == key), None)
    if found is None:
        raise Unseen
    return MatterWhole.whole(found)


def services(request: HttpRequest) -> Services:
    """Everything that people may be entitled to or take part in, with how sure its sources are."""
    return Services(services=[ServiceLine.of(one) for one in promised().services.values()])


def one_service(request: HttpRequest, key: str) -> ServiceWhole:
    """One service: for whom, how much, papers, steps, time limits, who reads it, and who says all this."""
    return ServiceWhole.whole(service(key))


def facts(request: HttpRequest) -> Facts:
    """What the self-test may ask, and how each fact is told."""
    return Facts.asked()


def places(request: HttpRequest, area: str = "") -> Places:
    """Where one can walk in. With `area`, the code of a street or community: the places there alone."""
    found = network.places(moment.today(), area) if area else network.places(moment.today())
    return Places(places=[PlaceShape.of(one) for one in found])
