"""Writing down for somebody: a call, a paper, somebody at the counter; and what was heard on a visit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.catalogue import queries as catalogue
from baiying.kit.errors import Refusal
from baiying.network.models import Unit
from baiying.web import slips
from baiying.web.forms.handler_enter import EnterForm
from baiying.web.forms.handler_visit import VisitForm
from baiying.web.guard import Staff
from baiying.web.pages import page


def enter(request: HttpRequest) -> HttpResponse:
    """First it is typed, then read back, then stored: each press of a button brings all of it along."""
    units = units_with(request, "case.enter")
    step = request.POST.get("step", "")
    if step not in ("read", "store"):
        form = EnterForm.unread(request.POST, units) if step else EnterForm.fresh(units, request.GET.get("matter", ""))
        return page(request, "enter.html", form=form)
    form = EnterForm(request.POST, units=units)
    if not form.is_valid():
        return page(request, "enter.html", 400, form=form)
    if step == "read":
        return read_page(request, form)
    return store(request, form)


def store(request: HttpRequest, form: EnterForm) -> HttpResponse:
    """Store what was read back; refused, the page on which it is read comes back with the sentence."""
    try:
        receipt = form.store(request.asker)  # type: ignore[attr-defined]
    except Refusal as refusal:
        return read_page(request, form, refusal.status, refusal.sentence)
    return slips.sent_on([receipt])


def read_page(request: HttpRequest, form: EnterForm, status: int = 200, notice: str = "") -> HttpResponse:
    """What was typed, to be read aloud; words of danger bring the numbers that help at once."""
    return page(request, "enter_read.html", status, form=form, carried=form.carried(), notice=notice,
                danger=catalogue.danger(form.cleaned_data["words"]))


def enter_slip(request: HttpRequest) -> HttpResponse:
    """The slips of what was just stored, once."""
    return page(request, "enter_slip.html", slips=slips.brought(request))


def visit(request: HttpRequest) -> HttpResponse:
    """What was heard on a visit: a case for each thing she agreed to, a count for the others."""
    units = units_with(request, "visit.enter")
    if request.method != "POST":
        return page(request, "visit.html", form=VisitForm.fresh(units))
    form = VisitForm(request.POST, units=units)
    if "more" in request.POST:
        return page(request, "visit.html", form=form.longer())
    if not form.is_valid():
        return page(request, "visit.html", 400, form=form)
    try:
        receipts = form.store(request.asker)  # type: ignore[attr-defined]
    except Refusal as refusal:
        return page(request, "visit.html", refusal.status, form=form, notice=refusal.sentence)
    return slips.sent_on(receipts) if receipts else HttpResponseRedirect(reverse("today") + "?done=visit")


def units_with(request: HttpRequest, power: str) -> list[Unit]:
    """The units for which she may do this."""
    staff: Staff = request.staff  # type: ignore[attr-defined]
    return list({post.unit_id: post.unit for post in staff.posts_with(power)}.values())
