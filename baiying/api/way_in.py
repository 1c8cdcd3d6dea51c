"""The API's own way in: before sessions, cookies, tokens and pages, none of which it knows.

What begins with /api/ is answered here and nowhere else, so that no page, redirect or cookie of the web can come out of
it. The library behind it is loaded with the first such request, and so costs the start of the web nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

ROOT, BEHIND = "/api/", "baiying.api.answering"


class WayIn:
    """Stands outermost of what is ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ROOT):
            return self.get_response(request)
        with translation.override(wanted(request)):
            answer: HttpResponse = import_module(BEHIND).answered(request)
            answer.headers["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
        answer.headers["Content-Type"] = "application/json"
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["X-Frame-Options"] = settings.X_FRAME_OPTIONS
        patch_vary_headers(answer, ["Accept-Language"])
        if request.method == "HEAD":
            answer.content = b""
        return answer


def wanted(request: HttpRequest) -> str:
    """Chinese, unless the header asks for English and for no Chinese before it."""
    for tag, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if tag.startswith("zh"):
            break
        if tag.startswith("en"):
            return "en"
    return settings.LANGUAGE_CODE
