"""What I may have: every service for her who is signed in, what is known of her for it, and how she takes it back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.catalogue.promised import promised
from baiying.engine.services.facts import PURPOSES
from baiying.kit.errors import Refusal
from baiying.services.actions import telling
from baiying.services.queries import entitlement
from baiying.services.words import PURPOSE_NAMES
from baiying.web.forms.entitlement import Asked, Shown, answered, in_words, source_name
from baiying.web.pages import page
from baiying.web.views.account_own import may_end, own

ASKED_AT_ONCE = 3


def entitled(request: HttpRequest) -> HttpResponse:
    """Every service: yes, no, or what is still missing."""
    return entitled_page(request)


def entitled_page(request: HttpRequest, status: int = 200, wrong: str = "") -> HttpResponse:
    """The page; with a sentence about an answer that could not be taken. On a device that is not proved to be hers
    nothing is told of what is kept (`account_own.may_end`)."""
    if not may_end(request):
        return page(request, "services/not_here.html")
    found = entitlement.mine(own(request))
    asked = [Asked(one, *_again(request, one.name, wrong)) for one in found.questions[:ASKED_AT_ONCE]]
    agreed = [(one, PURPOSE_NAMES[one]) for one in PURPOSES if one in found.agreed]
    left = max(len(found.questions) - ASKED_AT_ONCE, 0)
    return page(request, "services/entitled.html", status, found=found, asked=asked, kept=_kept(found), agreed=agreed,
                wrong=wrong, left=left)  # fmt: skip


def _kept(found: entitlement.Entitlements) -> list[Shown]:
    """What is kept of her, in words."""
    words = promised().facts
    return [
        Shown(words[one.fact], in_words(words[one.fact], one.value), source_name(one.source), one.on)
        for one in found.told.values()
        if one.fact in words
    ]


def _again(request: HttpRequest, name: str, wrong: str) -> tuple[tuple[str, ...], str]:
    """What was typed to this question, when it could not be taken."""
    if request.POST.get("fact") != name:
        return (), ""
    return tuple(request.POST.getlist("value")[:20]), wrong


def entitled_answer(request: HttpRequest) -> HttpResponse:
    """She answers one question; it is kept for her services, a private one only with her consent."""
    if request.method == "POST" and may_end(request):
        try:
            fact, value = answered(request.POST)
            agreed = [fact.purpose] if fact.purpose and request.POST.get("agree") == "1" else []
            telling.tell(own(request), {fact.name: value}, by=own(request), agreed=agreed)
        except Refusal as refusal:
            return entitled_page(request, refusal.status, refusal.sentence)
    return back("ask")


def entitled_take_back(request: HttpRequest) -> HttpResponse:
    """She takes back one thing she told, or a consent with all that hangs on it."""
    if request.method == "POST" and may_end(request):
        person: UUID = own(request)
        if request.POST.get("purpose"):
            telling.withdraw(person, request.POST["purpose"], by=person)
        else:
            telling.take_back(person, [request.POST.get("fact", "")], by=person)
    return back("kept")


def entitled_quiet(request: HttpRequest) -> HttpResponse:
    """Nobody shall come to her about services, or they may again."""
    if request.method == "POST" and may_end(request):
        telling.stay_quiet(own(request), request.POST.get("quiet") == "1", by=own(request))
    return back("quiet")


def back(anchor: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('entitled')}#{anchor}")
