"""Budgets of one's own units and their lines. Nothing here names anybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.kit.chance import fresh
from baiying.kit.errors import Refusal
from baiying.ledger import queries
from baiying.network import queries as network
from baiying.web.forms.ledger import BudgetForm
from baiying.web.pages import page
from baiying.web.presses import once


def budgets(request: HttpRequest) -> HttpResponse:
    """Each budget: set aside, promised, granted, paid, left."""
    return budgets_page(request, _form(request))


def budgets_page(request: HttpRequest, form: BudgetForm, wrong: str = "", status: int = 200) -> HttpResponse:
    """The page, with what was typed and what was wrong with it."""
    found = queries.budgets(request.asker)  # type: ignore[attr-defined]
    units = network.units_by_id({one.row.unit_id for one in found})
    rows = [(one, units.get(one.row.unit_id)) for one in found]
    years = sorted({one.row.year for one in found}, reverse=True)
    return page(
        request,
        "ledger/budgets.html",
        status,
        years=[(year, [row for row in rows if row[0].row.year == year]) for year in years],
        form=form,
        wrong=wrong,
        many=len(units) > 1,
    )


@once
def budget_set(request: HttpRequest) -> HttpResponse:
    """Set money aside."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("budgets"))
    form = _form(request)
    if not form.is_valid():
        return budgets_page(request, form, form.sentence, 400)
    try:
        form.carry_out(request.asker)  # type: ignore[attr-defined]
    except Refusal as refusal:
        return budgets_page(request, form, refusal.sentence, refusal.status)
    return HttpResponseRedirect(reverse("budgets"))


def _form(request: HttpRequest) -> BudgetForm:
    units = [post.unit for post in request.staff.posts_with("budget.keep")]  # type: ignore[attr-defined]
    return BudgetForm(request.POST or None, units=units, initial={"key": fresh(16).hex()})


def ledger(request: HttpRequest) -> HttpResponse:
    """The lines, of one service and year where they are named."""
    service, year = request.GET.get("service", ""), request.GET.get("year", "")
    wanted = int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else 0
    found = queries.lines(request.asker, service=service[:80], year=wanted)  # type: ignore[attr-defined]
    seen = queries.budgets(request.asker)  # type: ignore[attr-defined]
    return page(
        request,
        "ledger/ledger.html",
        lines=found,
        asked=queries.corrections_open(request.asker),  # type: ignore[attr-defined]
        service=service,
        year=wanted,
        services=sorted({one.row.service for one in seen}),
        years=sorted({one.row.year for one in seen}),
        full=len(found) >= queries.MOST,
    )
