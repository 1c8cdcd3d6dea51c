"""The answer templates of a unit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.cases import actions as cases
from baiying.cases import queries
from baiying.kit.errors import Refusal
from baiying.web.forms.handler_texts import TextForm
from baiying.web.guard import Staff
from baiying.web.pages import page


def texts(request: HttpRequest) -> HttpResponse:
    """The templates in use, and the form for another one."""
    form = TextForm(request.POST or None, units=own_units(request))
    if not form.is_valid():
        return texts_page(request, form, 400 if form.is_bound else 200)
    told = form.cleaned_data
    unit = form.units[told["unit"]]
    try:
        cases.keep_template(request.asker, unit.id, told["title"], told["text"], told["key"])  # type: ignore[attr-defined]
    except Refusal as refusal:
        return texts_page(request, form, refusal.status, refusal.sentence)
    return HttpResponseRedirect(reverse("texts"))


def texts_page(request: HttpRequest, form: TextForm, status: int = 200, notice: str = "") -> HttpResponse:
    return page(request, "texts.html", status, form=form, notice=notice,
                templates=queries.templates(request.asker))  # type: ignore[attr-defined]


def lay_aside(request: HttpRequest) -> HttpResponse:
    """A template is laid aside, by the button only."""
    if request.method != "POST":
        return texts(request)
    unit = TextForm(request.POST, units=own_units(request)).units.get(request.POST.get("unit", ""))
    if unit is not None:
        cases.retire_template(request.asker, unit.id, request.POST.get("title", ""))  # type: ignore[attr-defined]
    return HttpResponseRedirect(reverse("texts"))


def own_units(request: HttpRequest) -> list[object]:
    """The units for which she answers."""
    staff: Staff = request.staff  # type: ignore[attr-defined]
    return list({post.unit_id: post.unit for post in staff.posts_with("case.answer")}.values())
