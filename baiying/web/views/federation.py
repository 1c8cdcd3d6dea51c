"""The federation's day: what is late and where, what units below ask, rulings to make, cases that go round."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from baiying.cases import queries
from baiying.cases.models import Task
from baiying.cases.queries.above import opened
from baiying.cases.queries.emergency import below
from baiying.cases.queries.incidents import late_incidents
from baiying.kit import door
from baiying.web.forms import federation as forms
from baiying.web.guard import Staff
from baiying.web.pages import page
from baiying.web.presses import once, pressed

Show = Callable[..., HttpResponse]


def late(request: HttpRequest) -> HttpResponse:
    rows = queries.late(request.asker)  # type: ignore[attr-defined]
    return page(request, "late.html", rows=rows, cut=queries.AT_ONCE if len(rows) >= queries.AT_ONCE else 0,
                incidents=late_incidents(request.asker), referrals=queries.late_referrals(request.asker))  # type: ignore[attr-defined]


def federation(request: HttpRequest) -> HttpResponse:
    """What waits for the level above, each as a short list of its own."""
    lists = waiting(request.staff, request.asker)  # type: ignore[attr-defined]
    return page(request, "federation.html", quiet=not any(lists.values()), **lists)


def waiting(staff: Staff, asker: door.Asker) -> dict[str, Any]:
    """The lists, each with the power by which it is seen; empty where a post does not give it."""
    rules, calls = staff.asker("case.rule"), staff.asker("case.record_verdict")
    of_kind: dict[str, list[queries.TaskRow]] = {kind: [] for kind in (*Task.Kind.values, "relative")}
    for row in queries.tasks(rules):
        of_kind["relative" if row.relative else row.task.kind].append(row)
    return {
        "rulings": [*of_kind[Task.Kind.RULE], *of_kind[Task.Kind.ASSIGN]], "extensions": of_kind[Task.Kind.EXTEND],
        "climbs": of_kind[Task.Kind.CLIMB], "relatives": of_kind["relative"], "endings": queries.set_asides(rules),
        "complaints": queries.complaints(rules), "call_backs": queries.call_backs(calls),
        "glasses": below(asker), "late": queries.late(asker),
        "referrals": queries.late_referrals(asker), "incidents": late_incidents(asker),
        "round": queries.going_round(asker),
    }


def decided(request: HttpRequest, number: str, form: Any, show: Show) -> HttpResponse:
    """Carry a form of the level above out, or show its page again with all that was typed."""
    return pressed(form, lambda: form.carry_out(request.asker, number),  # type: ignore[attr-defined]
                   lambda _did: f"{reverse('desk')}?done={form.done}", partial(show, request, number, form))


@once
def ruling(request: HttpRequest, number: str) -> HttpResponse:
    """Name who leads, or rule for good."""
    naming = queries.naming(request.asker, number)  # type: ignore[attr-defined]
    form = forms.RulingForm(request.POST or None, naming=naming)

    def show(request: HttpRequest, number: str, form: Any, status: int = 200, notice: str = "") -> HttpResponse:
        case = queries.open_case(request.asker, number)  # type: ignore[attr-defined]
        return page(request, "ruling.html", status, case=case, naming=naming, form=form, notice=notice)
    return decided(request, number, form, show)


@once
def extension(request: HttpRequest, number: str) -> HttpResponse:
    """More time for a clock below, or not."""
    return decided(request, number, forms.ExtensionForm(request.POST or None), asked_page(Task.Kind.EXTEND))


@once
def ending(request: HttpRequest, number: str) -> HttpResponse:
    """An end without the person's word, or not."""
    return decided(request, number, forms.EndingForm(request.POST or None), asked_page(Task.Kind.SET_ASIDE))


@once
def complaint(request: HttpRequest, number: str) -> HttpResponse:
    """A complaint about a unit below."""
    return decided(request, number, forms.ComplaintForm(request.POST or None), asked_page(Task.Kind.COMPLAINT))


def asked_page(kind: str) -> Show:
    """The page on which something that was asked of the level above is read and decided."""
    def show(request: HttpRequest, number: str, form: Any, status: int = 200, notice: str = "") -> HttpResponse:
        asked = opened(request.asker, number, kind)  # type: ignore[attr-defined]
        return page(request, "asked.html", status, asked=asked, form=form, notice=notice, kind=kind)
    return show


@once
def climb(request: HttpRequest, number: str) -> HttpResponse:
    """A clock below that is about to run out: whom to call. What a relative asks is decided here."""
    def show(request: HttpRequest, number: str, form: Any, status: int = 200, notice: str = "") -> HttpResponse:
        found = queries.climbing(request.asker, number)  # type: ignore[attr-defined]
        typed = {form["demand"].value(): form} if form.is_bound else {}
        rows = [(one, typed.get(one.ref) or forms.RelativeDecision.of(one.ref)) for one in found.relatives]
        return page(request, "climb.html", status, climb=found, rows=rows, notice=notice)
    return decided(request, number, forms.RelativeDecision(request.POST or None), show)


def call_backs(request: HttpRequest) -> HttpResponse:
    """Answers that wait for a word, for those who ask for it."""
    return page(request, "call_backs.html", call_backs=queries.call_backs(request.asker))  # type: ignore[attr-defined]


@once
def call_back(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the person for the verdict, and write it down as it was said."""
    call = queries.call_back(request.asker, number)  # type: ignore[attr-defined]
    form = forms.HeardForm(request.POST or None, asks=call.asks)

    def show(request: HttpRequest, number: str, form: Any, status: int = 200, notice: str = "") -> HttpResponse:
        return page(request, "call_back.html", status, call=call, form=form, notice=notice)
    return decided(request, number, form, show)
