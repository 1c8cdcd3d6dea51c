"""Her own pages: finding the case, its story, her word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from baiying.cases import actions as cases
from baiying.cases import queries
from baiying.cases.actions import coming
from baiying.cases.queries.concerns import her_concern
from baiying.engine import flow
from baiying.kit import moment
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal
from baiying.kit.source import address
from baiying.members import actions as members
from baiying.web import drafts
from baiying.web.forms.find import FindForm
from baiying.web.forms.hers import WordForm
from baiying.web.forms.move import MoveForm, next_steps
from baiying.web.forms.need import fresh_key
from baiying.web.forms.questions import questions_of, raw_answers
from baiying.web.forms.verdict import VerdictForm, WithdrawForm
from baiying.web.guard import DEVICE_COOKIE, DOOR_IN_SESSION, DOOR_UNTIL
from baiying.web.pages import page
from baiying.web.receipts import forget, qr

NOTHING_BACK: Mapping[str, WordForm] = {}
OPEN_FOR = 900  # seconds that a protected case stays open without being looked at


def find(request: HttpRequest) -> HttpResponse:
    """Number and 查询码. Every failure has one sentence, so that nobody learns which number exists."""
    if request.method != "POST":
        return forget(page(request, "find.html", form=FindForm(initial={"number": request.GET.get("number", "")})))
    form = FindForm(request.POST)
    if not form.is_valid():
        return page(request, "find.html", 400, form=form)
    try:
        door = coming.come_in(address(request), form.cleaned_data["number"], form.cleaned_data["code"])
    except Refusal as refusal:
        return page(request, "find.html", refusal.status, form=form, notice=refusal.sentence)
    open_here(request, door)
    prove(request, door)
    return HttpResponseRedirect(reverse("mine"))


def prove(request: HttpRequest, door: bytes) -> None:
    """Number and 查询码 of a case of her own, typed while she is signed in, make this device known to be hers."""
    member = request.member  # type: ignore[attr-defined]
    if member is not None:
        members.prove_device(member.id, request.COOKIES.get(DEVICE_COOKIE, ""), queries.story(door).case.asker_id)


def open_here(request: HttpRequest, door: bytes) -> None:
    """Let this browser hold the case, under a session key that nobody knew before; a draft comes along."""
    kept = drafts.read(request)
    drafts.drop(request)
    request.session.cycle_key()
    drafts.put(request, kept)
    request.session[DOOR_IN_SESSION] = door.hex()
    request.session.pop(DOOR_UNTIL, None)


def mine(request: HttpRequest) -> HttpResponse:
    return story_page(request, VerdictForm.fresh())


def story_page(request: HttpRequest, form: VerdictForm, status: int = 200, notice: str = "",
               back: Mapping[str, WordForm] = NOTHING_BACK) -> HttpResponse:
    """Her case on one page. ``back``: forms that were refused, by name, with what she typed."""
    story, ways = queries.story(request.door), queries.her_ways(request.door)  # type: ignore[attr-defined]
    if story.hidden:  # found by nobody who takes up this telephone later
        request.session[DOOR_UNTIL] = int(moment.now().timestamp()) + OPEN_FOR
    return page(
        request, "mine.html", status, story=story, ways=ways, form=form, withdraw=WithdrawForm.fresh(), notice=notice,
        typed=typed_elsewhere(request, form, ways), protected=story.hidden, return_to=reverse("mine"),
        open_for=OPEN_FOR, steps=next_steps(story.offers, request.POST),
        hers=[clock for clock in story.clocks if clock.hers], ours=[clock for clock in story.clocks if not clock.hers],
        answer=next((line for line in reversed(story.lines) if line.words and not line.by_her), None),
        paused_for=next((line.words for line in reversed(story.lines) if line.verb == "paused"), ""),
        asks=questions_of(ways.asks, raw_answers(request.POST)), together=her_concern(request.door),  # type: ignore[attr-defined]
        **hers_to_write(story, request.POST, back),
    )


def typed_elsewhere(request: HttpRequest, form: VerdictForm, ways: queries.Ways) -> str:
    """What she typed into a form that this page no longer shows; what it does show comes back filled."""
    shown = {"complain-text": ways.may_complain, "contest-text": ways.may_contest, "reply-text": ways.may_reply,
             "why": form.is_bound and (ways.may_judge or ways.may_change)}
    names = [name for name in ("why", "text", "complain-text", "contest-text", "reply-text") if not shown.get(name)]
    return next((said for name in names if (said := request.POST.get(name, ""))), "")


def hers_to_write(story: queries.Story, sent: QueryDict, back: Mapping[str, WordForm]) -> dict[str, Any]:
    """The forms of her page beside the verdict: days, complaint, contest, what a pause waits for."""
    days = questions_of(flow.day_asks(story.matter), raw_answers(sent), "day")
    return {
        "days": days, "days_said": any(one.said for one in days), "days_key": fresh_key(),
        "complain": back.get("complain") or WordForm.fresh("complain"),
        "reply": back.get("reply") or WordForm.fresh("reply"),
        "contest": back.get("contest") or WordForm.fresh("contest"), "opened": set(back),
    }


def step(request: HttpRequest) -> HttpResponse:
    """A move that is hers: to agree, to leave, to sign or not."""
    form = MoveForm(request.POST or None)
    if not form.is_valid():
        return story_page(request, VerdictForm.fresh(), 400, form.sentence)
    her = Asker(door=request.door)  # type: ignore[attr-defined]
    try:
        form.carry_out(her, queries.story(request.door).case.number)  # type: ignore[attr-defined]
    except Refusal as refusal:
        return story_page(request, VerdictForm.fresh(), refusal.status, refusal.sentence)
    return HttpResponseRedirect(reverse("mine") + "#next")


def close(request: HttpRequest) -> HttpResponse:
    """The case is no longer open on this device."""
    if request.method == "POST":
        request.session.flush()
    return HttpResponseRedirect(reverse("find"))


def judge(request: HttpRequest) -> HttpResponse:
    form = VerdictForm(request.POST or None)
    if not form.is_valid():
        return story_page(request, form, 400)
    told = form.cleaned_data
    try:
        cases.judge(request.door, told["verdict"], told["contacted"], told["why"], told["key"],  # type: ignore[attr-defined]
                    raw_answers(request.POST))
    except Refusal as refusal:
        return story_page(request, form, refusal.status, refusal.sentence)
    return HttpResponseRedirect(reverse("mine") + "#next")


def withdraw(request: HttpRequest) -> HttpResponse:
    form = WithdrawForm(request.POST or None)
    if not form.is_valid():
        return story_page(request, VerdictForm.fresh(), 400, _("Please tick the box first: taking back ends the case."))
    try:
        cases.withdraw(request.door, form.cleaned_data["key"])  # type: ignore[attr-defined]
    except Refusal as refusal:
        return story_page(request, VerdictForm.fresh(), refusal.status, refusal.sentence)
    return HttpResponseRedirect(reverse("mine"))


def slip(request: HttpRequest) -> HttpResponse:
    """The slip for printing. The query code is not on it: it was shown once and is not kept."""
    story = queries.story(request.door)  # type: ignore[attr-defined]
    return page(request, "slip.html", story=story, qr=qr(request, story.case.number), protected=story.hidden)
