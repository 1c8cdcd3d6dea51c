"""What is offered and what is promised, for everybody to read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from baiying.catalogue import queries as declared
from baiying.kit import moment
from baiying.network import queries as network
from baiying.web import offer, promises
from baiying.web.pages import page

ASKED_MOST = 100  # characters looked for


def catalogue(request: HttpRequest) -> HttpResponse:
    """Every matter by what people need; those that the words find."""
    q = request.GET.get("q", "").strip()[:ASKED_MOST]
    found = offer.shelves(declared.matters(), declared.topics(), q)
    return page(request, "catalogue.html", shelves=found, q=q, count=sum(len(one.matters) for one in found))


def about(request: HttpRequest) -> HttpResponse:
    """What is promised, what not, and who runs it: the federations of the district, not those who are brought in."""
    federations = [unit for unit in network.units(moment.today(), level="district") if unit.organisation != "partner"]
    return page(request, "about.html", promises=promises.PROMISES, limits=promises.LIMITS, runs=federations)
