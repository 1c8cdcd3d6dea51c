"""Which language a page speaks: Chinese, unless the reader pressed the switch."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def wanted(request: HttpRequest) -> str:
    """The language of the cookie, else the house's own. What a browser says of itself is not asked: a phone set
    to English is often nobody's wish."""
    asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
