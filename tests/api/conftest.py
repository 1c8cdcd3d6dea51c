"""A program that asks the API, as its document says."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

import pytest
from django.http import HttpResponse
from django.test import Client

from baiying.api import trouble
from baiying.catalogue.promised import promised
from tests.web import conftest as web
from tests.web.pages import COMMUNITY

WORDS = "三个月没有发工资了。"
browser, send, staff, plain_static = web.browser, web.send, web.staff, web.plain_static  # the pages, to compare with


@dataclass
class Program:
    """Asks without cookies. What every answer must be is looked at with each."""

    source: str = "203.0.113.20"
    browser: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))
    keys: count = field(default_factory=count)

    def ask(self, method: str, path: str, sent: object = None, *, hers: tuple[str, str] | None = None,
            headers: Mapping[str, str] | None = None, key: str | None = "") -> HttpResponse:
        """One request; ``key``: an own idempotency key, empty for a fresh one, None for none."""
        told = {**({"Authorization": basic(*hers)} if hers else {}), **(headers or {})}
        if key is not None:
            told["Idempotency-Key"] = key or f"program-{next(self.keys):022}"
        body = {} if sent is None else {"data": sent, "content_type": "application/json"}
        answer = self.browser.generic(method, "/api/v1/" + path, REMOTE_ADDR=self.source, headers=told, **body) \
            if isinstance(sent, bytes) else getattr(self.browser, method.lower())(
                "/api/v1/" + path, REMOTE_ADDR=self.source, headers=told, **body)
        assert_plain(answer)
        if answer.status_code >= 400:
            assert not [one for one in texts(sent) if len(one) > 5 and one in answer.content.decode()]
        return answer

    def get(self, path: str, **more: object) -> HttpResponse:
        return self.ask("GET", path, **more)

    def post(self, path: str, sent: object, **more: object) -> HttpResponse:
        return self.ask("POST", path, sent, **more)

    def send(self, words: str = WORDS, **more: object) -> dict[str, object]:
        """A need; gives the receipt."""
        answer = self.post("cases", {"words": words, "area": COMMUNITY, **more})
        assert answer.status_code == 201, answer.content.decode()
        return answer.json()


def basic(number: str, code: str) -> str:
    return "Basic " + base64.b64encode(f"{number}:{code}".encode()).decode()


def texts(sent: object) -> Iterator[str]:
    """Every text in something that was sent; names of fields too, but for our own."""
    if isinstance(sent, str):
        yield sent
    elif isinstance(sent, Mapping):
        parts = (text for pair in sent.items() for part in pair for text in texts(part))
        yield from (text for text in parts if text not in trouble.FIELDS and text not in promised().facts)
    elif isinstance(sent, list):
        yield from (text for one in sent for text in texts(one))


def assert_plain(answer: HttpResponse) -> None:
    """What holds of every answer: JSON, no cookie, kept by no cache, open to no other site, no trace of our making."""
    assert not answer.cookies and "Set-Cookie" not in answer
    assert answer["Content-Type"] == "application/json" and answer["Cache-Control"] == "no-store"
    assert not [name for name in answer.headers if name.lower().startswith("access-control-")]
    if answer.status_code >= 400 and answer.content:
        assert set(answer.json()) == {"sentence"} and answer.json()["sentence"]
        assert not any(word in answer.content for word in (b"Traceback", b"pydantic", b"ninja", b"<html", b"line "))


@pytest.fixture
def program(db) -> Program:
    return Program()
