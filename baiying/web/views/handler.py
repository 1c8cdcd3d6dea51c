"""The handler's pages: the day, one case, its next step, earlier cases like it, the case on paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from baiying.cases import queries
from baiying.kit import moment
from baiying.kit.errors import Refusal, Unseen
from baiying.web.forms.handler_texts import inserted
from baiying.web.forms.move import MoveForm, next_steps
from baiying.web.pages import page


def desk(request: HttpRequest) -> HttpResponse:
    """To the first page of whoever is signed in, by what her posts allow."""
    staff = request.staff  # type: ignore[attr-defined]
    homes = (("case.list", "today"), ("task.list", "tasks"))
    home = next((name for power, name in homes if staff is not None and staff.may(power)), "front")
    return HttpResponseRedirect(reverse("sign_in" if staff is None else home))


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
              phone: str | None = None, insert: bool = False) -> HttpResponse:
    """One case on one page, with what was typed when a step did not go through, or a template set into it."""
    asker = request.asker  # type: ignore[attr-defined]
    seen, templates = queries.open_case(asker, number), queries.templates(asker)
    typed: QueryDict = inserted(request.POST, templates) if insert else request.POST
    steps = next_steps(seen.offers, typed)
    return page(request, "case.html", status, case=seen, steps=steps, notice=notice, phone=phone, templates=templates,
                typed=typed.get("text", "") if notice else "")


def reach(request: HttpRequest, number: str) -> HttpResponse:
    """Her number in full, once, by a press of a button: the look is in the log that she sees."""
    if request.method != "POST":
        raise Unseen
    phone = queries.reach(request.asker, number)  # type: ignore[attr-defined]
    return case_page(request, number, phone=phone)


def move(request: HttpRequest, number: str) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseRedirect(reverse("case", args=[number]))
    if "insert" in request.POST:
        return case_page(request, number, insert=True)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return case_page(request, number, 400, form.sentence)
    try:
        form.carry_out(request.asker, number)  # type: ignore[attr-defined]
    except Unseen:
        raise
    except Refusal as refusal:
        return case_page(request, number, refusal.status, refusal.sentence)
    return HttpResponseRedirect(reverse("case", args=[number]) + "#story")


def similar(request: HttpRequest, number: str) -> HttpResponse:
    """Earlier cases like this one: a page of its own, or the part of it that the case's page asks for."""
    found = queries.similar(request.asker, number)  # type: ignore[attr-defined]
    asked_by_page = request.headers.get("HX-Request") == "true"
    return page(request, "part/similar.html" if asked_by_page else "similar.html", found=found, number=number)


def printed(request: HttpRequest, number: str) -> HttpResponse:
    """The case for paper: who printed it and when stands below it, and so does the reading in its log."""
    seen = queries.open_case(request.asker, number)  # type: ignore[attr-defined]
    return page(request, "print.html", case=seen, printed_by=seen.case.unit, printed_at=moment.now())
