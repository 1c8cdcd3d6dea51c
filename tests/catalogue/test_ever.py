"""What was ever declared keeps its meaning: names are not used again, and old declarations still load."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from baiying.engine import loader
from baiying.engine.loader.lines import lines
from baiying.engine.loader.rules import Known, build_rule
from baiying.engine.rules import Fact
from tests.shared import CHECKOUT

HERE = Path(__file__).parent
EVER = tomllib.loads((HERE / "ever.toml").read_text(encoding="utf-8"))
STORED = [json.loads(line) for line in (HERE / "stored.jsonl").read_text(encoding="utf-8").splitlines()]
SERVICES = [one for one in STORED if one["kind"] in ("service", "programme", "appraisal", "callout")]


def declared(file: str) -> dict[str, dict[str, object]]:
    return tomllib.loads((CHECKOUT / "catalogue" / file).read_text(encoding="utf-8"))


def changed(now: dict[str, str], ever: dict[str, str]) -> dict[str, tuple[str, str | None]]:
    """Names that mean something else than they did, or that nobody wrote down."""
    return {name: (what, ever.get(name)) for name, what in now.items() if ever.get(name) != what}


def test_the_name_of_a_fact_or_an_effect_is_never_used_for_something_else():
    words = declared("words.toml")
    facts = {name: str(one["type"]) for name, one in words["fact"].items()}
    facts |= {name: str(one["type"]) for name, one in declared("facts.toml").items()}
    effects = {name: str(one["app"]) for name, one in words["effect"].items()}
    told = changed(facts, EVER["fact"]) | changed(effects, EVER["effect"])
    assert not told, f"A new name is added to {HERE / 'ever.toml'}; an old one never changes its meaning: {told}"


def test_a_name_that_changes_its_type_or_is_not_written_down_is_told():
    assert changed({"person.age": "text"}, EVER["fact"]) == {"person.age": ("text", EVER["fact"]["person.age"])}
    assert changed({"person.new": "yesno"}, EVER["fact"]) == {"person.new": ("yesno", None)}


@pytest.mark.parametrize("one", STORED, ids=lambda one: one["key"])
def test_a_stored_declaration_has_the_id_it_was_stored_under(one):
    assert loader.Declaration(one["kind"], one["key"], one["body"]).id == one["id"]


@pytest.mark.parametrize("one", SERVICES, ids=lambda one: one["key"])
def test_a_service_that_was_stored_still_loads_with_its_rule(one):
    table = json.loads(one["body"])
    service = loader.service(one["kind"], one["key"], table)
    types = {name: Fact(name, type_) for name, type_ in EVER["fact"].items() if type_ != "text"}
    known = Known(types, lines(declared("reference/lines.toml")))
    rule = build_rule(one["key"], {**service.rule, "ask": table.get("ask", {})}, known)
    assert service.steps and len(rule.requirements) == len(table.get("who", []))


def test_a_matter_that_was_stored_still_loads():
    (one,) = [each for each in STORED if each["kind"] == "matter"]
    assert loader.matter(one["key"], json.loads(one["body"])).stages
