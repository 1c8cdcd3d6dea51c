"""The table of operations: every address names its power, every answer is in the document, and faults that are planted
in an operation are noticed."""

from __future__ import annotations

import ast
import inspect
import json
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from baiying.api import built, way_in
from baiying.api.operation import ASKER, PUBLIC, WAYS
from baiying.api.operations import OPERATIONS
from baiying.api.views import hers, offered
from baiying.api.way_in import WayIn
from baiying.cases.models import Case
from baiying.kit.errors import Refusal
from baiying.setup import queries as setup
from baiying.web import guard
from tests.api.conftest import WORDS, Program, assert_plain

pytestmark = pytest.mark.django_db
CODE = Path(__file__).resolve().parents[2] / "baiying"
SECRET = "他昨晚又来敲门"


def path_of(one) -> str:
    return one.path.replace("{key}", "no.such")


def test_every_address_of_the_api_is_a_line_of_the_table_with_a_power_that_the_web_knows_too():
    addresses = {str(found.pattern) for found in get_resolver("baiying.api.urls").url_patterns[0].url_patterns
                 if found.name != "api-root"}
    assert addresses == {one.path.replace("{key}", "<key>") for one in OPERATIONS}
    assert (PUBLIC, ASKER) == (guard.PUBLIC, guard.ASKER) and {one.power for one in OPERATIONS} <= set(WAYS)


@pytest.mark.parametrize("one", OPERATIONS, ids=lambda one: f"{one.method} {one.path}")
def test_an_operation_answers_as_its_power_says_and_refuses_every_other_method(program, one):
    sent = None if one.method == "GET" else {"words": WORDS, "text": "话", "verdict": "solved"}
    answer = program.ask(one.method, path_of(one), sent)
    assert answer.status_code == (401 if one.power == ASKER else 404 if "{" in one.path else
                                  answer.status_code if answer.status_code in (*one.answers, *one.refuses) else 0)
    for method in {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"} - {one.method}:
        other = program.ask(method, path_of(one), {} if method != "GET" else None)
        assert other.status_code == 405 and other["Allow"] == one.method, method


@pytest.mark.parametrize("one", OPERATIONS, ids=lambda one: one.name)
def test_who_is_signed_in_is_told_what_everybody_is_told(program, one, staff):
    sent = None if one.method == "GET" else {}
    client = staff("bajiao_handler")
    theirs = Program(browser=client).ask(one.method, path_of(one), sent)
    assert theirs.content == Program(browser=Client()).ask(one.method, path_of(one), sent).content


@pytest.mark.parametrize(("path", "reads"), [("/today/", True), ("/api/v1/places", False), ("/api/v1/nothing", False)])
def test_no_session_is_read_and_none_begins(staff, path, reads):
    client = staff("bajiao_handler")
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    assert any("django_session" in one["sql"] for one in asked) is reads


def test_the_document_tells_every_operation_every_status_and_how_one_comes_in(program):
    told = program.get("openapi.json").json()
    assert {(method.upper(), path) for path, methods in told["paths"].items() for method in methods} == {
        (one.method, "/" + one.address) for one in OPERATIONS}
    [scheme] = told["components"]["securitySchemes"].values()
    assert scheme == {"type": "http", "scheme": "basic"}
    for one in OPERATIONS:
        said = told["paths"]["/" + one.address][one.method.lower()]
        assert {*map(str, one.answers), *map(str, one.refuses)} <= set(said["responses"]) and said["summary"]
        assert ("security" in said) is (one.power == ASKER) and said["description"]
    assert json.loads(built.written()) == told


def test_an_operation_that_breaks_tells_one_sentence_and_logs_no_word_of_hers(program, monkeypatch, caplog):
    def breaks(*_args):
        raise ValueError(SECRET)

    monkeypatch.setattr(hers.cases, "submit", breaks)
    answer = program.post("cases", {"words": SECRET})
    assert answer.status_code == 500 and SECRET not in answer.content.decode()
    assert "ValueError" in caplog.text and SECRET not in caplog.text and not Case.objects.count()


def test_an_answer_that_is_not_of_its_shape_tells_one_sentence_too(program, monkeypatch, caplog):
    monkeypatch.setattr(offered.MatterWhole, "whole", classmethod(lambda cls, matter: {"key": SECRET}))
    key = program.get("matters").json()["matters"][0]["key"]
    answer = program.get(f"matters/{key}")
    assert answer.status_code == 500 and SECRET not in answer.content.decode() + caplog.text


def test_an_operation_that_repeats_what_was_sent_is_caught(program, monkeypatch):
    """The fault is planted: whatever a test of this folder sends, its answers are looked at for it."""
    def repeats(*_args):
        raise Refusal(SECRET)

    monkeypatch.setattr(hers.cases, "submit", repeats)
    with pytest.raises(AssertionError):
        program.post("cases", {"words": SECRET})


@pytest.mark.parametrize("closed", ["", "今晚十点前恢复。"])
def test_a_closed_house_says_so_in_a_sentence(program, settings, tmp_path, closed):
    settings.BAIYING_SHUT = tmp_path / "shut"
    settings.BAIYING_SHUT.write_text(closed, encoding="utf-8")
    answer = program.post("cases", {"words": WORDS})
    assert answer.status_code == 503 and closed in answer.json()["sentence"] and answer["Retry-After"]
    settings.BAIYING_SHUT.unlink()


def test_before_it_is_set_up_the_api_says_so_and_leads_to_no_page(program, monkeypatch):
    monkeypatch.setattr(setup, "done", lambda: False)
    assert program.get("matters").status_code == 503


def test_a_foreign_host_is_refused_in_json(program):
    answer = program.browser.get("/api/v1/matters", headers={"Host": "evil.example"})
    assert_plain(answer)
    assert answer.status_code == 400


def test_the_library_behind_it_is_loaded_with_the_first_request_alone():
    """So that it costs the start of the web nothing; half a second otherwise."""
    named = {alias.name for node in ast.walk(ast.parse(inspect.getsource(way_in))) if isinstance(node, ast.Import)
             for alias in node.names}
    named |= {str(node.module) for node in ast.walk(ast.parse(inspect.getsource(way_in)))
              if isinstance(node, ast.ImportFrom)}
    assert named and not [name for name in named if name.startswith(("baiying.api", "ninja", "pydantic"))]
    others = [path for path in CODE.rglob("*.py") if path.parent.name != "leaks" and "api" not in path.parts]
    assert not [path for path in others if re.search(r"^\s*(?:from|import) (?:baiying\.api|ninja|pydantic)\b",
                                                     path.read_text(), re.MULTILINE)]


def test_what_does_not_begin_with_api_goes_on_to_the_web():
    asked = RequestFactory().get("/apiary/")
    assert WayIn(lambda request: request.path)(asked) == "/apiary/"
