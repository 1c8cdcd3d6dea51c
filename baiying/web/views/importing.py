"""Bringing in a sheet: the file, which column is what, its faults, entering it, taking it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from baiying.importing import actions, queries
from baiying.importing.models import Kind, State
from baiying.importing.template import name_of, template
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network
from baiying.network.models import Unit
from baiying.web.forms.importing import KINDS, SheetForm, cells_typed, columns_chosen
from baiying.web.pages import page

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_WORK: tuple[str, ...] = (State.LOOKING, State.RUNNING)
ENTERED: tuple[str, ...] = (State.DONE, State.FAILED)


def sheets(request: HttpRequest) -> HttpResponse:
    """The sheets of her units, the templates, and the form for a new one."""
    form = SheetForm(request.POST or None, request.FILES or None, units=units_of(request))
    if not form.is_valid():
        return sheets_page(request, form, 400 if form.is_bound else 200)
    file = form.cleaned_data["file"]
    try:
        sheet = actions.receive(
            request.asker, form.cleaned_data["kind"], file.name, Path(file.temporary_file_path()),  # type: ignore[attr-defined]
            form.unit_id, settings.BAIYING_DISTRICT)
    except Refusal as refusal:
        form.add_error("file", refusal.sentence)
        return sheets_page(request, form, refusal.status)
    return to_sheet(sheet.ref)


def sheets_page(request: HttpRequest, form: SheetForm, status: int) -> HttpResponse:
    rows = queries.sheets(request.asker)  # type: ignore[attr-defined]
    return page(request, "importing/sheets.html", status, form=form, rows=rows, kinds=KINDS)


def sheet(request: HttpRequest, ref: str) -> HttpResponse:
    return sheet_page(request, ref)


def sheet_page(request: HttpRequest, ref: str, status: int = 200, notice: str = "") -> HttpResponse:
    """One sheet as far as it is; with what was typed when a step was refused."""
    view = queries.open_sheet(request.asker, ref)  # type: ignore[attr-defined]
    typed = {f"cell:{line}:{key}": value for (line, key), value in cells_typed(request.POST).items()}
    corrected = queries.corrected(request.asker, ref) if view.sheet.changed else []  # type: ignore[attr-defined]
    return page(request, "importing/sheet.html", status, view=view, sheet=view.sheet, notice=notice, typed=typed,
                corrected=corrected, at_work=view.sheet.state in AT_WORK)


def stepped(step: Callable[[HttpRequest, str], object]) -> Callable[[HttpRequest, str], HttpResponse]:
    """The view of a step that is pressed for; refused, the sheet comes back with what was typed."""
    @wraps(step)
    def view(request: HttpRequest, ref: str) -> HttpResponse:
        if request.method == "POST":
            try:
                step(request, ref)
            except Refusal as refusal:
                return sheet_page(request, ref, refusal.status, refusal.sentence)
        return to_sheet(ref)
    return view


@stepped
def sheet_look(request: HttpRequest, ref: str) -> None:
    """Which column is what; then it is looked through."""
    actions.choose(request.asker, ref, columns_chosen(request.POST))  # type: ignore[attr-defined]
    actions.look(request.asker, ref)  # type: ignore[attr-defined]


@stepped
def sheet_fix(request: HttpRequest, ref: str) -> None:
    """Single cells corrected on the page; then it is looked through again."""
    actions.correct(request.asker, ref, cells_typed(request.POST))  # type: ignore[attr-defined]
    actions.look(request.asker, ref)  # type: ignore[attr-defined]


@stepped
def sheet_run(request: HttpRequest, ref: str) -> None:
    """Enter it, if she says so without the rows that are wrong."""
    actions.start(request.asker, ref, request.POST.get("leave_out") == "yes")  # type: ignore[attr-defined]


@stepped
def sheet_undo(request: HttpRequest, ref: str) -> None:
    """Take back what it brought; one that was not entered is thrown away."""
    if queries.open_sheet(request.asker, ref).sheet.state in ENTERED + AT_WORK:  # type: ignore[attr-defined]
        actions.undo(request.asker, ref)  # type: ignore[attr-defined]
    else:
        actions.throw_away(request.asker, ref)  # type: ignore[attr-defined]


def sheet_template(request: HttpRequest, kind: str) -> HttpResponse:
    """The sheet to fill in, whose columns are text."""
    if kind not in Kind.values:
        raise Unseen
    answer = HttpResponse(template(kind), content_type=WORKBOOK)
    answer.headers["Content-Disposition"] = content_disposition_header(True, name_of(kind)) or "attachment"
    return answer


def units_of(request: HttpRequest) -> list[Unit]:
    """The units for which she may bring sheets, the highest first."""
    found = network.units_by_id(request.asker.units)  # type: ignore[attr-defined]
    return sorted(found.values(), key=lambda unit: (unit.level, unit.name))


def to_sheet(ref: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("sheet", args=[ref]))
