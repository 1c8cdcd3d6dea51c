"""A party without an account: the link asks for a code and changes nothing, whoever opens it; behind it one task."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from baiying.cases import actions, queries
from baiying.kit import moment, rate
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal, Unseen
from baiying.kit.source import address
from baiying.web.forms.outside import CodeForm, DoneForm, NotDoneForm, OutsideForm, ReceivedForm, ReplyForm
from baiying.web.guard import OUTSIDE_IN_SESSION, OUTSIDE_UNTIL
from baiying.web.pages import page
from baiying.web.presses import once
from baiying.web.views import files

# In a quarter of an hour: of one address, and at one link wherever from. The link itself ends after ten wrong codes.
TRIES, TRIES_AT_LINK, WINDOW = 30, 5, 900
OPEN_FOR = 1800  # seconds that a task stays open on a device without being looked at
FORMS: dict[str, type[OutsideForm]] = {"received": ReceivedForm, "reply": ReplyForm, "finish": DoneForm,
                                       "refuse": NotDoneForm}
LAST = ("finish", "refuse")  # afterwards link and task are over


def outside_door(request: HttpRequest, token: str) -> HttpResponse:
    """What a link leads to: the same page for every link, alive or not. Only a code that is sent does anything."""
    if request.method != "POST":
        return door_page(request, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return door_page(request, form, 400, form.sentence)
    if not may_try(request, token):
        return door_page(request, form, 429, _("Too many tries. Please wait a quarter of an hour."))
    way = actions.try_code(token, form.cleaned_data["code"])
    if way is None:
        return door_page(request, form, 404, _(
            "Link and code do not open anything together. Compare the six digits, or ask whoever sent them for "
            "new ones."))
    return opened(request, way)


def door_page(request: HttpRequest, form: CodeForm, status: int = 200, notice: str = "") -> HttpResponse:
    return shut(page(request, "outside/door.html", status, form=form, notice=notice))


def opened(request: HttpRequest, way: bytes) -> HttpResponse:
    """To the task, under a session key that nobody knew before."""
    request.session.cycle_key()
    hold(request, way)
    return shut(HttpResponseRedirect(reverse("outside_task")))


def may_try(request: HttpRequest, token: str) -> bool:
    """Whether this address and this link have tries left; both are counted in any case, known or not."""
    return all([rate.allow("outside", address(request), TRIES, WINDOW),
                rate.allow("outside_link", token.upper()[:64], TRIES_AT_LINK, WINDOW)])


def hold(request: HttpRequest, way: bytes) -> None:
    """This browser holds the task for a while."""
    request.session[OUTSIDE_IN_SESSION] = way.hex()
    request.session[OUTSIDE_UNTIL] = int(moment.now().timestamp()) + OPEN_FOR


def let_go(request: HttpRequest) -> None:
    request.session.pop(OUTSIDE_IN_SESSION, None)
    request.session.pop(OUTSIDE_UNTIL, None)


def shut(answer: HttpResponse) -> HttpResponse:
    """No cache keeps it, no search engine lists it, no other site learns the link from it."""
    for name, value in (("Cache-Control", "no-store"), ("X-Robots-Tag", "noindex, nofollow"),
                        ("Referrer-Policy", "same-origin")):
        answer.headers[name] = value
    return answer


def outside_closed(request: HttpRequest) -> HttpResponse:
    """Not open here: it was closed, it ended, or lay for too long."""
    return shut(page(request, "outside/closed.html", thanks=request.GET.get("thanks", "")))


def outside_task(request: HttpRequest) -> HttpResponse:
    return given_page(request)


def given_page(request: HttpRequest, status: int = 200, notice: str = "", tried: Any = None) -> HttpResponse:
    """The one task, with what was typed when it did not go through."""
    way: bytes = request.way  # type: ignore[attr-defined]
    try:
        seen = queries.open_outside(way)
    except Unseen:
        let_go(request)
        return HttpResponseRedirect(reverse("outside_closed"))
    hold(request, way)
    forms = {name: tried if isinstance(tried, kind) else kind(auto_id=f"{name}_%s") for name, kind in FORMS.items()}
    return shut(page(request, "outside/given.html", status, task=seen, notice=notice, **forms))


@once
def outside_do(request: HttpRequest, key: str) -> HttpResponse:
    """Received, done, not done with a ground, or words; `close` shuts it on this device."""
    if request.method != "POST" or key not in (*FORMS, "close"):
        raise Unseen
    if key == "close":
        let_go(request)
        return HttpResponseRedirect(reverse("outside_closed"))
    form = FORMS[key](request.POST, auto_id=f"{key}_%s")
    if not form.is_valid():
        return given_page(request, 400, form.sentence, form)
    return sent(request, key, form)


def sent(request: HttpRequest, key: str, form: OutsideForm) -> HttpResponse:
    """Do what a filled form says; refused, the page comes back with it."""
    try:
        form.carry_out(Asker(outside=request.way), "")  # type: ignore[attr-defined]
    except Refusal as refusal:
        return given_page(request, refusal.status, refusal.sentence, form)
    where = f"{reverse('outside_closed')}?thanks={key}" if key in LAST else f"{reverse('outside_task')}?sent=1"
    return HttpResponseRedirect(where)


def outside_papers(request: HttpRequest) -> HttpResponse:
    """The files of this side, by the link."""
    mine = Asker(outside=request.way)  # type: ignore[attr-defined]
    return shut(files.files(request, mine, None, reverse("outside_papers"), reverse("outside_task")))


def outside_paper(request: HttpRequest, ref: str) -> HttpResponse:
    return shut(files.download(Asker(outside=request.way), None, ref))  # type: ignore[attr-defined]
