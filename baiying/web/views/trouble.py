"""What is shown when something went wrong. Every page says what happened, why, what to do; typed words stay."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_BAD_ORIGIN, REASON_BAD_REFERER
from django.shortcuts import render
from django.utils.translation import gettext as _

from baiying.kit.errors import Unseen

HIDDEN = ("csrfmiddlewaretoken", "password", "password_0", "again_0", "password_1", "again_1")
FOREIGN = (REASON_BAD_ORIGIN.split("%")[0], REASON_BAD_REFERER.split("%")[0])


def unseen(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What one may not see and what does not exist: the same words, the same status, whoever asks."""
    values = {"heading": _("Nothing here"), "sentence": Unseen().sentence, "staff": None, "typed": fields(request)}
    return said(request, values, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """An error of ours. No database is asked, and what was typed comes back."""
    return trouble(request, 500, _("Something broke on our side"), _(
        "This was our fault and is written down for the people who look after the system. "
        "Your words are below; press again, and if it happens a second time call the unit nearest to you."))


def away(request: HttpRequest) -> HttpResponse:
    """The database is away. The same form, with the same key: pressing again cannot send it twice."""
    return trouble(request, 503, _("One moment, please"), _(
        "The store is not reachable just now, so nothing was sent. "
        "Your words are still on this page: please press again in a minute."))


def too_large(request: HttpRequest, words: str) -> HttpResponse:
    """More came than is taken at once. What arrived is shown, so that it can be copied."""
    values = {"heading": _("That is too much at once"), "sentence": _(
        "More was sent than can be taken in one go (about 100,000 characters), so nothing was stored. "
        "What arrived is below: copy it, and send it in parts."),
        "typed": [("words", _("What you wrote"), words, True)] if words else [], "again": False, "action": "/"}
    return said(request, values, 413)


def unreadable(request: HttpRequest, words: str) -> HttpResponse:
    """The bytes are neither UTF-8 nor GBK."""
    values = {"heading": _("We cannot read these characters"), "sentence": _(
        "What was sent is neither UTF-8 nor GBK text, so nothing was stored. "
        "What could be read is below; please write the rest anew and press again."),
        "typed": [("words", _("What you wrote"), words, True)] if words else [], "again": True, "action": "/"}
    return said(request, values, 400)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page lay open too long, or its session is gone: the form comes back with a fresh token, nothing is lost.

    What another site sent is not offered for sending again.
    """
    return trouble(request, 403, _("The page lay open for too long"), _(
        "For your safety we did not take it. Nothing is lost: what you wrote is below. "
        "Please look at it and press again."),
        again=not reason.startswith(FOREIGN))


def trouble(request: HttpRequest, status: int, heading: str, sentence: str, again: bool = True) -> HttpResponse:
    """A page of trouble with everything that was typed and, where it helps, a button to send it again."""
    typed = fields(request)
    values: dict[str, Any] = {"heading": heading, "sentence": sentence, "typed": typed, "again": again and bool(typed),
                              "action": request.path}
    return said(request, values, status)


def closed(request: HttpRequest, way_in: str) -> HttpResponse:
    """The session ended while somebody was writing: the way in opens beside this page, and it can be sent again."""
    values = {"heading": _("Closed in the meantime"), "sentence": _(
        "So it was not sent. Nothing is lost: what you wrote is below. "
        "Open the way in beside this page, then come back here and press again."),
        "typed": fields(request), "again": True, "action": request.path, "way_in": way_in, "protected": True}
    return said(request, values, 403)


def said(request: HttpRequest, values: dict[str, Any], status: int) -> HttpResponse:
    """The page of trouble. What was typed stands on it, so no cache keeps it."""
    answer = render(request, "web/trouble.html", values, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def fields(request: HttpRequest) -> list[tuple[str, str, str, bool]]:
    """(name, label, value, shown) of what was posted. Long texts are shown; passwords never come back."""
    if request.method != "POST":
        return []
    own = _("What you wrote")
    labels = {"words": own, "text": own, "why": _("Why"), "contact": _("How to reach you")}
    return [
        (name, labels.get(name, own), value, name in labels or (len(value) > 60 and name != "key"))
        for name in request.POST if name not in HIDDEN for value in request.POST.getlist(name)
    ]
