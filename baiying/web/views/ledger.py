"""Budgets of one's own units and their lines. Nothing here names anybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from baiying.kit.chance import fresh
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal
from baiying.ledger import actions, queries
from baiying.network import queries as network
from baiying.network.models import Unit
from baiying.web.forms.ledger import BudgetForm, MatchingForm
from baiying.web.pages import page
from baiying.web.presses import once


def budgets(request: HttpRequest) -> HttpResponse:
    """Each budget: set aside, promised, granted, paid, left."""
    return budgets_page(request)


def budgets_page(request: HttpRequest, form: BudgetForm | None = None, wrong: str = "", status: int = 200,
                 matching: MatchingForm | None = None) -> HttpResponse:  # fmt: skip
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
        form=form or _form(request),
        matching=matching or _matching(request),
        matched=_matched(request.asker),  # type: ignore[attr-defined]
        wrong=wrong,
        many=len(units) > 1,
    )


def _matched(asker: Asker) -> list[tuple[queries.MatchingView, Unit, Unit]]:
    """Each matching share with who adds and to whose grants."""
    found = queries.matchings(asker)
    units = network.units_by_id(key for one in found for key in (one.row.unit_id, one.row.to_id))
    return [(one, units[one.row.unit_id], units[one.row.to_id]) for one in found]


@once
def budget_set(request: HttpRequest) -> HttpResponse:
    """Set money aside."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("budgets"))
    form = _form(request, request.POST)
    if not form.is_valid():
        return budgets_page(request, form, form.sentence, 400)
    try:
        form.carry_out(request.asker)  # type: ignore[attr-defined]
    except Refusal as refusal:
        return budgets_page(request, form, refusal.sentence, refusal.status)
    return HttpResponseRedirect(reverse("budgets"))


def _form(request: HttpRequest, data: QueryDict | None = None) -> BudgetForm:
    return BudgetForm(data, units=_keepers(request), initial={"key": fresh(16).hex()})


@once
def matching_set(request: HttpRequest) -> HttpResponse:
    """Declare that we add to what another unit grants."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("budgets"))
    form = _matching(request, request.POST)
    if not form.is_valid():
        return budgets_page(request, None, form.sentence, 400, form)
    try:
        form.carry_out(request.asker)  # type: ignore[attr-defined]
    except Refusal as refusal:
        return budgets_page(request, None, refusal.sentence, refusal.status, form)
    return HttpResponseRedirect(reverse("budgets") + "#matching")


def matching_end(request: HttpRequest) -> HttpResponse:
    """Add nothing any more from now on."""
    if request.method == "POST":
        actions.end_matching(request.asker, request.POST.get("matching", "")[:12])  # type: ignore[attr-defined]
    return HttpResponseRedirect(reverse("budgets") + "#matching")


def _matching(request: HttpRequest, data: QueryDict | None = None) -> MatchingForm:
    return MatchingForm(data, units=_keepers(request), auto_id="matching_%s", initial={"key": fresh(16).hex()})


def _keepers(request: HttpRequest) -> list[Unit]:
    return [post.unit for post in request.staff.posts_with("budget.keep")]  # type: ignore[attr-defined]


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
