"""What the box answers while she types, on a press without JavaScript, and after sending."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from baiying.cases import actions as cases
from baiying.kit import flood, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.kit.source import address
from baiying.web import fitting, receipts
from baiying.web.forms.need import NeedForm, as_written
from baiying.web.pages import page
from baiying.web.views.public import matter_page, need_page

ASKS, ASKS_WINDOW = 3_000, 600  # answers in so many seconds to one address; many people stand behind one


@csrf_exempt  # it changes nothing, and works in a browser that keeps no cookies
def suggest(request: HttpRequest) -> HttpResponse:
    """What fits the words of the form. Nothing is stored, nothing logged."""
    if request.method != "POST":
        raise Unseen
    return page(request, "part/fits.html", fits=fits_of(request), now=moment.now(), alone=True)


def fits(request: HttpRequest) -> HttpResponse:
    """The same without JavaScript: the box with all that was written in it, and what fits below.

    ``on``: the matter whose page it came from; ``turn``: the one she would rather have, where all she wrote goes along.
    """
    if request.method != "POST":
        return HttpResponseRedirect(reverse("front"))
    form, turn = NeedForm(initial=as_written(request.POST)), request.POST.get("turn", "")
    if on := turn or request.POST.get("on", ""):
        return matter_page(request, on, form, fits=None if turn else fits_of(request))
    return need_page(request, form, fits=fits_of(request), looked=True)


def fits_of(request: HttpRequest) -> fitting.Fits:
    if not flood.allow(f"suggest {address(request)}", ASKS, ASKS_WINDOW):
        return fitting.RESTING
    return fitting.fitting(request.POST.dict())


def otherwise(request: HttpRequest) -> HttpResponse:
    """She says, on the receipt, that it is something else."""
    told = receipts.brought(request)
    if told is None or request.method != "POST":
        return HttpResponseRedirect(reverse("received" if told else "find"))
    try:
        cases.retake(told.door, cases.Another(topic=request.POST.get("topic", "")), request.POST.get("key", ""))
    except Refusal as refusal:
        return receipts.shown(request, told, refusal.sentence)
    return HttpResponseRedirect(reverse("received") + "#taken")
