"""My account: sessions, devices, second factor, password, and how she is written to."""

from __future__ import annotations

import json
from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from baiying.kit.errors import Refusal, Unseen
from baiying.members import actions as members
from baiying.members import queries
from baiying.members.models import Person
from baiying.web import signing
from baiying.web.forms.account import CodeForm, PasskeyForm, PasswordForm, RowForm
from baiying.web.pages import page


def staff_person(request: HttpRequest) -> Person:
    """Who is signed in as staff. Raises Unseen: a member has no password and no second factor."""
    if request.staff is None:  # type: ignore[attr-defined]
        raise Unseen
    return request.staff.person  # type: ignore[attr-defined, no-any-return]


def own(request: HttpRequest) -> UUID:
    """Whose account the page is."""
    person = signing.whose(request)
    if person is None:
        raise Unseen
    return person


def may_end(request: HttpRequest) -> bool:
    """Whether sessions may be ended and devices forgotten here: by staff, and on a device that a 查询码 has proved.
    Who merely holds the number now may be somebody else, and would shut the owner out."""
    return request.staff is not None or request.trusted  # type: ignore[attr-defined]


def account(request: HttpRequest) -> HttpResponse:
    """Everything of her account on one page."""
    staff = request.staff  # type: ignore[attr-defined]
    return page(request, "account/account.html", account=queries.account(own(request)), trusted=request.trusted,  # type: ignore[attr-defined]
                may_end=may_end(request),
                here=signing.this_session(request), is_staff=staff is not None,
                keeps=staff is not None and staff.may("member.keep"))


def end_session(request: HttpRequest) -> HttpResponse:
    """End one session, or all but this one."""
    form = RowForm(request.POST or None)
    if request.method == "POST" and not may_end(request):
        return HttpResponseRedirect(reverse("account") + "#trust")
    if form.is_valid():
        if form.cleaned_data["row"]:
            members.end_session(own(request), form.cleaned_data["row"])
        else:
            members.end_sessions(own(request), signing.this_session(request))
    return HttpResponseRedirect(reverse("account") + "#sessions")


def end_device(request: HttpRequest) -> HttpResponse:
    """A device is a stranger again."""
    form = RowForm(request.POST or None)
    if request.method == "POST" and not may_end(request):
        return HttpResponseRedirect(reverse("account") + "#trust")
    if form.is_valid() and form.cleaned_data["row"]:
        members.end_device(own(request), form.cleaned_data["row"])
    return HttpResponseRedirect(reverse("account") + "#devices")


def text_only(request: HttpRequest) -> HttpResponse:
    """Written to, never called; or called again."""
    if request.method == "POST":
        members.prefer_text(own(request), request.POST.get("text_only") == "1")
    return HttpResponseRedirect(reverse("account") + "#reach")


def password(request: HttpRequest) -> HttpResponse:
    """A new password; every other session ends."""
    person, form = staff_person(request), PasswordForm(request.POST or None)
    if not form.is_valid():
        return page(request, "account/password.html", 400 if form.is_bound else 200, form=form)
    factor = request.staff.factor  # type: ignore[attr-defined]
    try:
        members.change_password(person, form.cleaned_data["old"], form.cleaned_data["new"])
    except Refusal as refusal:
        return page(request, "account/password.html", refusal.status, form=form, notice=refusal.sentence)
    changed = queries.person(person.id)
    if changed is not None:
        signing.staff_comes(request, changed, factor)
    return HttpResponseRedirect(reverse("account"))


def factors(request: HttpRequest) -> HttpResponse:
    """The second factors, and how to add one."""
    return factors_page(request, 200)


def factors_page(request: HttpRequest, status: int, notice: str = "") -> HttpResponse:
    person = staff_person(request)
    options, state = members.passkey_options(person, signing.host(request), _("Baiying"))
    request.session[signing.CHALLENGE] = state
    return page(request, "account/factors.html", status, account=queries.account(person.id), form=PasskeyForm(),
                options=json.dumps(options), notice=notice, waits=request.staff.waits)  # type: ignore[attr-defined]


def totp(request: HttpRequest) -> HttpResponse:
    """A new authenticator: a QR code, then its first code."""
    person, form = staff_person(request), CodeForm(request.POST or None)
    try:
        refuse_weak(request, person)
        if form.is_valid():
            return strengthened(request, "totp", members.confirm_totp(person, form.cleaned_data["code"]))
        return totp_page(request, 400 if form.is_bound else 200, form)
    except Refusal as refusal:
        return totp_page(request, refusal.status, form, refusal.sentence) if form.is_bound else factors_page(
            request, refusal.status, refusal.sentence)


def totp_page(request: HttpRequest, status: int, form: CodeForm, notice: str = "") -> HttpResponse:
    person = staff_person(request)
    secret = members.pending_totp(person)
    groups = " ".join(secret[start:start + 4] for start in range(0, len(secret), 4))
    return page(request, "account/totp.html", status, form=form, notice=notice, secret=groups,
                qr=drawn(members.otpauth(person, secret, _("Baiying"))))


def drawn(text: str) -> SafeString:
    """A QR code without styles (CSP)."""
    made = segno.make(text, error="m", micro=False)
    return mark_safe(made.svg_inline(svgclass="qr", lineclass=None, omitsize=True, border=2))


def passkey(request: HttpRequest) -> HttpResponse:
    """Keep the passkey that the browser has made."""
    person, form = staff_person(request), PasskeyForm(request.POST or None)
    asked = request.session.pop(signing.CHALLENGE, None)
    if not form.is_valid() or asked is None:
        return factors_page(request, 400, _("The passkey was not made. Press the button again and follow what the "
                                            "device says."))
    told = form.cleaned_data
    try:
        refuse_weak(request, person)
        codes = members.add_passkey(person, signing.host(request), told["called"], asked, told["credential"])
    except Refusal as refusal:
        return factors_page(request, refusal.status, refusal.sentence)
    return strengthened(request, "passkey", codes)


def refuse_weak(request: HttpRequest, person: Person) -> None:
    """Raises Refusal: a session that has shown no second factor does not add another one beside it."""
    if queries.has_factor(person.id) and not request.staff.factor:  # type: ignore[attr-defined]
        raise Refusal(_("This session began before your second factor was there. Sign out and in again, then go on."))


def strengthened(request: HttpRequest, factor: str, codes: list[str]) -> HttpResponse:
    """The session counts as one with a second factor; others end. Fresh backup codes are shown once."""
    members.strengthen(signing.this_session(request), factor)
    members.end_sessions(own(request), signing.this_session(request))
    if codes:
        return page(request, "account/backup.html", codes=codes)
    return HttpResponseRedirect(reverse("factors"))


def backup_codes(request: HttpRequest) -> HttpResponse:
    """Ten new backup codes, by the button only; the old ones end."""
    person = staff_person(request)
    if request.method != "POST" or not queries.has_factor(person.id):
        return HttpResponseRedirect(reverse("factors"))
    try:
        refuse_weak(request, person)
    except Refusal as refusal:
        return factors_page(request, refusal.status, refusal.sentence)
    return page(request, "account/backup.html", codes=members.new_backup_codes(person))


def remove_factor(request: HttpRequest) -> HttpResponse:
    """Take an authenticator or a passkey away."""
    person, form = staff_person(request), RowForm(request.POST or None)
    try:
        refuse_weak(request, person)
        if form.is_valid() and form.cleaned_data["row"]:
            members.remove_factor(person, form.cleaned_data["row"])
    except Refusal as refusal:
        return factors_page(request, refusal.status, refusal.sentence)
    return HttpResponseRedirect(reverse("factors"))
