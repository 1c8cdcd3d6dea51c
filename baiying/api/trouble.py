"""What is answered when something goes wrong: one sentence, and nothing of what was sent or of how it is built here."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError, ValidationError

from baiying.api.shapes import sent
from baiying.api.shapes.entitled import Facing
from baiying.kit.errors import Refusal, Unseen

log = logging.getLogger(__name__)
REFUSED, USUAL = 422, 400  # how a Refusal that names no other status is answered here
FIELDS = frozenset(name for shape in (sent.Need, sent.GuardianSent, sent.Words, sent.Judged, Facing)
                   for name in shape.model_fields) | {"Idempotency-Key"}
HEADERS: Mapping[int, Mapping[str, str]] = {
    401: {"WWW-Authenticate": 'Basic realm="baiying", charset="UTF-8"'}, 503: {"Retry-After": "60"},
}


def answer(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The answer to whatever was raised. A defect is logged by its kind and its place, without what was sent."""
    if isinstance(error, Refusal):
        return say(REFUSED if error.status == USUAL else error.status, error.sentence)
    if isinstance(error, ValidationError):
        return say(REFUSED, misread(error.errors))
    if isinstance(error, AuthenticationError):
        return say(401, _("Number and query code open this. Send them as HTTP Basic, the number as the name and the "
                          "query code as the password."))
    if isinstance(error, HttpError) and error.status_code == USUAL:
        return say(REFUSED, _("What was sent could not be read as JSON in UTF-8. Look at it once more and send it "
                              "again; nothing was stored."))
    if (told := known(error)) is None:
        return broken(error)
    return say(*told)


def known(error: Exception | type[Exception]) -> tuple[int, str] | None:
    """What Django raises of itself."""
    if isinstance(error, Http404):
        return 404, Unseen().sentence
    if isinstance(error, RequestDataTooBig):
        return 413, _("More was sent than can be taken in one go (about 100,000 characters), so nothing was stored. "
                      "Please send it in parts.")
    if isinstance(error, SuspiciousOperation | UnreadablePostError):
        return 400, _("This request could not be read as one of ours, so nothing was done. Look at its address and its "
                      "headers and send it again.")
    if isinstance(error, OperationalError | InterfaceError):
        log.warning("database away: %s", type(error).__name__)
        return 503, _("The store is not reachable just now, so nothing was sent. Please send the same again in a "
                      "minute, with the same key: it cannot be stored twice.")
    return None


def broken(error: Exception | type[Exception]) -> HttpResponse:
    """Our own fault. The error's own words may hold hers, so that its kind and its place alone are logged."""
    log.error("the API broke: %s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
    return say(500, _("Something broke on our side; it is written down for the people who look after the system. Send "
                      "the same again in some minutes, with the same key: it cannot be stored twice."))


def misread(errors: Iterable[Mapping[str, Any]]) -> str:
    """The first thing that does not fit the document: which field of ours, and why. What was sent is not repeated."""
    first = next(iter(errors))
    place = next((str(part) for part in reversed(first["loc"]) if str(part) in FIELDS), "")
    if first["type"] == "missing" and not place:
        return _("Nothing came to be read. Send the JSON in one piece, with its length in the header Content-Length.")
    where = f"“{place}”" if place else _("What was sent")
    return _("%(where)s cannot be taken: %(why)s. Compare it with the document of this API and send it again; nothing "
             "was stored.") % {"where": where, "why": why(first["type"])}


def why(kind: str) -> str:
    """In words, by the kind of the fault."""
    if kind == "missing":
        return _("it is missing")
    if kind == "extra_forbidden":
        return _("it has a part that is not known here")
    if kind in ("too_long", "string_too_long"):
        return _("it is too long")
    if kind in ("too_short", "string_too_short"):
        return _("it is too short")
    return _("another kind of value belongs there")


def say(status: int, sentence: str) -> HttpResponse:
    """One sentence as JSON."""
    return HttpResponse(json.dumps({"sentence": sentence}, ensure_ascii=False), status=status,
                        content_type="application/json", headers=HEADERS.get(status))
