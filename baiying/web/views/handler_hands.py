"""The handler brings in whoever else is needed, follows them up, and writes the fact sheet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.cases import actions, queries
from baiying.kit.errors import Refusal, Unseen
from baiying.web.forms.doing import Doing
from baiying.web.forms.fact_sheet import SheetForm
from baiying.web.forms.handler_hands import BringInForm, form_for, parts
from baiying.web.forms.outside import GuestForm
from baiying.web.pages import page
from baiying.web.presses import once
from baiying.web.views import handler


@once
def hands(request: HttpRequest, number: str) -> HttpResponse:
    """First the part, then the unit and what is asked of it."""
    asker = request.asker  # type: ignore[attr-defined]
    case, party = queries.heading(asker, number), request.POST.get("party") or request.GET.get("party", "")
    if not party:
        return hands_page(request, case)
    form = form_for(asker, number, case.matter, party, request.POST or None)
    if not form.is_valid():
        return hands_page(request, case, form, 400 if form.is_bound else 200, form.sentence if form.is_bound else "")
    try:
        form.carry_out(asker, number)
    except Refusal as refusal:
        return hands_page(request, case, form, refusal.status, refusal.sentence)
    return HttpResponseRedirect(reverse("case", args=[number]) + "#hands")


def hands_page(request: HttpRequest, case: queries.Heading, form: BringInForm | None = None, status: int = 200,
               notice: str = "") -> HttpResponse:
    found = parts(case.matter)
    chosen = next((one for one in found if form is not None and one.key == form["party"].value()), None)
    return page(request, "hands.html", status, case=case, parts=found, form=form, chosen=chosen, notice=notice)


def refused(form: Doing, request: HttpRequest, number: str) -> str:
    """Do what a filled form says; gives the sentence of a refusal, which keeps the page. Raises Unseen."""
    try:
        form.carry_out(request.asker, number)  # type: ignore[attr-defined]
    except Refusal as refusal:
        return refusal.sentence
    return ""


@once
def guest(request: HttpRequest, number: str) -> HttpResponse:
    """Somebody without an account here: who it is, where the link goes, where the code."""
    asker = request.asker  # type: ignore[attr-defined]
    case, party = queries.heading(asker, number), request.POST.get("party") or request.GET.get("party", "")
    chosen = next((one for one in parts(case.matter) if one.key == party), None)
    if chosen is None:
        raise Unseen
    form = GuestForm(request.POST or None, party=party, matter=case.matter)
    notice = (form.sentence or refused(form, request, number)) if form.is_bound else ""
    if not form.is_bound or notice:
        return page(request, "guest.html", 400 if notice else 200, case=case, form=form, chosen=chosen, notice=notice)
    return HttpResponseRedirect(reverse("case", args=[number]) + "#hands")


def party_act(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """Remind a party; send one outside its link, or end it. The code that is told by voice is shown once, here."""
    if request.method != "POST" or key not in ("remind", "link", "revoke"):
        raise Unseen
    try:
        way = followed_up(request, number, key)
    except Refusal as refusal:
        return handler.case_page(request, number, refusal.status, refusal.sentence)
    if way is not None:
        return page(request, "link_sent.html", way=way, number=number)
    return HttpResponseRedirect(reverse("case", args=[number]) + "#hands")


def followed_up(request: HttpRequest, number: str, key: str) -> actions.Way | None:
    """Do it; gives the link that went out, if one did. Raises Unseen, Refusal."""
    asker, ref, press = request.asker, request.POST.get("task", ""), request.POST.get("key", "")  # type: ignore[attr-defined]
    if key == "link":
        base = request.build_absolute_uri(reverse("outside_door", args=["-"])).removesuffix("-/")
        return actions.send_link(asker, number, ref, base, press)
    if key == "revoke":
        actions.revoke_link(asker, number, ref, press)
    else:
        actions.remind_party(asker, number, ref)
    return None


@once
def fact_sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The sheet with its versions and what parties added; a new version."""
    asker = request.asker  # type: ignore[attr-defined]
    seen = queries.sheet_page(asker, number)
    form = SheetForm(request.POST or None, seen=seen)
    notice = (form.sentence or refused(form, request, number)) if form.is_bound else ""
    if form.is_bound and not notice:
        return HttpResponseRedirect(reverse("fact_sheet", args=[number]))
    form.now_based_on(seen)
    return page(request, "fact_sheet.html", 400 if notice else 200, seen=seen, form=form, notice=notice)
