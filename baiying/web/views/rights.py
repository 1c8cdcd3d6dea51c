"""Her rights over what is kept of her: see and take along, put right, object, have it erased."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.cases import queries
from baiying.cases.actions import addressing, correcting, objecting, relatives
from baiying.cases.queries import everything, her_rights
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal
from baiying.members.queries import own_data
from baiying.web import exports
from baiying.web.forms.questions import questions_of, raw_answers
from baiying.web.forms.rights import AddressForm, AllTheSameForm, CorrectForm, EraseForm, ReachForm
from baiying.web.pages import page


def rights(request: HttpRequest) -> HttpResponse:
    """What is kept of her here, and what she can do about it."""
    return rights_page(request)


def rights_page(request: HttpRequest, status: int = 200, notice: str = "", **back: Any) -> HttpResponse:
    """The page of her rights. ``back``: forms that were refused, with what she typed."""
    door: bytes = request.door  # type: ignore[attr-defined]
    story, now = queries.story(door), her_rights.rights_of(door)
    forms = {
        "reach": ReachForm(initial=now.reached), "correct": CorrectForm.fresh(), "erase": EraseForm.fresh(),
        "address": AddressForm(going=now.going, initial=now.address), "anyway": AllTheSameForm.fresh(), **back,
    }
    return page(request, "rights/rights.html", status, story=story, now=now, notice=notice, protected=story.hidden,
                asks=questions_of(now.asks, raw_answers(request.POST), "right"), opened=set(back), **forms)


def done(anchor: str) -> HttpResponse:
    """Back to the page of her rights, at the part that has changed."""
    return HttpResponseRedirect(f"{reverse('rights')}?done={anchor}#{anchor}")


def take_along(request: HttpRequest) -> HttpResponse:
    """Everything about her case as one file, by the button only."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("rights"))
    return exports.packed([everything.everything(request.door)])  # type: ignore[attr-defined]


def reached(request: HttpRequest) -> HttpResponse:
    """How she is called and reached holds from now on as she says it."""
    form = ReachForm(request.POST or None)
    if not form.is_valid():
        return rights_page(request, 400, form.sentence, reach=form)
    correcting.correct_reach(request.door, form.cleaned_data)  # type: ignore[attr-defined]
    return done("reach")


def stays(request: HttpRequest) -> HttpResponse:
    """Where she stays, for the two who need it."""
    now = her_rights.rights_of(request.door)  # type: ignore[attr-defined]
    form = AddressForm(request.POST or None, going=now.going)
    if not form.is_valid():
        return rights_page(request, 400, form.sentence, address=form)
    addressing.say_address(request.door, form.cleaned_data["where"], form.cleaned_data["task"])  # type: ignore[attr-defined]
    return done("address")


def correct(request: HttpRequest) -> HttpResponse:
    """She says that her words or an answer are wrong, and how they should be."""
    form = CorrectForm(request.POST or None)
    if not form.is_valid():
        return rights_page(request, 400, form.sentence, correct=form)
    told = form.cleaned_data
    wrong = correcting.Wrong(told["about"], told["text"], raw_answers(request.POST))
    try:
        correcting.ask_correction(request.door, wrong, told["key"])  # type: ignore[attr-defined]
    except Refusal as refusal:
        return rights_page(request, refusal.status, refusal.sentence, correct=form)
    return done("asked")


def erase(request: HttpRequest) -> HttpResponse:
    """What she told is destroyed at once, unless a ground stands; then she reads which one."""
    form = EraseForm(request.POST or None)
    if not form.is_valid():
        return rights_page(request, 400, form.sentence, erase=form)
    try:
        objecting.erase(request.door, form.cleaned_data["key"])  # type: ignore[attr-defined]
    except Refusal as refusal:
        return rights_page(request, refusal.status, refusal.sentence)
    return HttpResponseRedirect(reverse("mine"))


def erase_anyway(request: HttpRequest) -> HttpResponse:
    """She asks for it all the same; the unit that leads answers with a reason."""
    form = AllTheSameForm(request.POST or None)
    if not form.is_valid():
        return rights_page(request, 400, form.sentence, anyway=form)
    told = form.cleaned_data
    try:
        objecting.demand_erasure(request.door, told["text"], told["key"])  # type: ignore[attr-defined]
    except Refusal as refusal:
        return rights_page(request, refusal.status, refusal.sentence, anyway=form)
    return done("asked")


def refuse_relative(request: HttpRequest) -> HttpResponse:
    """She decides for herself: what somebody asked in her place ends."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("rights"))
    relatives.refuse(request.door, request.POST.get("demand", ""))  # type: ignore[attr-defined]
    return done("asked")


def take_account(request: HttpRequest) -> HttpResponse:
    """Everything about a member and the cases of her list as one file, on a device that she has proved."""
    if request.method != "POST" or not request.trusted:  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("account") + "#trust")
    her = Asker(who=request.member.id)  # type: ignore[attr-defined]
    entries = [queries.her_entry(her, row.case.number) for row in queries.hers(her)]
    return exports.packed([everything.everything(entry) for entry in entries], own_data(request.member.id))  # type: ignore[attr-defined]


