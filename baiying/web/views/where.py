"""On the receipt she says where it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.cases import actions as cases
from baiying.kit.errors import Refusal
from baiying.web import receipts


def where(request: HttpRequest) -> HttpResponse:
    """She says, on the receipt, where it is; back to the receipt, which names the unit that leads now."""
    told = receipts.brought(request)
    if told is None or request.method != "POST":
        return HttpResponseRedirect(reverse("received" if told else "find"))
    try:
        cases.say_where(told.door, request.POST.get("area", ""), request.POST.get("key", ""))
    except Refusal as refusal:
        return receipts.shown(request, told, refusal.sentence)
    return HttpResponseRedirect(reverse("received") + "#where")
