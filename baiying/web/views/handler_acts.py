"""What a handler does with a case beside its next step: give it back, pause it, ask for more time, and the like."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.kit.errors import Refusal, Unseen
from baiying.web.forms.handler_acts import ACTS
from baiying.web.presses import once
from baiying.web.views.handler import case_page


@once
def act(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """Do one of them. Refused, the case comes back with the form as it was filled in."""
    if request.method != "POST" or key not in ACTS:
        raise Unseen
    form = ACTS[key](request.POST)
    if not form.is_valid():
        return case_page(request, number, 400, form.sentence, tried=form)
    try:
        form.carry_out(request.asker, number)  # type: ignore[attr-defined]
    except Refusal as refusal:
        return case_page(request, number, refusal.status, refusal.sentence, tried=form)
    after = reverse("today") if form.away else reverse("case", args=[number])
    return HttpResponseRedirect(f"{after}?done={key}")
