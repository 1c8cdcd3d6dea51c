"""Her card: voluntary, and a code for the one counter she stands at."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from baiying.kit.errors import Refusal
from baiying.members import actions as members
from baiying.members import queries as people
from baiying.services.actions import showing
from baiying.services.queries import counters
from baiying.web.pages import page
from baiying.web.views.account_own import drawn, may_end, own

GROUP = 5
DEEDS = {
    "ask": members.ask_for_card,
    "return": members.give_card_back,
    "lost": members.replace_lost_card,
}


def card(request: HttpRequest) -> HttpResponse:
    """The card she has, or how to get one; where she can use it, and how often she has."""
    return card_page(request)


def card_page(request: HttpRequest, status: int = 200, wrong: str = "") -> HttpResponse:
    """The page. On a device that is not proved to be hers nothing is told of what is kept."""
    if not may_end(request):
        return page(request, "card/not_here.html", status)
    held = people.card(own(request))
    places = counters.places(own(request)) if held else []
    return page(request, "card/card.html", status, card=held, places=places, wrong=wrong)


def card_change(request: HttpRequest) -> HttpResponse:
    """She asks for a card, gives it back, or has lost it."""
    deed = DEEDS.get(request.POST.get("do", ""))
    if deed is not None and may_end(request):
        try:
            deed(own(request))
        except Refusal as refusal:
            return card_page(request, refusal.status, refusal.sentence)
    return HttpResponseRedirect(reverse("card"))


def card_at(request: HttpRequest) -> HttpResponse:
    """She typed the letters that stand at the counter."""
    ref = "".join(request.GET.get("at", "").split()).upper()[:8]
    return HttpResponseRedirect(reverse("card_show", args=[ref]) if ref.isalnum() else reverse("card"))


def card_show(request: HttpRequest, key: str) -> HttpResponse:
    """A fresh code for one counter, as a picture and as letters."""
    if not may_end(request):
        return page(request, "card/not_here.html")
    whole_day = request.GET.get("day") == "1"
    try:
        shown = showing.show(own(request), key, whole_day)
    except showing.NoCard as refusal:
        return card_page(request, refusal.status, refusal.sentence)
    except (showing.NotHers, showing.UsedUp) as refusal:
        return page(request, "card/none.html", refusal.status, sentence=refusal.sentence)
    letters = [shown.code[start : start + GROUP] for start in range(0, len(shown.code), GROUP)]
    return page(request, "card/show.html", shown=shown, qr=drawn(shown.code), letters=letters, whole_day=whole_day)


def card_keys(request: HttpRequest) -> JsonResponse:
    """The public keys that verify codes, for whoever builds a verifier of their own."""
    told = {id_.hex(): public.hex() for id_, public in counters.public_keys().items()}
    return JsonResponse({"algorithm": "Ed25519", "keys": told})
