"""The slips of cases that staff wrote down for somebody: number and 查询码, to print or to say, once.

As with her own receipt (web.receipts) the answer to storing is a redirect, and what the slip needs travels in a sealed
cookie of that page alone, for a quarter of an hour. No door is opened in the browser of the desk.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString

from baiying.cases import queries
from baiying.cases.actions import Receipt
from baiying.kit import moment, number, sealing
from baiying.kit.errors import Refusal
from baiying.kit.keys import keyring
from baiying.web.receipts import qr

COOKIE, KEPT, BINDING = "baiying_slips", 900, b"web.slips"


@dataclass(frozen=True)
class Slip:
    """One slip as it is printed."""

    number: str
    code: str
    story: queries.Story
    qr: SafeString


def sent_on(receipts: Iterable[Receipt]) -> HttpResponse:
    """On to the page of the slips."""
    told = {"until": int(moment.now().timestamp()) + KEPT, "slips": [(one.number, one.code) for one in receipts]}
    sealed = sealing.seal_with(keyring().subkey("receipt"), BINDING, json.dumps(told).encode())
    answer = HttpResponseRedirect(reverse("enter_slip"))
    answer.set_cookie(COOKIE, base64.urlsafe_b64encode(sealed).decode(), path=reverse("enter_slip"), httponly=True,
                      samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return answer


def brought(request: HttpRequest) -> list[Slip]:
    """The slips that came with the cookie; none when there is no cookie, or its time is over."""
    try:
        sealed = base64.urlsafe_b64decode(request.COOKIES.get(COOKIE, ""))
        told = json.loads(sealing.unseal_with(keyring().subkey("receipt"), BINDING, sealed))
    except (Refusal, ValueError, TypeError):
        return []
    if told["until"] <= moment.now().timestamp():
        return []
    return [Slip(own, code, queries.story(number.entry(own, code)), qr(request, own)) for own, code in told["slips"]]
