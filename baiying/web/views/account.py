"""Signing in and out: members by a code to their telephone, staff by password and second factor."""

from __future__ import annotations

import json
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from baiying.kit import messages as outside
from baiying.kit.errors import Refusal, Unseen
from baiying.kit.source import address
from baiying.members import actions as members
from baiying.members import identity
from baiying.web import signing
from baiying.web.forms.account import CodeForm, JoinForm, PasskeyForm, SignInForm, TelephoneForm, WhoForm
from baiying.web.pages import page


def ways_in(request: HttpRequest, status: int = 200, **values: object) -> HttpResponse:
    """The page with both ways in."""
    shown = {"form": SignInForm(), "telephone": TelephoneForm(), "next": signing.safe_next(request)} | values
    return page(request, "account/sign_in.html", status, **shown)


def sign_in(request: HttpRequest) -> HttpResponse:
    """The two ways in; staff's form comes back here."""
    form = SignInForm(request.POST or None)
    if not form.is_valid():
        return ways_in(request, 400 if form.is_bound else 200, form=form)
    told, wanted = form.cleaned_data, signing.safe_next(request)
    try:
        person = members.sign_in(told["login"], told["password"], address(request), signing.device_token(request))
    except Refusal as refusal:
        return ways_in(request, refusal.status, form=form, notice=refusal.sentence)
    if signing.ask_second(person):
        signing.wait_half_way(request, person, wanted)
        return HttpResponseRedirect(reverse("second"))
    signing.staff_comes(request, person)
    return known_device(request, person.id, wanted)


def known_device(request: HttpRequest, person: UUID, wanted: str) -> HttpResponse:
    """On to where she wanted to go; the browser is known as hers from now on."""
    token = signing.device_token(request) or signing.new_token()
    members.recognise(person, token, signing.device_words(request))
    return signing.keep_device(HttpResponseRedirect(wanted or reverse("desk")), token)


def second(request: HttpRequest) -> HttpResponse:
    """The second factor, after the password and before anybody is signed in."""
    person, wanted = signing.half_way(request)
    if person is None:
        return ways_in(request)
    form = CodeForm(request.POST if request.POST.get("code") else None)
    try:
        if factor := shown_factor(request, form):
            signing.staff_comes(request, person, factor)
            return known_device(request, person.id, wanted)
    except Refusal as refusal:
        return second_page(request, refusal.status, form, refusal.sentence)
    return second_page(request, 400 if request.method == "POST" else 200, form)


def shown_factor(request: HttpRequest, form: CodeForm) -> str:
    """Which second factor was shown; empty when none came yet. Raises Refusal when it does not fit."""
    person, _wanted = signing.half_way(request)
    passkey, asked = PasskeyForm(request.POST or None), request.session.pop(signing.CHALLENGE, None)
    if person is not None and passkey.is_valid() and asked:
        return members.show_passkey(person, signing.host(request), asked, passkey.cleaned_data["credential"])
    return members.show_code(person, form.cleaned_data["code"]) if person is not None and form.is_valid() else ""


def second_page(request: HttpRequest, status: int, form: CodeForm, notice: str = "") -> HttpResponse:
    person, _wanted = signing.half_way(request)
    asked = members.challenge(person, signing.host(request)) if person is not None else None
    if asked is not None:
        request.session[signing.CHALLENGE] = asked[1]
    options = json.dumps(asked[0]) if asked is not None else ""
    return page(request, "account/second.html", status, form=form, notice=notice, options=options)


def telephone(request: HttpRequest) -> HttpResponse:
    """A code goes to the telephone she typed; the page is the same whether anybody is known there."""
    form = TelephoneForm(request.POST or None)
    if not form.is_valid():
        return ways_in(request, 400 if form.is_bound else 200, telephone=form)
    try:
        asked = members.send_code(form.cleaned_data["telephone"], address(request))
    except Refusal as refusal:
        return ways_in(request, refusal.status, telephone=form, notice_here=refusal.sentence)
    request.session[signing.CODE_ASKED] = {"asked": str(asked), "next": signing.safe_next(request)}
    return HttpResponseRedirect(reverse("code"))


def code(request: HttpRequest) -> HttpResponse:
    """The code that came."""
    held = request.session.get(signing.CODE_ASKED)
    if not held:
        return ways_in(request)
    form = CodeForm(request.POST or None)
    if not form.is_valid():
        return page(request, "account/code.html", 400 if form.is_bound else 200, form=form)
    try:
        proved = members.prove_code(UUID(held["asked"]), form.cleaned_data["code"], address(request))
    except Refusal as refusal:
        return page(request, "account/code.html", refusal.status, form=form, notice=refusal.sentence)
    only = proved.people[0].id if proved.people else None
    if len(proved.people) > 1 or (only and not members.knows_device(only, signing.device_token(request))):
        return signing.choose(request, proved, held["next"])
    return member_in(request, members.person_of(proved, only).id, held["next"])


def member_in(request: HttpRequest, person: UUID, wanted: str) -> HttpResponse:
    """On to where she wanted to go, or to her account."""
    token = signing.member_comes(request, person)
    return signing.keep_device(HttpResponseRedirect(wanted or reverse("account")), token)


def who(request: HttpRequest) -> HttpResponse:
    """Several people are reached at one telephone: she says which she is. Names are shown in part only."""
    proved, wanted = signing.chosen_from(request)
    if proved is None:
        return ways_in(request)
    form = WhoForm(request.POST or None)
    if "who" not in request.POST or not form.is_valid():
        return page(request, "account/who.html", 400 if form.is_bound else 200,
                    people=[(one.id, identity.mask_name(one.name)) for one in proved.people])
    try:
        person = members.person_of(proved, form.cleaned_data["who"])
    except Refusal as refusal:
        return ways_in(request, refusal.status, notice_here=refusal.sentence)
    return member_in(request, person.id, wanted)


def join(request: HttpRequest, token: str) -> HttpResponse:
    """A colleague comes by her link and sets her password; then she is signed in and adds a second factor."""
    form = JoinForm(request.POST or None)
    try:
        person = members.invited(token)
        if not form.is_valid():
            return page(request, "account/join.html", 400 if form.is_bound else 200, form=form, person=person)
        person = members.accept_invitation(token, form.cleaned_data["password"])
    except Refusal as refusal:
        return page(request, "account/join.html", refusal.status, form=form, notice=refusal.sentence,
                    over=refusal.status == 410)
    if signing.ask_second(person):
        signing.wait_half_way(request, person, "")
        return HttpResponseRedirect(reverse("second"))
    signing.staff_comes(request, person)
    return known_device(request, person.id, reverse("factors"))


def sign_out(request: HttpRequest) -> HttpResponse:
    """By the button only; a link elsewhere signs nobody out."""
    if request.method == "POST":
        signing.goes(request)
    return HttpResponseRedirect(reverse("front"))


def messages(request: HttpRequest) -> HttpResponse:
    """What the console would have sent: in the demo alone, where no message goes anywhere else."""
    if not settings.BAIYING_DEMO:
        raise Unseen
    return page(request, "account/messages.html", sent=outside.kept())
