"""Signing in and out in a browser: sessions, the cookie of a device, the half-way state before a second factor.

Whoever signs in gets a session key that nobody knew before; one browser holds one person at a time.
"""

from __future__ import annotations

import base64
import re
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from baiying.kit import moment
from baiying.kit.chance import fresh
from baiying.members import actions as members
from baiying.members import queries
from baiying.members.models import Person
from baiying.web import drafts
from baiying.web.guard import DEVICE_COOKIE, MEMBER_IN_SESSION, SIGN_IN

BACKEND = "django.contrib.auth.backends.ModelBackend"
HALF_WAY, CODE_ASKED, PROVED, CHALLENGE = "half_way", "code_asked", "proved", "challenge"
HALF_WAY_LASTS = 600  # seconds between password and second factor, or between code and choosing who one is
DEVICE_LASTS = 2 * 365 * 24 * 3600
SYSTEMS = (("HarmonyOS", "HarmonyOS"), ("OpenHarmony", "HarmonyOS"), ("iPhone", "iPhone"), ("iPad", "iPad"),
           ("Android", "Android"), ("Windows", "Windows"), ("Macintosh", "Mac"), ("Linux", "Linux"))
PROGRAMS = (("MicroMessenger", "WeChat"), ("DingTalk", "DingTalk"), ("Edg/", "Edge"), ("Firefox", "Firefox"),
            ("Chrome", "Chrome"), ("Safari", "Safari"))
TOKEN = re.compile(r"[0-9A-Za-z_-]{32}")


def note_sign_in(sender: Any, request: HttpRequest, user: Person, **_more: Any) -> None:
    """A session of staff begins (signal of Django's login, so that no way in is forgotten)."""
    factor = getattr(request, "factor", "")
    request.session[SIGN_IN] = str(members.begin(user.id, device_words(request), factor))


def staff_comes(request: HttpRequest, person: Person, factor: str = "") -> None:
    """Staff signs in; what was written in this browser before is dropped with the old session."""
    drafts.drop(request)
    request.session.flush()
    request.factor = factor  # type: ignore[attr-defined]
    login(request, person, backend=BACKEND)


def member_comes(request: HttpRequest, person: UUID) -> str:
    """Somebody signs in by telephone; her draft comes along. Gives the cookie of this device."""
    kept, token = drafts.read(request), device_token(request) or new_token()
    drafts.drop(request)
    request.session.flush()
    words = device_words(request)
    members.recognise(person, token, words)
    request.session[MEMBER_IN_SESSION] = str(person)
    request.session[SIGN_IN] = str(members.begin(person, words))
    drafts.put(request, kept)
    return token


def goes(request: HttpRequest) -> None:
    """Sign out: the session ends here and in the list."""
    person, sign_in = whose(request), request.session.get(SIGN_IN)
    if person is not None and sign_in:
        members.end_session(person, UUID(sign_in))
    drafts.drop(request)
    logout(request)


def whose(request: HttpRequest) -> UUID | None:
    """Whose account this session is, of staff or of a member; nobody's when nobody is signed in."""
    staff, member = getattr(request, "staff", None), getattr(request, "member", None)
    if staff is not None:
        return UUID(str(staff.person.id))
    return member.id if member is not None else None


def this_session(request: HttpRequest) -> UUID:
    """The key of the session in the list of sessions."""
    return UUID(request.session[SIGN_IN])


def proved_here(request: HttpRequest, asker_id: UUID | None) -> bool:
    """Number and 查询码 of a case were just typed here; if it is hers who is signed in, this device is trusted now.

    ``asker_id`` is Case.asker. For the find page, after the door has opened.
    """
    member = getattr(request, "member", None)
    token = device_token(request)
    if member is None or not token or not members.prove_device(member.id, token, asker_id):
        return False
    request.trusted = True  # type: ignore[attr-defined]
    return True


def wait_half_way(request: HttpRequest, person: Person, wanted: str) -> None:
    """The password was right; the second factor is still to come. Nobody is signed in yet."""
    request.session.cycle_key()
    until = int(moment.now().timestamp()) + HALF_WAY_LASTS
    request.session[HALF_WAY] = {"person": str(person.id), "until": until, "next": wanted}


def half_way(request: HttpRequest) -> tuple[Person | None, str]:
    """Who has shown her password here within ten minutes, and where she wanted to go."""
    held = request.session.get(HALF_WAY) or {}
    if held.get("until", 0) < moment.now().timestamp():
        return None, ""
    return queries.person(UUID(held["person"])), str(held["next"])


def ask_second(person: Person) -> bool:
    """Whether she has a second factor, which is then asked for wherever she signs in."""
    return queries.has_factor(person.id)


def safe_next(request: HttpRequest) -> str:
    """Where she wanted to go, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()) else ""


def device_token(request: HttpRequest) -> str:
    """The cookie of this device; empty when it has none of ours."""
    token = request.COOKIES.get(DEVICE_COOKIE, "")
    return token if TOKEN.fullmatch(token) else ""


def new_token() -> str:
    return base64.urlsafe_b64encode(fresh(24)).decode()


def keep_device(answer: HttpResponse, token: str) -> HttpResponse:
    """Let the browser keep its cookie for two years; no script reads it. Gives the same answer."""
    answer.set_cookie(DEVICE_COOKIE, token, max_age=DEVICE_LASTS, httponly=True, samesite="Lax",
                      secure=settings.SESSION_COOKIE_SECURE)
    return answer


def device_words(request: HttpRequest) -> str:
    """What kind of device this is, as its owner knows it again: “Android · WeChat”. Nothing finer is kept."""
    told = request.headers.get("User-Agent", "")
    found = [next((name for mark, name in names if mark in told), "") for names in (SYSTEMS, PROGRAMS)]
    return " · ".join(name for name in found if name) or "?"


def host(request: HttpRequest) -> str:
    """The name under which the page was opened, without the port: what a passkey is bound to."""
    return request.get_host().rsplit(":", 1)[0].strip("[]")


def choose(request: HttpRequest, proved: members.Proved, wanted: str) -> HttpResponse:
    """The telephone is proved and several people are reached there: on to the page that asks which."""
    until = int(moment.now().timestamp()) + HALF_WAY_LASTS
    request.session.cycle_key()
    request.session.pop(CODE_ASKED, None)
    request.session[PROVED] = {"ticket": members.ticket(proved), "until": until, "next": wanted}
    return HttpResponseRedirect(reverse("who"))


def chosen_from(request: HttpRequest) -> tuple[members.Proved | None, str]:
    """The proved telephone with its people, within ten minutes, and where she wanted to go."""
    held = request.session.get(PROVED) or {}
    if held.get("until", 0) < moment.now().timestamp():
        return None, ""
    return members.of_ticket(held["ticket"]), str(held["next"])
