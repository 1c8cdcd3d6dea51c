"""The services in force with their rules, and the facts that rules ask. Kept in the process by edition."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from baiying.catalogue.queries import declarations_of, edition
from baiying.engine import loader
from baiying.engine.loader.facts import facts as facts_of
from baiying.engine.loader.lines import lines as lines_of
from baiying.engine.loader.lines import lines_of_lists
from baiying.engine.loader.rules import Known, build_rule
from baiying.engine.loader.rules import facts_of as names_of
from baiying.engine.loader.sense import tables
from baiying.engine.rules import Fact, Line, Rule
from baiying.engine.services import FOLDERS, Service
from baiying.engine.services.facts import FactWord
from baiying.kit.errors import Unseen

KINDS = frozenset(FOLDERS.values())
BESIDE = ("facts", "lines", "lists")
A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Promised:
    """One edition: its services in their order, the rule of each, the facts by name, the lines by name.

    `declared`: the id of each service's declaration; `beside`: those of the facts, lines and lists that rules look at.
    """

    services: Mapping[str, Service]
    rules: Mapping[str, Rule]
    facts: Mapping[str, FactWord]
    types: Mapping[str, Fact]
    lines: Mapping[str, Line]
    declared: Mapping[str, str]
    beside: tuple[str, ...] = ()


def promised() -> Promised:
    """What is promised now."""
    return _promised(edition())


def promised_in(edition_id: str) -> Promised:
    """What an edition promised, in force or not."""
    return _promised(edition_id)


def service(key: str) -> Service:
    """The service in force under this key. Raises Unseen."""
    found = promised().services.get(key)
    if found is None:
        raise Unseen
    return found


@lru_cache(maxsize=4)
def _promised(edition_id: str) -> Promised:
    return promised_by(declarations_of(edition_id))


def promised_by(declarations: Iterable[loader.Declaration]) -> Promised:
    """What these declarations together promise, in force or not, stored or not."""
    ordered = list(declarations)
    kinds = {one.kind: one.table for one in ordered if one.kind in BESIDE}
    known_facts = kinds.get("facts", {})
    types = names_of(known_facts)
    lines = _lines(kinds.get("lines", {}), kinds.get("lists", {}))
    tables = {one.key: (one.kind, one.table) for one in ordered if one.kind in KINDS}
    services = {key: loader.service(kind, key, table) for key, (kind, table) in tables.items()}
    known = Known(types, lines)
    rules = {key: _rule(key, one.rule, tables[key][1].get("ask", {}), known) for key, one in services.items()}
    return Promised(
        services,
        {key: rule for key, rule in rules.items() if rule is not None},
        facts_of(known_facts),
        types,
        lines,
        {one.key: one.id for one in ordered if one.kind in KINDS},
        tuple(one.id for one in ordered if one.kind in BESIDE),
    )


def _rule(key: str, rule: Mapping[str, object], asks: object, known: Known) -> Rule | None:
    """The rule of a service, or nothing where it cannot be built: then a person is asked, and the log says why."""
    try:
        return build_rule(key, {**rule, "ask": asks}, known)
    except ValueError as error:
        logging.getLogger(__name__).warning("the rule of %s is not judged: %s", key, error)
        return None


def _lines(lines: loader.Table, lists: loader.Table) -> dict[str, Line]:
    """The reference values that rules look up; the lists of choices are some too."""
    return {**lines_of_lists(tables(lists, "list")), **lines_of(_with_days(lines))}


def _with_days(value: Any) -> Any:
    """A stored table again as it was read: a text that is a day is that day."""
    if isinstance(value, Mapping):
        return {key: _with_days(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_with_days(one) for one in value]
    return date.fromisoformat(value) if isinstance(value, str) and A_DAY.fullmatch(value) else value
