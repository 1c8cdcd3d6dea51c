"""What is offered and what is promised, for everybody to read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from baiying.catalogue import queries as declared
from baiying.catalogue.promised import promised
from baiying.kit import moment
from baiying.network import queries as network
from baiying.web import offer, promises
from baiying.web.pages import page

ASKED_MOST = 100  # characters looked for


def catalogue(request: HttpRequest) -> HttpResponse:
    """Everything that is offered, by when in life it is looked for; of one kind alone, or what the words find."""
    q, kind = request.GET.get("q", "").strip()[:ASKED_MOST], request.GET.get("kind", "")
    every = offer.entries(declared.matters(), promised().services.values(), declared.topics())
    found = offer.shelves(every, q, kind if kind in offer.KINDS else "")
    count = sum(len(one.entries) for one in found)
    plans = () if q or kind else [declared.plan_of(one) for one in declared.plans().values()]
    return page(request, "catalogue.html", shelves=found, q=q, count=count, kinds=offer.kinds(every), kind=kind,
                plans=plans)


def service(request: HttpRequest, key: str) -> HttpResponse:
    """One service: what, for whom, how much, which papers, steps and times, how confidential, and who says so."""
    held = promised()
    found, rule = held.services[key], held.rules.get(key)
    return page(request, "service.html", service=found, rule=rule, kind=offer.KINDS[found.kind],
                tested=rule is not None and bool(rule.requirements) and not found.declared,
                in_force=found.in_force(moment.today()))


def about(request: HttpRequest) -> HttpResponse:
    """What is promised, what not, and who runs it: the federations of the district, not those who are brought in."""
    federations = [unit for unit in network.units(moment.today(), level="district") if unit.organisation != "partner"]
    return page(request, "about.html", promises=promises.PROMISES, limits=promises.LIMITS, runs=federations)
