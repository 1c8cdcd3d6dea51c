"""What she asks about her information, for the unit that leads; and where she stays, for the two who need it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.cases.actions import correcting, objecting, relatives
from baiying.cases.queries import address, everything
from baiying.kit.errors import Refusal, Unseen
from baiying.web.forms.rights import DecideForm, RelativeForm
from baiying.web.pages import page


def demands(request: HttpRequest) -> HttpResponse:
    """What waits for an answer in the asker's units, the one due first on top."""
    return page(request, "rights/demands.html", demands=everything.to_decide(request.asker))  # type: ignore[attr-defined]


def case_rights(request: HttpRequest, number: str) -> HttpResponse:
    """What she asks in one case."""
    return case_rights_page(request, number)


def case_rights_page(request: HttpRequest, number: str, status: int = 200, notice: str = "",
                     typed: DecideForm | None = None, relative: RelativeForm | None = None) -> HttpResponse:
    """The demands of one case, each with a form for its answer."""
    found = everything.demands_on(request.asker, number)  # type: ignore[attr-defined]
    refs = {typed["demand"].value(): typed} if typed is not None else {}
    rows = [(one, refs.get(one.ref) or _form_of(one)) for one in found]
    asked = {one.ref for one in found if one.state == "open" and not one.written}
    lost = typed is not None and typed["demand"].value() not in asked  # decided meanwhile, or not by this person
    return page(request, "rights/case_rights.html", status, number=number, rows=rows, notice=notice,
                relative=relative or RelativeForm.fresh(), opened=relative is not None,
                said=request.POST.get("reason", "") if typed is not None and lost else "")


def _form_of(one: everything.DemandLine) -> DecideForm:
    return DecideForm(auto_id=f"{one.ref}-%s", initial={"demand": one.ref, "kind": one.kind})


#: Who answers which kind of demand.
DECIDES = {"correct": correcting.decide_correction, "erase": objecting.decide_erasure, "relative": relatives.decide}


def enter_relative(request: HttpRequest, number: str) -> HttpResponse:
    """What a near relative asks of somebody who died or cannot act; entered by staff, without the code."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("case_rights", args=[number]))
    form = RelativeForm(request.POST)
    if not form.is_valid():
        return case_rights_page(request, number, 400, form.sentence, relative=form)
    try:
        relatives.enter(request.asker, number, relatives.Relative(**form.told), form.cleaned_data["key"])  # type: ignore[attr-defined]
    except Refusal as refusal:
        return case_rights_page(request, number, refusal.status, refusal.sentence, relative=form)
    return HttpResponseRedirect(reverse("case_rights", args=[number]))


def decide(request: HttpRequest, number: str) -> HttpResponse:
    """The answer of the unit that leads, with its reason."""
    form = DecideForm(request.POST or None, auto_id=f"{request.POST.get('demand', '')[:40]}-%s")
    if not form.is_valid():
        return case_rights_page(request, number, 400, form.sentence, form)
    told = form.cleaned_data
    try:
        DECIDES[told["kind"]](request.asker, number, told["demand"], told["yes"] == "yes", told["reason"])  # type: ignore[attr-defined]
    except Refusal as refusal:
        return case_rights_page(request, number, refusal.status, refusal.sentence, form)
    return HttpResponseRedirect(reverse("demands"))


def case_address(request: HttpRequest, number: str) -> HttpResponse:
    """Where she stays, for her handler alone; by the button, and noted where she sees it."""
    if request.method != "POST":
        raise Unseen
    return page(request, "rights/address.html", where=address.for_handler(request.asker, number), number=number)  # type: ignore[attr-defined]


def task_address(request: HttpRequest, number: str) -> HttpResponse:
    """Where she stays, for the unit whose task goes there."""
    if request.method != "POST":
        raise Unseen
    return page(request, "rights/address.html", where=address.for_party(request.asker, number), number=number)  # type: ignore[attr-defined]
