"""The self-test by the API: the page's own answers, and nothing kept of what was said."""

from __future__ import annotations

import logging

import pytest
from django.db import connection

from baiying.api.views import entitled
from baiying.catalogue.promised import promised
from baiying.engine.text.typesetting import chinese
from baiying.services import answers
from baiying.services.queries import entitlement

pytestmark = pytest.mark.django_db
NEVER = 12_345_678_901  # a sum that stands nowhere else


def fact(kind: str, unlike: str = ""):
    return next(one for one in promised().facts.values() if answers.can_be_told(one) and one.type == kind
                and one.name != unlike)


def counts() -> dict[str, int]:
    """How many rows each table holds."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        cursor.execute(" UNION ALL ".join(f"SELECT '{one}', count(*) FROM \"{one}\"" for one in tables))
        return dict(cursor.fetchall())


def test_the_answers_are_those_of_the_page_for_the_same_facts(program):
    known = fact("yesno")
    told = program.post("entitlements", {"facts": {known.name: True}}).json()
    found = entitlement.guest({known.name: True})
    assert [one["service"] for one in told["services"]] == [one.service.key for one in found.offers]
    assert told["next"]["key"] == found.questions[0].name and told["settled"] == found.settled
    for said, offer in zip(told["services"], found.offers, strict=True):
        assert said["settled_by"] == [one.name for one in offer.asks]
        asked = [chinese(one.clause.requirement.otherwise) for one in offer.clauses]
        assert [one["text"] for one in said["conditions"]] == asked
        assert all(one["fen"] is None for one, (_sum, sure) in zip(said["sums"], offer.lines, strict=True) if not sure)


def test_what_she_would_rather_not_say_is_not_asked_again(program):
    first = program.post("entitlements", {}).json()["next"]["key"]
    assert program.post("entitlements", {"skipped": [first]}).json()["next"]["key"] != first


def test_every_fact_that_is_listed_can_be_told_in_the_way_the_list_says(program):
    for one in program.get("facts").json()["facts"]:
        value = {"yesno": True, "number": 3, "money": 100, "day": "1980-05-01", "set": [],
                 "choice": one["choices"][0]["value"] if one["choices"] else ""}[one["type"]]
        assert program.post("entitlements", {"facts": {one["key"]: value}}).status_code == 200, one


@pytest.mark.parametrize("wrong", ["1899-01-01", "xyzzy", NEVER * 10_000, -1, 1.5, None, {}, [[]], ["无此项"], True])
def test_a_value_that_is_no_answer_is_refused_without_being_repeated(program, wrong):
    for kind in ("number", "date", "choice"):
        answer = program.post("entitlements", {"facts": {fact(kind).name: wrong}})
        assert answer.status_code == 422 and str(wrong) not in answer.json()["sentence"], (kind, wrong)


def test_a_fact_that_nobody_asks_is_refused_without_being_repeated(program):
    answer = program.post("entitlements", {"facts": {"person.secret": True}})
    assert answer.status_code == 422 and "secret" not in answer.content.decode()


def test_nothing_of_what_was_said_is_kept_or_logged(program, caplog):
    money = fact("money")
    program.post("entitlements", {})  # what a process keeps for itself is there now
    before = counts()
    with caplog.at_level(logging.DEBUG):
        answer = program.post("entitlements", {"facts": {money.name: NEVER}})
    assert answer.status_code == 200 and str(NEVER) not in answer.content.decode()
    assert counts() == before
    assert str(NEVER) not in caplog.text


def test_very_many_from_one_address_are_slowed(program, monkeypatch):
    monkeypatch.setattr(entitled, "TESTS", 2)
    program.source = "203.0.113.77"
    assert [program.post("entitlements", {}).status_code for _turn in range(3)] == [200, 200, 429]
