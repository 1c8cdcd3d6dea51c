"""Number and query code, as HTTP Basic carries them."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.security import HttpBasicAuth

from baiying.cases.actions import coming
from baiying.kit.errors import Refusal
from baiying.kit.source import address

WRONG = 401


class NumberAndCode(HttpBasicAuth):
    """Her number is the name, her query code the password. Both come with every request; only what does not fit counts
    against the tries, which are those of the page."""

    def authenticate(self, request: HttpRequest, username: str, password: str) -> bytes:
        """What opens her case. Raises Refusal: one sentence for every number and every code that do not fit."""
        try:
            return coming.come_in(address(request), username, password, every_time=True)
        except Refusal as refusal:
            if refusal.status == coming.NOT_FITTING:
                refusal.status = WRONG
            raise
