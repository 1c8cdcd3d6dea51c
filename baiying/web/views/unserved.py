"""The people of one's own units whom services missed, by service, worked off one by one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.catalogue.promised import service
from baiying.kit.chance import fresh
from baiying.network import queries as network
from baiying.services.queries import unserved as queries
from baiying.web.forms.unserved import ReachedForm
from baiying.web.pages import page
from baiying.web.presses import once


def unserved(request: HttpRequest) -> HttpResponse:
    """Every service: entitled, served, unknown, and how many people wait to be told."""
    return page(request, "services/unserved.html", lines=queries.lines(request.asker))  # type: ignore[attr-defined]


def unserved_people(request: HttpRequest, key: str) -> HttpResponse:
    """Whom one service missed, why, and the next step."""
    return people_page(request, key)


def people_page(request: HttpRequest, key: str, form: ReachedForm | None = None) -> HttpResponse:
    """The list, each person with a form; with the faults of the one that could not be taken."""
    people = queries.people(request.asker, key)  # type: ignore[attr-defined]
    units = network.units_by_id({one.unit for one in people if one.unit})
    rows = [(one, units.get(one.unit) if one.unit else None, _form(one)) for one in people]
    return page(request, "services/unserved_people.html", 400 if form else 200, service=service(key), rows=rows,
                wrong=form.sentence if form else "", full=len(people) >= queries.AT_ONCE)


def _form(one: queries.MissedPerson) -> ReachedForm:
    return ReachedForm(initial={"key": fresh(16).hex(), "person": one.person, "step": one.step},
                       auto_id=f"%s-{one.person.hex[:8]}")


@once
def unserved_done(request: HttpRequest, key: str) -> HttpResponse:
    """Write down what was done for one person."""
    form = ReachedForm(request.POST or None)
    if form.is_bound and not form.is_valid():
        return people_page(request, key, form)
    if form.is_bound:
        form.carry_out(request.asker, key)  # type: ignore[attr-defined]
    return HttpResponseRedirect(reverse("unserved_people", args=[key]))
