"""A changed catalogue before it comes into force: whom it would gain and lose, and the two people who decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.catalogue.promised import Promised, promised_in
from baiying.engine.services import Service
from baiying.kit import moment
from baiying.kit.errors import Refusal, Unseen
from baiying.members import queries as members
from baiying.services.models import Publishing
from baiying.services.queries import publishing as queries
from baiying.web.clauses import clauses
from baiying.web.forms.publishing import DecideForm
from baiying.web.pages import page


@dataclass(frozen=True)
class Row:
    """One service that changes: what was told of it, and which of its clauses and sums go and come."""

    service: Service
    told: dict[str, Any]
    gone: list[str]
    come: list[str]


@dataclass(frozen=True)
class Waits:
    """What waits, with the names of those who had a hand in it."""

    row: Publishing
    ref: str
    by: str
    rows: list[Row]
    measure: bool
    old: bool

    @property
    def quiet(self) -> int:
        """How many of the services change for nobody in the register."""
        return sum(not one.told["moved"] and not one.told["why"] for one in self.rows)


def publishing(request: HttpRequest, status: int = 200, notice: str = "", typed: str = "") -> HttpResponse:
    """What waits and what was decided. Raises Unseen for whoever is not of the whole district."""
    asker, today = request.asker, moment.today()  # type: ignore[attr-defined]
    if not queries.may(asker.who, today):
        raise Unseen
    found = queries.waiting(settings.BAIYING_DISTRICT)
    mine = found is not None and found.by_id is not None and asker.who in members.selves(found.by_id)
    return page(request, "publishing/publishing.html", status, notice=notice, typed=typed, mine=mine,
                waits=found and shown(found), who=queries.who_may(today),
                over=[(one, _name(one.by_id), _name(one.decided_by_id)) for one in
                      queries.last(settings.BAIYING_DISTRICT)])  # fmt: skip


def publishing_decide(request: HttpRequest) -> HttpResponse:
    """Propose, approve, decline, or reckon the figures anew. What was typed comes back with a refusal."""
    form = DecideForm(request.POST or None)
    if not form.is_valid():
        return publishing(request)
    try:
        form.carry_out(request.asker)  # type: ignore[attr-defined]
    except Refusal as refusal:
        return publishing(request, refusal.status, refusal.sentence, form.cleaned_data["words"])
    return HttpResponseRedirect(reverse("publishing"))


def shown(found: Publishing) -> Waits:
    """What waits, as the page tells it."""
    old, new = promised_in(found.against), promised_in(found.edition)
    told = found.preview["changes"]
    return Waits(
        found,
        queries.ref(found),
        _name(found.by_id),
        sorted((_row(one, old, new) for one in told), key=lambda one: not one.told["why"]),
        ["", "measure"] in found.why,
        queries.is_old(found),
    )


def _row(told: dict[str, Any], old: Promised, new: Promised) -> Row:
    key = told["service"]
    was, is_ = clauses(old, old.rules.get(key)), clauses(new, new.rules.get(key))
    service = new.services.get(key) or old.services[key]
    return Row(service, told, _beside(was, is_), _beside(is_, was))


def _beside(mine: dict[object, str], theirs: dict[object, str]) -> list[str]:
    """What stands here and not there."""
    return [said for one, said in mine.items() if one not in theirs]


def _name(person_id: Any) -> str:
    found = members.person(person_id) if person_id else None
    return found.name if found else ""
