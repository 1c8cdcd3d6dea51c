"""Our files beside the definitions of the domain report: what was copied is right, what was reworded is written."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from baiying.catalogue import check
from baiying.engine.loader import read_catalogue
from baiying.engine.services import FOLDERS
from tests.shared import CHECKOUT, shared

CATALOGUE = CHECKOUT / "catalogue"
PLAINER = Path(__file__).with_name("plainer.toml")
Table = Mapping[str, Any]
KINDS = {
    "masked_id": ("account", "identity"), "bool": ("yesno",), "multichoice": ("choices",), "int": ("number",),
    "org_ref": ("unit",), "person_ref": ("person",), "ref": ("text", "link", "choice"),
}  # fmt: skip
UNITS = {"working_day": "working day", "calendar_day": "day", "month": "month", "hour": "hour", "year": "year"}
# Satisfaction is neither asked nor stored until a blind token can carry it (design.md, promise 2).
NOT_ASKED = {("union.satisfaction.survey", "satisfied"), ("union.satisfaction.survey", "reasons")}


@pytest.fixture(scope="module")
def defined() -> dict[str, Table]:
    return {one["id"]: one for one in json.loads(shared("domain/services.json").read_text(encoding="utf-8"))}


@pytest.fixture(scope="module")
def ours() -> dict[str, Table]:
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
            for folder in FOLDERS for path in sorted((CATALOGUE / folder).glob("*.toml"))}


@pytest.fixture(scope="module")
def plainer() -> dict[str, list[str]]:
    """Where our words are plainer than those of the definitions: place -> [theirs, ours]."""
    return tomllib.loads(PLAINER.read_text(encoding="utf-8"))


def pairs(defined: dict[str, Table], ours: dict[str, Table]) -> Iterator[tuple[str, Table, Table]]:
    found = [(key, one, ours[key]) for key, one in defined.items() if key in ours]
    assert len(found) == 45
    yield from found


def test_every_definition_stands_in_one_file_under_its_id_and_kind(defined):
    found = read_catalogue(CATALOGUE).ids
    assert {key: found.get(key) for key in defined} == {key: one["kind"] for key, one in defined.items()}
    assert set(check.definitions(CATALOGUE)) == set(defined)


def test_heads_are_those_of_the_definitions(defined, ours):
    for key, one, mine in pairs(defined, ours):
        assert (mine["id"], mine["org"], mine["class"]) == (key, one["org"], one["confidentiality"]), key


def test_every_question_is_asked_with_its_need_class_and_kind(defined, ours):
    for key, one, mine in pairs(defined, ours):
        for field in one["form_fields"]:
            if (key, field["key"]) in NOT_ASKED:
                assert field["key"] not in mine.get("ask", {})
                continue
            ask = mine["ask"][field["key"]]
            told = (ask.get("need", False), ask["class"])
            assert told == (field["required"], field["confidentiality"]), (key, field["key"])
            free = ("text",) if field["type"] in ("choice", "multichoice") and not field.get("options") else ()
            assert ask["kind"] in (*KINDS.get(field["type"], (field["type"],)), *free), (key, field["key"])


def test_words_are_those_of_the_definitions_or_plainer_ones_that_are_written_down(defined, ours, plainer):
    other = {}
    for key, one, mine in pairs(defined, ours):
        said = {f"{key}": (one["name_zh"], mine["name"])}
        for field in one["form_fields"]:
            if field["key"] in mine.get("ask", {}):
                said[f"{key} {field['key']}"] = (field["label_zh"], mine["ask"][field["key"]]["label"])
        other |= {place: list(words) for place, words in said.items() if words[0] != words[1]}
    assert other == plainer


def test_steps_stand_in_their_order(defined, ours):
    for key, one, mine in pairs(defined, ours):
        assert list(mine["step"]) == [step["key"] for step in one["steps"]], key


def test_clocks_have_the_length_and_the_grade_of_the_definitions(defined, ours):
    for key, one, mine in pairs(defined, ours):
        theirs = sorted((f"{each['value']} {UNITS[each['unit']]}", each["status"]) for each in one["deadlines"])
        told = sorted((each["limit"].removesuffix("s"), each["grade"]) for each in mine.get("clock", {}).values())
        assert told == theirs, key


def test_each_amount_is_told_with_its_number_year_and_source(defined, ours):
    for key, one, mine in pairs(defined, ours):
        figures = mine.get("figure", [])
        assert len(figures) == len(one["amounts"]), key
        for theirs, told in zip(one["amounts"], figures, strict=True):
            assert told.get("year") == theirs.get("year"), (key, told["label"])
            said = numbers(told["value"] + told.get("note", ""))
            assert numbers(theirs["value"]) <= said | {each / 100 for each in said}, (key, told["value"])
            assert keys(theirs.get("source")) <= keys(told.get("basis")), (key, told["label"])


def test_no_sum_of_a_rule_stands_in_no_source(defined, ours):
    """Every number of fen in an amount or a limit is a number that the definition tells, in yuan."""
    for key, one, mine in pairs(defined, ours):
        known = set().union(*(numbers(each["value"]) for each in one["amounts"]),
                            *(numbers(each["rule"]) for each in one["who_qualifies"]))
        for rule in [*mine.get("amount", []), *mine.get("limit", [])]:
            for word in ("value", "least", "most"):
                fen = rule.get(word)
                if isinstance(fen, int) and fen:
                    assert fen / 100 in known, (key, rule)


def test_who_qualifies_is_told_clause_by_clause_with_its_sources(defined, ours):
    for key, one, mine in pairs(defined, ours):
        assert len(mine["terms"]) == len(one["who_qualifies"]), key
        for theirs, told in zip(one["who_qualifies"], mine["terms"], strict=True):
            assert keys(theirs["source"]) <= keys(told.get("basis")), (key, theirs["rule"])


def test_every_guard_of_a_definition_is_told(defined, ours):
    for key, one, mine in pairs(defined, ours):
        assert len(mine.get("guard", [])) >= len(one["guards"]), key


def keys(told: object) -> set[str]:
    """The keys of sources in what is written of them."""
    return set(re.findall(r"\b[LP]-[A-Za-z0-9]+", str(told or "")))


def numbers(value: object) -> set[float]:
    """The numbers in a value, however they are written: 16.29万 is 162900, 1,500 is 1500."""
    found = set()
    for digits, unit in re.findall(r"(\d[\d,]*(?:\.\d+)?)\s*(万|亿|百万)?", str(value)):
        plain = float(digits.replace(",", ""))
        found.add(plain)
        if unit:
            found.add(round(plain * {"万": 1e4, "百万": 1e6, "亿": 1e8}[unit], 2))
    return found
