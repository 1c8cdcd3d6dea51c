"""Everything random or timed, alike in both worlds: time stands, chance has a seed, messages are written down."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from unittest.mock import patch

from django.test.utils import override_settings

from baiying.cases.queries import load
from baiying.kit import flood, messages, moment
from baiying.kit import queries as kit

BEGAN = datetime(2026, 3, 2, 10, 0, tzinfo=moment.SHANGHAI)  # a Monday; the quarter before is published
WALKED = datetime(2026, 3, 2, 16, 0, tzinfo=moment.SHANGHAI)
LATER = datetime(2026, 3, 6, 16, 0, tzinfo=moment.SHANGHAI)
PLAIN_FILES = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
               "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


class Chance:
    """Bytes from a seed, in place of the operating system's. The same name gives the same bytes.

    Draws of one length by one module are a row of their own: a key more, made in one world alone, shifts no letter of
    a token and no key of the form that is shown again.
    """

    def __init__(self) -> None:
        self.name, self.drawn = b"", Counter[bytes]()

    def begin(self, name: str) -> None:
        self.name, self.drawn = name.encode(), Counter()

    def __call__(self, count: int) -> bytes:
        row = b"%s %s %d" % (self.name, drawer().encode(), count)
        self.drawn[row] += 1
        return hashlib.shake_256(b"%s %d" % (row, self.drawn[row])).digest(count)


def drawer() -> str:
    """The module that asks for chance, whoever passes it on."""
    frame = sys._getframe(2)
    while frame.f_back is not None and frame.f_globals.get("__name__") in PASSED_ON:
        frame = frame.f_back
    return str(frame.f_globals.get("__name__"))


PASSED_ON = {"baiying.kit.chance", "uuid", "random", "secrets", "tempfile"}
Sent = list[tuple[str, str]]  # (telephone, text) of what would have gone out


@contextlib.contextmanager
def still() -> Iterator[tuple[Chance, Sent]]:
    """Inside: seeded chance, messages written down instead of sent, a real installation's settings, no log."""
    chance, sent = Chance(), Sent()
    with (unlogged(), patch.object(os, "urandom", chance), patch.object(random, "_urandom", chance),
          patch.object(messages, "send", lambda phone, text: sent.append((phone, str(text)))),
          override_settings(BAIYING_DEMO=False, BAIYING_SECOND_FACTOR=False, BAIYING_SENDS=1_000_000_000,
                            STORAGES=PLAIN_FILES)):
        yield chance, sent


@contextlib.contextmanager
def unlogged() -> Iterator[None]:
    """Inside nothing is written to the program's log: thousands of pages are refused, as they should be."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def forget() -> None:
    """What this process remembers of the database and of earlier requests."""
    load.forget()
    flood._counts.clear()
    kit._cache.clear()
