"""The handler's pages: the day, one case, its next step; and what is late below."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.cases import actions as cases
from baiying.cases import queries
from baiying.kit.errors import Refusal, Unseen
from baiying.web.forms.move import MoveForm, next_steps
from baiying.web.pages import page


def today(request: HttpRequest) -> HttpResponse:
    rows = queries.today(request.asker)  # type: ignore[attr-defined]
    waiting = [row for row in rows if row.waits_for_her]
    return page(request, "today.html", rows=[row for row in rows if not row.waits_for_her], waiting=waiting,
                cut=queries.AT_ONCE if len(rows) >= queries.AT_ONCE else 0)


def late(request: HttpRequest) -> HttpResponse:
    rows = queries.late(request.asker)  # type: ignore[attr-defined]
    return page(request, "late.html", rows=rows, cut=queries.AT_ONCE if len(rows) >= queries.AT_ONCE else 0)


def case(request: HttpRequest, number: str) -> HttpResponse:
    return case_page(request, number)


def case_page(request: HttpRequest, number: str, status: int = 200, notice: str = "",
              phone: str | None = None) -> HttpResponse:
    """One case on one page, with what was typed when a step did not go through."""
    seen = queries.open_case(request.asker, number)  # type: ignore[attr-defined]
    steps = next_steps(seen.offers, request.POST)
    return page(request, "case.html", status, case=seen, steps=steps, notice=notice, phone=phone,
                typed=request.POST.get("text", "") if notice else "")


def reach(request: HttpRequest, number: str) -> HttpResponse:
    """Her number in full, once, by a press of a button: the look is in the log that she sees."""
    if request.method != "POST":
        raise Unseen
    phone = queries.reach(request.asker, number)  # type: ignore[attr-defined]
    return case_page(request, number, phone=phone)


def move(request: HttpRequest, number: str) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseRedirect(reverse("case", args=[number]))
    form = MoveForm(request.POST)
    if not form.is_valid():
        return case_page(request, number, 400, form.sentence)
    told = form.cleaned_data
    try:
        cases.move(request.asker, number, told["move"], told["text"], told["reason"],  # type: ignore[attr-defined]
                   told["key"], told["version"])
    except Unseen:
        raise
    except Refusal as refusal:
        return case_page(request, number, refusal.status, refusal.sentence)
    return HttpResponseRedirect(reverse("case", args=[number]) + "#story")
