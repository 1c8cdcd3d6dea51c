"""The members of a unit, for those who keep them: look up, enter, merge by two people, note a death."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.kit.chance import fresh
from baiying.kit.errors import Refusal, Unseen
from baiying.members import actions as members
from baiying.members import queries
from baiying.members.actions import Guardian, NewMember
from baiying.network import queries as network
from baiying.web.forms.account_members import DecideForm, DiedForm, LookForm, MemberForm, MergeForm
from baiying.web.pages import page

LOOK, ENTRY = "look_%s", "entry_%s"  # ids of the two forms of one page


def keeping(request: HttpRequest) -> HttpResponse:
    """Look somebody up; by a form that leaves nothing in the address."""
    form = LookForm(request.POST or None, auto_id=LOOK)
    if not form.is_bound or not form.is_valid():
        return keeping_page(request, look=form)
    told = form.cleaned_data
    try:
        found = queries.cards(request.asker, name=told["name"], telephone=told["telephone"],  # type: ignore[attr-defined]
                              paper=(told["kind"] or "id", told["number"]))
    except Refusal as refusal:
        return keeping_page(request, refusal.status, look=form, notice=refusal.sentence)
    return keeping_page(request, look=form, cards=found, looked=True)


def keeping_page(request: HttpRequest, status: int = 200, **values: Any) -> HttpResponse:
    asker = request.asker  # type: ignore[attr-defined]
    units = sorted(network.units_by_id(asker.units).values(), key=lambda unit: unit.name)
    entry = values.pop("entry", None) or MemberForm(initial={"key": new_key()}, auto_id=ENTRY)
    entry.fields["unit"].widget.choices = [(unit.id, unit.name) for unit in units]
    shown = {"look": LookForm(auto_id=LOOK), "entry": entry, "merges": queries.open_merges(asker), "me": asker.who,
             "key": new_key()} | values
    return page(request, "account/members.html", status, **shown)


def new_key() -> str:
    return fresh(16).hex()


def enter_member(request: HttpRequest) -> HttpResponse:
    """One person by herself, with a guardian where the law wants one."""
    form = MemberForm(request.POST or None, auto_id=ENTRY)
    if not form.is_valid():
        return keeping_page(request, 400 if form.is_bound else 200, entry=form)
    told, asker = form.cleaned_data, request.asker  # type: ignore[attr-defined]
    if told["unit"] not in asker.units:
        raise Unseen
    try:
        members.enter_person(told["key"], row_of(told), asker.who, guardian_of(told))
    except Refusal as refusal:
        return keeping_page(request, refusal.status, entry=form, notice_entry=refusal.sentence)
    # What was known of her before is not shown for it: a name and a paper would be a way to look into other units.
    return keeping_page(request, entered=told["name"], entered_in=network.unit(told["unit"]))


def row_of(told: dict[str, Any]) -> NewMember:
    papers = ((told["kind"] or "id", told["number"]),) if told["number"] else ()
    return NewMember(1, told["name"], told["unit"], papers, told["telephone"], told["member_number"], told["since"],
                     told["text_only"])


def guardian_of(told: dict[str, Any]) -> Guardian | None:
    if not told["guardian_name"]:
        return None
    return Guardian(told["guardian_name"], told["guardian_telephone"], told["guardian_relation"])


def merge_members(request: HttpRequest) -> HttpResponse:
    """Propose that two cards are one person."""
    form, asker = MergeForm(request.POST or None), request.asker  # type: ignore[attr-defined]
    said = request.POST.get("reason", "")
    if not form.is_valid():
        return keeping_page(request, 400 if form.is_bound else 200, notice=form.sentence, said=said)
    told = form.cleaned_data
    if not (queries.keeps(asker, told["kept"]) and queries.keeps(asker, told["gone"])):
        raise Unseen
    try:
        members.propose_merge(told["key"], told["kept"], told["gone"], told["reason"], asker.who)
    except Refusal as refusal:
        return keeping_page(request, refusal.status, notice=refusal.sentence, said=said)
    return HttpResponseRedirect(reverse("keeping") + "#merges")


def decide_merge(request: HttpRequest) -> HttpResponse:
    """Another colleague says yes, or either takes it back."""
    form, asker = DecideForm(request.POST or None), request.asker  # type: ignore[attr-defined]
    if not form.is_valid():
        return keeping_page(request, 400 if form.is_bound else 200)
    if form.cleaned_data["merge"] not in {merge.id for merge in queries.open_merges(asker)}:
        raise Unseen
    decide = members.confirm_merge if form.cleaned_data["yes"] else members.undo_merge
    try:
        decide(form.cleaned_data["merge"], asker.who)
    except Refusal as refusal:
        return keeping_page(request, refusal.status, notice=refusal.sentence)
    return HttpResponseRedirect(reverse("keeping") + "#merges")


def note_death(request: HttpRequest) -> HttpResponse:
    """She died: nothing of hers opens any more, and nobody is called."""
    form, asker = DiedForm(request.POST or None), request.asker  # type: ignore[attr-defined]
    if not form.is_valid():
        return keeping_page(request, 400 if form.is_bound else 200)
    if not queries.keeps(asker, form.cleaned_data["person"]):
        raise Unseen
    try:
        members.note_death(form.cleaned_data["person"], form.cleaned_data["on"], asker.who)
    except Refusal as refusal:
        return keeping_page(request, refusal.status, notice=refusal.sentence)
    return HttpResponseRedirect(reverse("keeping"))
