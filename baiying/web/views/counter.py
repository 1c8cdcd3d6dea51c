"""The device of a counter: set up once by a code, then known by a cookie. It is told no name."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from baiying.catalogue.promised import promised
from baiying.kit import moment, source
from baiying.kit.errors import Refusal
from baiying.services.actions import counters as actions
from baiying.services.actions import redeeming
from baiying.services.actions.redeeming import Noted
from baiying.services.models import Counter
from baiying.services.queries import counters
from baiying.web.forms.card import SENTENCES, noted_in
from baiying.web.pages import page

COOKIE = "baiying_counter"
COOKIE_LASTS = 400 * 24 * 3600
WORKER = Path(__file__).resolve().parent.parent / "static" / "web" / "counter_worker.js"
NO_DEVICE = 403


def device(request: HttpRequest) -> Counter | None:
    """The counter whose device asks, or nothing."""
    return counters.device_of(request.COOKIES.get(COOKIE, "")[:64])


def counter(request: HttpRequest) -> HttpResponse:
    """The page of the counter. Without JavaScript a code is checked, and a use written down, online."""
    here = device(request)
    if here is None:
        return page(request, "card/set_up.html")
    code, answer, good = request.POST.get("code", "")[:400], "", False
    if request.method == "POST" and code.strip():
        if request.POST.get("do") == "note":
            (answer,) = redeeming.settle(here, [Noted(code, int(moment.now().timestamp()))])
        else:
            answer, good = redeeming.check(here, code)
    return counter_page(request, here, code, answer, good)


def counter_page(request: HttpRequest, here: Counter, code: str, answer: str, good: bool) -> HttpResponse:
    """With what became of a code, where one was sent."""
    return page(request, "card/counter.html", counter=here, service=promised().services.get(here.service), good=good,
                code=code if good else "", answer=answer, sentence=SENTENCES.get(answer, ""),
                counted=answer == "counted", sentences=SENTENCES.items())  # fmt: skip


def counter_set_up(request: HttpRequest) -> HttpResponse:
    """The set-up code was typed: from now on this browser is the counter's device."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("counter"))
    try:
        _counter, key = actions.set_up(request.POST.get("code", "")[:40], source.address(request))
    except Refusal as refusal:
        return page(request, "card/set_up.html", refusal.status, wrong=refusal.sentence)
    answer = HttpResponseRedirect(reverse("counter"))
    answer.set_cookie(COOKIE, key, max_age=COOKIE_LASTS, httponly=True, samesite="Strict",
                      secure=settings.SESSION_COOKIE_SECURE)  # fmt: skip
    return answer


def counter_pack(request: HttpRequest) -> HttpResponse:
    """Keys, list of lost cards and the time: what the device needs to verify without a network."""
    here = device(request)
    return JsonResponse(counters.pack(here)) if here else JsonResponse({}, status=NO_DEVICE)


def counter_settle(request: HttpRequest) -> HttpResponse:
    """What the device noted down while it was away; gives what became of each."""
    here = device(request)
    if here is None or request.method != "POST":
        return JsonResponse({}, status=NO_DEVICE)
    try:
        return JsonResponse({"results": redeeming.settle(here, noted_in(request))})
    except Refusal as refusal:
        return JsonResponse({"sentence": refusal.sentence}, status=refusal.status)


def counter_worker(request: HttpRequest) -> HttpResponse:
    """The worker that opens the page of the counter without a network; it reaches no other page."""
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")


@lru_cache(maxsize=1)
def _worker() -> str:
    return WORKER.read_text(encoding="utf-8")
