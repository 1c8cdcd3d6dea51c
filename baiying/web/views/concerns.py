"""The same need of many: what the machine suggests, what a person has confirmed, one of them, and a case's own part."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from baiying.cases.queries import concerns as queries
from baiying.web.forms.concerns import ConcernForm
from baiying.web.forms.need import fresh_key
from baiying.web.pages import page
from baiying.web.presses import pressed


def concerns(request: HttpRequest) -> HttpResponse:
    """Suggestions first, then what is held; a press joins the ticked cases, or says that they are none."""
    form = ConcernForm(request.POST or None)
    return pressed(form, lambda: form.carry_out(request.asker),  # type: ignore[attr-defined]
                   lambda ref: reverse("concern", args=[ref]) if ref else reverse("concerns"),
                   partial(concerns_page, request))


def concerns_page(request: HttpRequest, status: int = 200, notice: str = "") -> HttpResponse:
    """The page, with what was typed when it did not go through."""
    asker = request.asker  # type: ignore[attr-defined]
    closed = "closed" in request.GET
    return page(request, "concerns/concerns.html", status, notice=notice, closed=closed, key=fresh_key(),
                suggestions=[] if closed else queries.suggested(asker), held=queries.concerns(asker, closed),
                typed=request.POST.get("title", ""), ticked=request.POST.getlist("numbers"))


def concern(request: HttpRequest, ref: str) -> HttpResponse:
    """One of them; every press comes back here, or leads to the part that goes on by itself."""
    form = ConcernForm(request.POST or None)
    return pressed(form, lambda: form.carry_out(request.asker, ref),  # type: ignore[attr-defined]
                   lambda after: reverse("concern", args=[after]), partial(concern_page, request, ref))


def concern_page(request: HttpRequest, ref: str, status: int = 200, notice: str = "") -> HttpResponse:
    """The page of one, with what was typed when it did not go through."""
    view = queries.concern(request.asker, ref)  # type: ignore[attr-defined]
    return page(request, "concerns/concern.html", status, view=view, notice=notice, key=fresh_key(),
                typed=request.POST, ticked=request.POST.getlist("numbers"))


def of_case(request: HttpRequest, number: str) -> HttpResponse:
    """A press on a case's own page: this is the same person's, or: let it go on by itself."""
    asker, form = request.asker, ConcernForm(request.POST or None)  # type: ignore[attr-defined]
    part = queries.concern_of(asker, number)
    return pressed(form, lambda: form.of_case(asker, number, part.ref if part else ""),
                   lambda _did: reverse("case", args=[number]) + "#story", partial(of_case_page, request, number))


def of_case_page(request: HttpRequest, number: str, status: int = 200, notice: str = "") -> HttpResponse:
    """What the case is together with, and what may be the same person's; a part of the case's page when that asks."""
    asker = request.asker  # type: ignore[attr-defined]
    inside = request.headers.get("HX-Request") == "true"
    return page(request, "concerns/part_of_case.html" if inside else "concerns/of_case.html", status,
                part=queries.concern_of(asker, number), same=queries.same_person(asker, number), number=number,
                notice=notice, key=fresh_key())
