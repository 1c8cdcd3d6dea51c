"""Courtesy to whoever asks: the language she chose, the encoding her phone used, and a sentence when it goes wrong."""

from __future__ import annotations

import codecs
import contextlib
import logging
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from baiying.kit.errors import Refusal, Unseen
from baiying.web.languages import wanted
from baiying.web.pages import LARGE_COOKIE, remember
from baiying.web.uploads import MULTIPART, OF_THE_BOX
from baiying.web.views import trouble

URLENCODED = "application/x-www-form-urlencoded"
EITHER = "utf_8_or_gb18030"
TOO_MANY = 429
RAW_BYTE = re.compile(rb"[\x80-\xff]")
MOST_READ = 4_000_000  # bytes looked at of a body that is refused as too large
log = logging.getLogger(__name__)


class Courtesy:
    """Stands innermost, around the view, before anything has read the body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        speak(request, wanted(request))
        try:
            unreadable = request.method == "POST" and not as_utf8(request)
        except RequestDataTooBig:
            return trouble.too_large(request, first_words(request))
        if unreadable:
            return trouble.unreadable(request, unread(request))
        wishes = honour(request)
        answer = self.get_response(request)
        for cookie, value in wishes.items():
            remember(answer, cookie, value)
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A sentence instead of a stack of calls; a defect is logged with its trace and without what was typed."""
        if isinstance(error, Unseen):
            return trouble.unseen(request)
        if isinstance(error, Refusal):
            heading = _("A little slower, please") if error.status == TOO_MANY else _("That did not work")
            return trouble.trouble(request, error.status, heading, error.sentence)
        if isinstance(error, OperationalError | InterfaceError):
            request.session.modified = False
            log.warning("database away: %s", type(error).__name__)
            return trouble.away(request)
        return None


def speak(request: HttpRequest, language: str) -> None:
    """From here on in this language."""
    translation.activate(language)
    request.LANGUAGE_CODE = language


def honour(request: HttpRequest) -> dict[str, str]:
    """The wishes that came with a form (its switches are buttons of the form, so that no word is lost)."""
    wishes: dict[str, str] = {}
    if request.method != "POST":
        return wishes
    language, large = request.POST.get("language", ""), request.POST.get("large", "")
    if language in dict(settings.LANGUAGES):
        wishes[settings.LANGUAGE_COOKIE_NAME] = language
        speak(request, language)
    if large in ("0", "1"):
        wishes[LARGE_COOKIE] = large
    request.COOKIES.update(wishes)
    return wishes


def as_utf8(request: HttpRequest) -> bool:
    """Whether the body is text we can read. One in GB18030 (GBK) is turned into UTF-8, and the page says so.

    Browsers send what the page declares, UTF-8; old programs and some embedded browsers send GBK all the same.
    """
    if request.content_type == MULTIPART and request.path in OF_THE_BOX:
        return parts_as_utf8(request)
    if request.content_type != URLENCODED or not request.body:
        return True
    told = RAW_BYTE.sub(lambda byte: b"%%%02X" % byte[0][0], request.body).decode("ascii")
    if pairs_in(told, "utf-8") is not None:
        return True
    pairs = pairs_in(told, "gb18030")
    if pairs is None:
        return False
    request._body = urlencode(pairs).encode()  # Django reads a form from nowhere else
    request.converted = True  # type: ignore[attr-defined]
    return True


def parts_as_utf8(request: HttpRequest) -> bool:
    """The same for a form that brings files: each field and each file's name by itself, as Django reads them once."""
    request.encoding = EITHER
    readable = not any("\ufffd" in value for values in request.POST.lists() for value in values[1])
    vars(request)["_encoding"] = "utf-8"  # by its setter all that was read would be dropped
    return readable


def either(name: str) -> codecs.CodecInfo | None:
    """The way of reading a form with files: UTF-8, else GB18030, else UTF-8 with a mark for what cannot be read."""
    def decode(data: Any, errors: str = "strict", /) -> tuple[str, int]:
        for encoding in ("utf-8", "gb18030"):
            with contextlib.suppress(UnicodeDecodeError):
                return bytes(data).decode(encoding), len(data)
        return bytes(data).decode("utf-8", "replace"), len(data)

    return codecs.CodecInfo(codecs.utf_8_encode, decode, name=EITHER) if name == EITHER else None


codecs.register(either)


def pairs_in(told: str, encoding: str) -> list[tuple[str, str]] | None:
    """The fields of a form in this encoding, or nothing when it is in another."""
    try:
        return parse_qsl(told, keep_blank_values=True, encoding=encoding, errors="strict")
    except UnicodeDecodeError:
        return None


def unread(request: HttpRequest) -> str:
    """Of a form in no encoding we know, what can be read."""
    if request.content_type == MULTIPART:
        return str(request.POST.get("words", ""))
    return words_in(request.body)


def first_words(request: HttpRequest) -> str:
    """What can be read of a body that is too large; of one with files it was read already, and the page says so."""
    try:
        return words_in(request.read(MOST_READ))
    except RequestDataTooBig:
        return ""


def words_in(body: bytes) -> str:
    """Her words, or the longest text of another form, out of a body that is cut off or in no encoding we know; what
    cannot be read is marked."""
    found = {name: text for name, text in parse_qsl(body.decode("utf-8", "replace"), errors="replace")
             if name not in trouble.HIDDEN}
    return found.get("words") or max(found.values(), key=len, default="")
