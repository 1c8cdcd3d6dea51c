"""The handler brings in whoever else is needed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.cases import queries
from baiying.kit.errors import Refusal, Unseen
from baiying.web.forms.handler_hands import BringInForm, form_for, parts
from baiying.web.pages import page
from baiying.web.presses import once


@once
def hands(request: HttpRequest, number: str) -> HttpResponse:
    """First the part, then the unit and what is asked of it."""
    asker = request.asker  # type: ignore[attr-defined]
    case, party = queries.heading(asker, number), request.POST.get("party") or request.GET.get("party", "")
    if not party:
        return hands_page(request, case)
    form = form_for(asker, number, case.matter, party, request.POST or None)
    if not form.is_valid():
        return hands_page(request, case, form, 400 if form.is_bound else 200, form.sentence if form.is_bound else "")
    try:
        form.carry_out(asker, number)
    except Unseen:
        raise
    except Refusal as refusal:
        return hands_page(request, case, form, refusal.status, refusal.sentence)
    return HttpResponseRedirect(reverse("case", args=[number]) + "#hands")


def hands_page(request: HttpRequest, case: queries.Heading, form: BringInForm | None = None, status: int = 200,
               notice: str = "") -> HttpResponse:
    found = parts(case.matter)
    chosen = next((one for one in found if form is not None and one.key == form["party"].value()), None)
    return page(request, "hands.html", status, case=case, parts=found, form=form, chosen=chosen, notice=notice)
