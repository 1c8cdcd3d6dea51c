"""The unit's side of a request: looking at each paper, putting down what it says; and rounds of limited places."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from baiying.catalogue.promised import promised
from baiying.engine.services import Service
from baiying.kit.errors import Refusal
from baiying.services.actions import drawing, looking
from baiying.services.queries import asked
from baiying.web.forms.need import fresh_key
from baiying.web.forms.questions import raw_answers
from baiying.web.forms.requests import FACT, hand_in_all
from baiying.web.pages import page


def request_of(request: HttpRequest, number: str) -> HttpResponse:
    """One request as the unit sees it; the reading is logged."""
    return request_page(request, number)


def request_page(request: HttpRequest, number: str, status: int = 200, notice: str = "") -> HttpResponse:
    """The page, with what was typed when it could not be written."""
    seen = asked.of_unit(request.asker, number)  # type: ignore[attr-defined]
    return page(request, "requests/desk.html", status, seen=seen, notice=notice, typed=request.POST)


def request_look(request: HttpRequest, number: str) -> HttpResponse:
    """Accept a paper, or send it back with a reason."""
    told = request.POST
    if request.method == "POST":
        try:
            found, reason = told.get("found", ""), told.get("reason", "")[:2000]
            asker = request.asker  # type: ignore[attr-defined]
            looking.look(asker, number, told.get("paper", ""), found, reason, told.get("ref", ""))
        except Refusal as refusal:
            return request_page(request, number, refusal.status, refusal.sentence)
    return HttpResponseRedirect(reverse("request_of", args=[number]) + "#papers")


def request_put(request: HttpRequest, number: str) -> HttpResponse:
    """Put down what the papers say, answer the unit's own questions, hand in a paper that she brought."""
    raw = raw_answers(request.POST)
    facts = {name.removeprefix(FACT): said for name, said in raw.items() if name.startswith(FACT)}
    if request.method == "POST":
        asker = request.asker  # type: ignore[attr-defined]
        try:
            looking.correct(asker, number, facts, raw)
            papers = [one.paper for one in asked.of_unit(asker, number).papers]
            if faults := hand_in_all(request, papers, asker, number):
                return request_page(request, number, 400, " ".join(faults))
        except Refusal as refusal:
            return request_page(request, number, refusal.status, refusal.sentence)
    return HttpResponseRedirect(reverse("request_of", args=[number]) + "#facts")


def round_new(request: HttpRequest) -> HttpResponse:
    """Put out limited places of a service."""
    if request.method != "POST":
        return round_page(request)
    try:
        row = drawing.open_round(request.asker, plan_of(request))  # type: ignore[attr-defined]
    except Refusal as refusal:
        return round_page(request, refusal.status, refusal.sentence)
    return HttpResponseRedirect(reverse("one_round", args=[row.ref]))


def round_page(request: HttpRequest, status: int = 200, notice: str = "") -> HttpResponse:
    """The form of a new round, with what was typed."""
    key = request.POST.get("key") or fresh_key()
    return page(
        request, "requests/round_new.html", status, services=limited(), notice=notice, typed=request.POST, key=key
    )


def limited() -> list[Service]:
    """The services of which there are too few places."""
    held = promised()
    return [held.services[key] for key, rule in held.rules.items() if rule.places is not None]


def plan_of(request: HttpRequest) -> drawing.Plan:
    """What was typed. Raises Refusal."""
    told = request.POST
    try:
        return drawing.Plan(
            told.get("key", "")[:80],
            told.get("service", ""),
            told.get("name", ""),
            int(told.get("places", "")),
            date.fromisoformat(told.get("opens", "")),
            date.fromisoformat(told.get("closes", "")),
        )
    except ValueError:
        raise Refusal(_("Write the number of places in digits and both days like 2026-05-01.")) from None


def round_draw(request: HttpRequest, ref: str) -> HttpResponse:
    """Draw a round after its last day; the list and the seed are told to everybody."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("one_round", args=[ref]))
    drawing.draw(request.asker, ref)  # type: ignore[attr-defined]
    return HttpResponseRedirect(reverse("one_round", args=[ref]) + "#drawn")
