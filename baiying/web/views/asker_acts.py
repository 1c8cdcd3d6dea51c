"""What she can do beside judging: tell a day, complain one level up, contest an end, open a further kind of case."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.cases import actions as cases
from baiying.cases import queries
from baiying.kit.errors import Refusal
from baiying.web import receipts
from baiying.web.forms.hers import WordForm
from baiying.web.forms.questions import raw_answers
from baiying.web.forms.verdict import VerdictForm
from baiying.web.guard import DOOR_IN_SESSION
from baiying.web.pages import page
from baiying.web.views.asker import story_page

Upwards = Callable[[bytes, str, str], None]


def complain(request: HttpRequest) -> HttpResponse:
    """Her words about the handling go one level up; the unit they are about never sees them."""
    return upwards(request, "complain", cases.complain)


def contest(request: HttpRequest) -> HttpResponse:
    """She says that the end set by the level above is wrong."""
    return upwards(request, "contest", cases.contest)


def reply(request: HttpRequest) -> HttpResponse:
    """She sends what a pause waits for; our clocks run again."""
    return upwards(request, "reply", cases.reply)


def take_code(request: HttpRequest) -> HttpResponse:
    """A 查询码 that nobody but she has seen, shown once; the one on the slip opens nothing any more."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("mine"))
    number = request.POST.get("number", "")
    try:
        code, door = cases.take_code(request.door, number, request.POST.get("key", ""))  # type: ignore[attr-defined]
    except Refusal as refusal:
        return story_page(request, VerdictForm.fresh(), refusal.status, refusal.sentence)
    request.session[DOOR_IN_SESSION] = door.hex()
    return page(request, "own_code.html", story=queries.story(door), code=code)


def upwards(request: HttpRequest, name: str, act: Upwards) -> HttpResponse:
    """Send her words with one of these acts; refused, they come back into their box."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("mine"))
    form = WordForm(request.POST or None, prefix=name)
    if not form.is_valid():
        return story_page(request, VerdictForm.fresh(), 400, form.sentence, back={name: form})
    try:
        act(request.door, form.cleaned_data["text"], form.cleaned_data["key"])  # type: ignore[attr-defined]
    except Refusal as refusal:
        return story_page(request, VerdictForm.fresh(), refusal.status, refusal.sentence, back={name: form})
    return HttpResponseRedirect(reverse("mine") + f"#{name}")


def days(request: HttpRequest) -> HttpResponse:
    """Days that she remembers later; her own clocks are counted anew."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("mine"))
    try:
        cases.tell_days(request.door, raw_answers(request.POST), request.POST.get("key", ""))  # type: ignore[attr-defined]
    except Refusal as refusal:
        return story_page(request, VerdictForm.fresh(), refusal.status, refusal.sentence)
    return HttpResponseRedirect(reverse("mine") + "#law")


def further(request: HttpRequest) -> HttpResponse:
    """A further kind of case with her words, by her press alone; its receipt shows the number and code of its own."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("mine"))
    try:
        receipt = cases.link(request.door, request.POST.get("matter", ""))  # type: ignore[attr-defined]
    except Refusal as refusal:
        return story_page(request, VerdictForm.fresh(), refusal.status, refusal.sentence)
    return receipts.sent_on(receipt, 0, False)
