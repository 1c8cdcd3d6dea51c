"""Protected cases: taking one up, naming who opens it, reading one in an emergency."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.cases.actions import protected as acts
from baiying.cases.queries import emergency as glasses
from baiying.cases.queries import protected as queries
from baiying.kit import number as numbers
from baiying.kit.errors import Refusal, Unseen
from baiying.web.forms.protected import GlassForm, NameForm
from baiying.web.pages import page
from baiying.web.presses import once
from baiying.web.views import files


def take(request: HttpRequest, number: str) -> HttpResponse:
    """A protected case that nobody holds: number and clock; a press takes it up."""
    if request.method == "POST":
        acts.take(request.asker, number)  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("case", args=[number]))
    found = queries.waits(request.asker, number)  # type: ignore[attr-defined]
    if found is None:
        raise Unseen
    return page(request, "take.html", held=found)


def protected(request: HttpRequest) -> HttpResponse:
    """The unit's protected cases for whoever names their people."""
    return protected_page(request)


def protected_page(request: HttpRequest, status: int = 200, notice: str = "") -> HttpResponse:
    """The list, with what was refused."""
    rows = queries.held(request.asker)  # type: ignore[attr-defined]
    return page(request, "protected.html", status, rows=rows, notice=notice)


def name_opener(request: HttpRequest, number: str) -> HttpResponse:
    """A head names who opens it."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("protected"))
    form = NameForm(request.POST)
    if not form.is_valid():
        return protected_page(request, 400, form.sentence)
    try:
        form.carry_out(request.asker, number)  # type: ignore[attr-defined]
    except Refusal as refusal:
        return protected_page(request, refusal.status, refusal.sentence)
    return HttpResponseRedirect(reverse("protected"))


@once
def emergency(request: HttpRequest) -> HttpResponse:
    """Break-glass: number, ground, reason; then the case for some hours."""
    if request.method != "POST":
        return emergency_page(request, GlassForm(number=request.GET.get("number", "")))
    form = GlassForm(request.POST)
    if not form.is_valid():
        return emergency_page(request, form, 400, form.sentence)
    number = form.cleaned_data["number"]
    try:
        form.carry_out(request.asker, number)  # type: ignore[attr-defined]
    except Refusal as refusal:
        return emergency_page(request, form, refusal.status, refusal.sentence)
    return HttpResponseRedirect(reverse("glass", args=[numbers.read(number)]))


def emergency_page(request: HttpRequest, form: GlassForm, status: int = 200, notice: str = "") -> HttpResponse:
    """The form, filled as it was sent, and what is open now."""
    rows = glasses.mine(request.asker)  # type: ignore[attr-defined]
    top = glasses.stands_at_the_top(request.asker)  # type: ignore[attr-defined]
    return page(request, "emergency.html", status, form=form, notice=notice, rows=rows, top=top,
                hours=int(glasses.LASTS.total_seconds() // 3600))


def glass_file(request: HttpRequest, number: str, ref: str) -> HttpResponse:
    """One file of it."""
    return files.saved(glasses.glass_file(request.asker, number, ref))  # type: ignore[attr-defined]


def glass(request: HttpRequest, number: str) -> HttpResponse:
    """The case itself, for reading alone, until its time is over."""
    return page(request, "glass.html", seen=glasses.open_glass(request.asker, number))  # type: ignore[attr-defined]
