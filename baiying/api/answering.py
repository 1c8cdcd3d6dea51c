"""One request to the API, answered: the operation's answer, or one sentence."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import resolve
from django.utils.translation import gettext as _

from baiying.api import trouble
from baiying.api.operations import OPERATIONS
from baiying.kit.errors import Refusal
from baiying.setup import queries as setup

URLS, JSON = "baiying.api.urls", "application/json"
CLOSED, NO_JSON, NOT_SO = 503, 415, 405
SENT_TO = frozenset("/" + one.address for one in OPERATIONS if one.method == "POST")


def answered(request: HttpRequest) -> HttpResponse:
    """What the operation says, or one sentence."""
    try:
        check(request)
        found = resolve(request.path_info, URLS)
        answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
    except Exception as error:
        return trouble.answer(request, error)
    if isinstance(answer, HttpResponseNotAllowed):
        refused = trouble.say(NOT_SO, _(
            "This address takes another method; the header Allow names it. Nothing was done."))
        refused.headers["Allow"] = answer.headers["Allow"]
        return refused
    return answer


def check(request: HttpRequest) -> None:
    """Whether it may come in at all. Raises Refusal, SuspiciousOperation."""
    request.get_host()
    if (until := setup.closed_until()) is not None:
        raise Refusal(_("We are closed for repairs for a short while, so nothing was done. Please send the same again "
                        "later. %(until)s") % {"until": until}, status=CLOSED)
    if not setup.done():
        raise Refusal(_("This house is not set up yet, so nothing can be asked of it. Please come back later."),
                      status=CLOSED)
    told = str(request.META.get("CONTENT_LENGTH") or "0")
    if not told.isdecimal() or int(told) > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0):
        raise RequestDataTooBig
    if request.method == "POST" and request.path_info in SENT_TO and request.content_type != JSON:
        raise Refusal(_("Only JSON is read here: send it with the header Content-Type: application/json."),
                      status=NO_JSON)
