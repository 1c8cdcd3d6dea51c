"""The handler's pages: the day, one case, its next step, earlier cases like it, the case on paper."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from baiying.cases import queries
from baiying.cases.queries.protected import waits
from baiying.kit import moment
from baiying.kit.errors import Refusal, Unseen
from baiying.web.day import day, given
from baiying.web.forms.handler_acts import ActForm, acts_for
from baiying.web.forms.handler_texts import inserted
from baiying.web.forms.move import MoveForm, next_steps
from baiying.web.guard import Staff
from baiying.web.pages import page
from baiying.web.presses import once

# The first page of an office: the first of these whose power its posts give.
HOMES = (("late.see", "federation"), ("case.list", "today"), ("case.record_verdict", "call_backs"),
         ("task.list", "tasks"), ("post.manage", "administration"), ("post.confirm", "proposals"),
         ("budget.see", "budgets"))


def desk(request: HttpRequest) -> HttpResponse:
    """To the first page of whoever is signed in, by what her posts allow."""
    staff = request.staff  # type: ignore[attr-defined]
    home = next((name for power, name in HOMES if staff is not None and staff.may(power)), "front")
    done = f"?done={request.GET['done']}" if "done" in request.GET else ""
    return HttpResponseRedirect(reverse("sign_in" if staff is None else home) + quote(done, safe="?="))


def today(request: HttpRequest) -> HttpResponse:
    """Cases and tasks in one list, by the clock that runs out first."""
    staff: Staff = request.staff  # type: ignore[attr-defined]
    rows = queries.today(request.asker)  # type: ignore[attr-defined]
    tasks = given(staff)
    full = max(len(rows), len(tasks)) >= queries.AT_ONCE
    return page(request, "today.html", day=day(rows, tasks, request.GET.get("kind", ""), "all" in request.GET),
                cut=queries.AT_ONCE if full else 0)


def case(request: HttpRequest, number: str) -> HttpResponse:
    """The case; one that nobody holds is taken on a page of its own, by a press."""
    try:
        return case_page(request, number, may_take=False)
    except Unseen:
        if waits(request.asker, number) is None:  # type: ignore[attr-defined]
            raise
    return HttpResponseRedirect(reverse("take", args=[number]))


def case_page(request: HttpRequest, number: str, status: int = 200, notice: str = "",
              phone: str | None = None, tried: ActForm | None = None, may_take: bool = True) -> HttpResponse:
    """One case on one page, with what was typed when a step did not go through, or a template set into it."""
    asker = request.asker  # type: ignore[attr-defined]
    seen, templates = queries.open_case(asker, number, may_take=may_take), queries.templates(asker)
    typed: QueryDict = inserted(request.POST, templates) if "insert" in request.POST else request.POST
    steps = next_steps(seen.offers, None if tried else typed)
    return page(request, "case.html", status, case=seen, steps=steps, notice=notice, phone=phone, templates=templates,
                typed=typed.get("text", "") if notice and not tried else "", acts=acts_for(seen, tried), tried=tried)


def reach(request: HttpRequest, number: str) -> HttpResponse:
    """Her number in full, once, by a press of a button: the look is in the log that she sees."""
    if request.method != "POST":
        raise Unseen
    phone = queries.reach(request.asker, number)  # type: ignore[attr-defined]
    return case_page(request, number, phone=phone)


@once
def move(request: HttpRequest, number: str) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseRedirect(reverse("case", args=[number]))
    if "insert" in request.POST:
        return case_page(request, number)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return case_page(request, number, 400, form.sentence)
    try:
        form.carry_out(request.asker, number)  # type: ignore[attr-defined]
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
    seen = queries.open_case(request.asker, number, "print")  # type: ignore[attr-defined]
    return page(request, "print.html", case=seen, printed_by=seen.case.unit, printed_at=moment.now())
