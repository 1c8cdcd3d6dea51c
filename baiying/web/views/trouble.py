"""What is shown when something went wrong. Every page says what happened, why, what to do; typed words stay."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_BAD_ORIGIN, REASON_BAD_REFERER
from django.shortcuts import render
from django.utils.translation import gettext as _

from baiying.kit.errors import Unseen
from baiying.web.uploads import HELD

log = logging.getLogger(__name__)
PLAIN = """<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>百应</title><link rel="stylesheet" href="/static/web/tokens.css">
<link rel="stylesheet" href="/static/web/baiying.css">
<main class="main"><h1>我们这边出了故障</h1>
<p>这是我们的错，已经记下来了。您有编号的办件都还在。请过几分钟再试。</p>
<p>急事请打电话：110 报警，12338 妇女维权，12351 工会。</p>
<p lang="en">Something broke on our side. Whatever you have a number for is stored. Please try again in a few minutes.
If it cannot wait: 110 police, 12338 women's rights, 12351 trade union.</p></main></html>"""
HIDDEN = ("csrfmiddlewaretoken", "password", "password_0", "again_0", "password_1", "again_1")
SWITCHES = "/prefer/"  # language and large text
FOREIGN = (REASON_BAD_ORIGIN.split("%")[0], REASON_BAD_REFERER.split("%")[0])


def unseen(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What one may not see and what does not exist: the same words, the same status, whoever asks."""
    values = {"heading": _("Nothing here"), "sentence": Unseen().sentence, "staff": None, "typed": fields(request),
              "kept": _("No. Whatever you have a number for is stored and stays.")}
    return said(request, values, 404)


def misread(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that no page of ours sends: a broken address, a foreign host, a form that was tampered with."""
    return trouble(request, 400, _("We could not read this request"), _(
        "The address or the form was not as our pages send it, so nothing was done. "
        "Please begin at the first page."), again=False)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Refused by the frame, not by a power: what one may not see is `unseen`."""
    return trouble(request, 403, _("This was not taken"), _(
        "For safety it was refused before anything was done. Please begin at the first page and try once more."),
        again=False)


def broken(request: HttpRequest) -> HttpResponse:
    """An error of ours. No database is asked, and what was typed comes back; a page that cannot be made is plain."""
    try:
        again = _("This was our fault and is written down for the people who look after the system. "
                  "Press again; if it happens a second time, call one of the numbers below or the unit nearest to you.")
        anew = _("This was our fault and is written down for the people who look after the system. Open the page again "
                 "in a minute; if it happens a second time, call one of the numbers below or the unit nearest to you.")
        return trouble(request, 500, _("Something broke on our side"), again if fields(request) else anew,
                       kept=kept_so(request))
    except Exception:
        log.exception("the page of trouble itself is broken")
        return HttpResponse(PLAIN, status=500, headers={"Cache-Control": "no-store"})


def away(request: HttpRequest) -> HttpResponse:
    """The database is away. The same form, with the same key: pressing again cannot send it twice."""
    return trouble(request, 503, _("One moment, please"), _(
        "The store is not reachable just now, so nothing was sent. "
        "Your words are still on this page: please press again in a minute."),
        kept=kept_so(request), headers={"Retry-After": "60"})


def shut(request: HttpRequest, until: str) -> HttpResponse:
    """The operator has closed the house for a while (`baiying maintenance on`). No database is asked."""
    return trouble(request, 503, _("We are closed for repairs for a short while"), _(
        "Nothing can be sent or looked up just now. Clocks that we promised do not stand still because of this."),
        kept=kept_so(request), until=until, shut=True, headers={"Retry-After": "600"})


def kept_so(request: HttpRequest) -> str:
    """Whether anything is lost, in a sentence."""
    if fields(request):
        return _("What you wrote stands on this page, and only here: do not close it. Pressing again cannot send it "
                 "twice. Whatever you already have a number for is stored.")
    return _("No. Whatever you have a number for is stored and stays.")


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


def trouble(request: HttpRequest, status: int, heading: str, sentence: str, again: bool = True, *,
            headers: Mapping[str, str] = MappingProxyType({}), shut: bool = False, **more: str) -> HttpResponse:
    """A page of trouble with everything that was typed and, where it helps, a button to send it again.

    `kept` in `more` says whether anything is lost, `until` what the operator wrote. `shut`: no page of ours opens now,
    so none is offered.
    """
    typed = fields(request)
    values: dict[str, Any] = {"heading": heading, "sentence": sentence, "typed": typed, "again": again and bool(typed),
                              "action": request.path, "shut": shut, **more}
    answer = said(request, values, status)
    for name, value in headers.items():
        answer.headers[name] = value
    return answer


def closed(request: HttpRequest, way_in: str) -> HttpResponse:
    """The session ended while somebody was writing: the way in opens beside this page, and it can be sent again."""
    values = {"heading": _("Closed in the meantime"), "sentence": _(
        "So it was not sent. Nothing is lost: what you wrote is below. "
        "Open the way in beside this page, then come back here and press again."),
        "typed": fields(request), "again": True, "action": request.path, "way_in": way_in, "protected": True}
    return said(request, values, 403)


def said(request: HttpRequest, values: dict[str, Any], status: int) -> HttpResponse:
    """The page of trouble. What was typed stands on it, so no cache keeps it, and no switch leads away from it."""
    answer = render(request, "web/trouble.html", {"no_switches": bool(values.get("typed")), **values}, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def fields(request: HttpRequest) -> list[tuple[str, str, str, bool]]:
    """(name, label, value, shown) of what was posted. Long texts are shown; passwords never come back, and a press on
    one of the switches at the top is nothing that was written."""
    if request.method != "POST" or (request.path == SWITCHES and "words" not in request.POST):
        return []
    own = _("What you wrote")
    labels = {"words": own, "text": own, "why": _("Why"), "contact": _("How to reach you")}
    return [
        (name, labels.get(name, own), value,
         bool(value.strip()) and name in labels or (len(value) > 60 and name not in ("key", HELD)))
        for name in request.POST if name not in HIDDEN for value in request.POST.getlist(name)
    ]
