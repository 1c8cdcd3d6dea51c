"""A few people, read by one prepared statement: the facts that the rules ask, the marks they have, and how they stand
now. One after another they are judged sooner than columns are made of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from baiying.catalogue import facts as registry
from baiying.engine.rules import Facts
from baiying.engine.services.facts import FactWord
from baiying.services.queries.knowing import value_of
from baiying.services.queries.rulebook import Rules

STANDING = ("rulebook", "district", "unit_id", "quiet", "yes", "unknown", "served")
MOST = 16  # statements that are kept: one a rulebook and number of people
_kept: dict[tuple[str, tuple[str, ...], int], str] = {}


@dataclass(frozen=True)
class One:
    """One person. ``here``: she is in the register, with ``place`` (district, unit, quiet) and ``facts``; ``marks``:
    the services she has; ``stood``: her row of standing in the order of STANDING; ``begun``: a sweep was made."""

    who: UUID
    here: bool
    begun: bool
    place: tuple[str, UUID | None, bool]
    facts: Facts
    marks: tuple[str, ...]
    stood: tuple[Any, ...] | None


def few(rules: Rules, on: date, who: Collection[UUID]) -> Iterator[One]:
    """These people as they are now. Inside the errand's door."""
    connection.ensure_connection()
    values = {**{f"who{n}": one for n, one in enumerate(who)}, **registry.cut_offs(on)}
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement(rules, len(who)), values, prepare=True)
        rows = cursor.fetchall()
    words = [rules.held.facts[name] for name in rules.facts]
    for person, begun, marks, here, district, unit, quiet, *rest in rows:
        stood, told = tuple(rest[: len(STANDING)]), rest[len(STANDING) :]
        facts = {word.name: _fitting(word, value) for word, value in zip(words, told, strict=True)}
        yield One(
            person,
            here is not None,
            begun,
            (district or "", unit, bool(quiet)),
            facts,
            tuple(marks or ()),
            stood if stood[0] is not None else None,
        )


def statement(rules: Rules, people: int) -> str:
    """What is asked of so many people under these rules, put together once; the names of columns are ours."""
    key = rules.version, rules.facts, people
    if key not in _kept:
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = _statement(rules.facts, dict(rules.held.facts), people)
    return _kept[key]


def _statement(names: tuple[str, ...], words: dict[str, FactWord], people: int) -> str:
    """The people stand in it one by one: of an array the database does not know how long it is, so it would plan the
    statement anew each time, which cost five times what running it does."""
    asked = ", ".join(f"(%(who{n})s::uuid)" for n in range(people))
    facts = "".join(f", {registry.expression_of(name, words)} AS f{n}" for n, name in enumerate(names))
    unit = "CASE WHEN member_until IS NULL OR member_until > %(today)s::date THEN unit END"
    told = "".join(f", r.f{n}" for n in range(len(names)))
    return (
        "SELECT asked.person, EXISTS (SELECT FROM services_rulebook), "
        "(SELECT array_agg(v.service) FROM services_served v WHERE v.person_id = asked.person AND v.ended_at IS NULL), "
        f"r.person, r.district, r.unit, r.quiet, {', '.join(f's.{one}' for one in STANDING)}{told} "
        f"FROM (VALUES {asked}) AS asked (person) LEFT JOIN LATERAL ("
        f"SELECT person, district, {unit} AS unit, quiet{facts} FROM services_register WHERE person = asked.person"
        ") AS r ON true LEFT JOIN services_standing s ON s.person_id = asked.person"
    )


def _fitting(word: FactWord, value: Any) -> Any:
    """A value as rules take it. What is no option of its fact (any more) is not known, as in columns."""
    found = value_of(word, value)
    if found is None or not word.options or word.type not in ("choice", "set"):
        return found
    labels = {one.label for one in word.options}
    return found & labels if isinstance(found, frozenset) else found if found in labels else None
