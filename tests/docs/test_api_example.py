"""The examples of the page about the API work, in their order: what one answers the next ones use."""

from __future__ import annotations

import json
import shlex

import pytest
from django.test import Client

from tests.api.conftest import basic
from tests.docs.pages import CHECKOUT, blocks

PAGE = CHECKOUT / "docs" / "how-to" / "api.md"
HOST = "http://localhost:8000"
REFUSED = {"/api/v1/case/verdict": 422}  # as the page says: nobody has answered yet


def asked(line: str) -> tuple[str, dict[str, str], str, bool]:
    """Address, headers, what is sent, and whether number and code come with it."""
    words, headers, sent, hers, address = shlex.split(line)[1:], {}, "", False, ""
    while words:
        word = words.pop(0)
        if word == "-H":
            name, value = words.pop(0).split(": ", 1)
            headers[name] = value
        elif word == "-d":
            sent = words.pop(0)
        elif word == "-u":
            hers = bool(words.pop(0))
        else:
            address = word.removeprefix(HOST)
    return address, headers, sent, hers


@pytest.mark.django_db
def test_every_example_is_answered_as_the_page_says():
    receipt: dict[str, str] = {}
    lines = [line for block in blocks(PAGE, "sh") for line in block.splitlines()]
    assert len(lines) > 5
    for line in lines:
        address, headers, sent, hers = asked(line)
        if hers:
            headers["Authorization"] = basic(receipt["number"], receipt["code"])
        client = Client()
        answer = client.post(address, sent, content_type="application/json", headers=headers) if sent else client.get(
            address, headers=headers)
        assert answer.status_code == REFUSED.get(address, 201 if address.endswith("/cases") else 200), line
        receipt = answer.json() if address.endswith("/cases") else receipt


@pytest.mark.django_db
def test_the_refusal_that_the_page_quotes_is_the_one_that_is_told():
    [quoted] = blocks(PAGE, "json")
    assert json.loads(quoted)["sentence"] == Client().get("/api/v1/nothing").json()["sentence"]
