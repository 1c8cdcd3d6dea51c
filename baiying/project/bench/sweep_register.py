"""A register of so many people for the bench of the sweep: persons, memberships and what is known of each, loaded by
COPY and INSERT … SELECT, with rules and facts that exist only while something is measured.

The facts lie as the product keeps them, in one profile a person, and beside it as a bare table of typed columns.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest import mock
from uuid import UUID

import numpy as np
import psycopg
from numpy.typing import NDArray

from baiying.catalogue.promised import Promised, promised
from baiying.engine.flow.matter import Option
from baiying.engine.rules import Column, Columns, Group, Requirement
from baiying.engine.rules.language import Condition
from baiying.engine.services.facts import DAYS, FactWord
from baiying.kit import moment
from baiying.project.bench import sweep_made
from baiying.project.bench.filling import copy
from baiying.project.postgres import OWNER, WEB, Server
from baiying.services.queries import rulebook
from baiying.services.queries.columns import UNTOLD
from baiying.services.queries.rulebook import Rules

DISTRICT = "110107"
AT_ONCE = 100_000
EMPTY = b"PGCOPY\n\xff\r\n\0" + bytes(8)


@dataclasses.dataclass(frozen=True)
class Register:
    """Who is in it: the bytes of each one's id, the number of each one's unit, and the units."""

    who: NDArray[np.void]
    unit: NDArray[np.int64]
    units: tuple[UUID, ...]

    def person(self, place: int) -> UUID:
        return UUID(bytes=self.who[place].tobytes())


def fact(name: str) -> str:
    """A fact of the bench, as rules name it."""
    return f"bench.{name}"


def made(count: int, seed: int) -> Rules:
    """The rulebook of so many made rules, each under the name of a service of its own."""
    rules = tuple(
        dataclasses.replace(
            one, id=f"union.bench.{one.id}",
            requirements=tuple(Requirement(_renamed(each.when), each.otherwise) for each in one.requirements),
        )
        for one in sweep_made.rules(count, seed)
    )  # fmt: skip
    real = promised()
    like = next(iter(real.services.values()))
    services = {one.id: dataclasses.replace(like, key=one.id, name=one.id, privacy="P2") for one in rules}
    words = {fact(name): _word(name, column) for name, column in sweep_made.population(1, seed).items()}
    held = Promised(services, {one.id: one for one in rules}, words, {}, {}, {})
    facts = tuple(sorted({name for rule in rules for name in rulebook.facts_read(rule)}))
    return Rules(hashlib.sha256(repr(rules).encode()).hexdigest(), rules, facts, held)


def _renamed(condition: Condition) -> Condition:
    if isinstance(condition, Group):
        return dataclasses.replace(condition, of=tuple(_renamed(one) for one in condition.of))
    return dataclasses.replace(condition, fact=fact(condition.fact), of=condition.of and fact(condition.of))


def _word(name: str, column: Column) -> FactWord:
    options = tuple(Option(one, one) for one in column.choices)
    return FactWord(fact(name), name, name, column.type, "P2", "declared", "services", options=options)


@contextmanager
def in_force(rules: Rules) -> Iterator[None]:
    """For the time of a block these rules are what is promised, in this process alone."""
    with mock.patch("baiying.catalogue.promised._promised", lambda edition: rules.held), \
            mock.patch.object(rulebook, "_of", lambda edition: rules):  # fmt: skip
        yield


def fill(server: Server, columns: Columns, seed: int) -> Register:
    """Bring everybody in. The owner writes, who may write every row on the errand of a backup."""
    people = len(next(iter(columns.values())).values)
    who = np.frombuffer(np.random.default_rng(seed).bytes(16 * people), "V16")
    with psycopg.connect(server.url(OWNER)) as connection:
        connection.execute("SELECT set_config('baiying.errand', 'backup', false)")
        units = tuple(row[0] for row in connection.execute("SELECT id FROM network_unit ORDER BY id"))
        _load(connection, "bench_raw", who, columns)
        named: dict[str, object] = {"since": 0, "until": people, "units": list(units), "count": len(units),
                                    "now": moment.now()}  # fmt: skip
        person, membership = _seeds(connection)
        own = "(SELECT person FROM bench_raw WHERE bench_raw.n = n.n)"
        copy(connection, "members_person", "seed.id", {"id": own, "login": "NULL", "key": "NULL", "batch": "NULL"},
             {**named, "seed": person})  # fmt: skip
        copy(connection, "members_membership", "seed.id",
             {"id": "md5('membership' || n)::uuid", "person_id": own, "number": "''",
              "unit_id": "(%(units)s::uuid[])[1 + (n / 20) %% %(count)s]"}, {**named, "seed": membership})  # fmt: skip
        connection.execute(
            f"INSERT INTO services_profile (person_id, district, said, told, agreed, quiet, changed_at) SELECT person, "
            f"'{DISTRICT}', {_said(columns)}, '{{}}', '{{}}', false, %(now)s FROM bench_raw".encode(), named)
        typed = ", ".join(f"{_typed(name, column)} AS {name}_" for name, column in columns.items())
        connection.execute(
            f"CREATE TABLE bench_flat AS SELECT person, {DISTRICT}::bigint AS district_, "
            f"(SELECT unit_id FROM members_membership m WHERE m.person_id = person LIMIT 1) AS unit_, "
            f"false AS quiet_, {typed} FROM bench_raw".encode())
        connection.execute(f"GRANT SELECT ON bench_flat TO {WEB}".encode())
        connection.commit()
        connection.autocommit = True
        for table in ("members_person", "members_membership", "services_profile", "bench_flat"):
            connection.execute(f"VACUUM (ANALYZE) {table}".encode())
    return Register(who, (np.arange(1, people + 1) // 20) % len(units), units)


def change(server: Server, register: Register, which: NDArray[np.int64], columns: Columns) -> None:
    """Other facts of these people, told to nobody: only a sweep finds them. `columns`: theirs, in the same order."""
    with psycopg.connect(server.url(OWNER)) as connection:
        connection.execute("SELECT set_config('baiying.errand', 'backup', false)")
        _load(connection, "bench_other", register.who[which], columns)
        connection.execute(f"UPDATE services_profile SET said = {_said(columns)} FROM bench_other "
                           "WHERE person_id = bench_other.person".encode())
        connection.execute("DROP TABLE bench_other")


def _seeds(connection: psycopg.Connection[Any]) -> tuple[UUID, UUID]:
    """A person and a membership of the demo, of which the others are copies."""
    found = connection.execute("SELECT person_id, id FROM members_membership ORDER BY id LIMIT 1").fetchone()
    assert found is not None  # the demo has members
    return found[0], found[1]


def _load(connection: psycopg.Connection[Any], table: str, who: NDArray[np.void], columns: Columns) -> None:
    """The columns as numbers in a table of their own, UNTOLD where nothing is known."""
    fields = [("n", ">i8", "bigint"), ("person", "V16", "uuid"), *((f"{name}_", ">i8", "bigint") for name in columns)]
    kind = np.dtype([("fields", ">i2"), *(part for name, form, _ in fields
                                          for part in ((f"length {name}", ">i4"), (name, form)))])  # fmt: skip
    told = ", ".join(f"{name} {kind}" for name, _, kind in fields)
    connection.execute(f"CREATE UNLOGGED TABLE {table} ({told})".encode())
    with connection.cursor().copy(f"COPY {table} FROM STDIN (FORMAT BINARY)".encode()) as target:
        target.write(EMPTY)
        for start in range(0, len(who), AT_ONCE):
            cut = slice(start, min(start + AT_ONCE, len(who)))
            rows = np.zeros(cut.stop - cut.start, kind)
            rows["fields"] = len(fields)
            for name, form, _ in fields:
                rows[f"length {name}"] = np.dtype(form).itemsize
            rows["n"], rows["person"] = np.arange(cut.start + 1, cut.stop + 1), who[cut]
            for name, column in columns.items():
                values = column.values[cut].astype(np.int64)
                rows[f"{name}_"] = values if column.known is None else np.where(column.known[cut], values, UNTOLD)
            target.write(rows.tobytes())
        target.write(b"\xff\xff")
    connection.execute(f"ALTER TABLE {table} ADD PRIMARY KEY (n)".encode())


def _typed(name: str, column: Column) -> str:
    """The number of a column as the type that it stands for."""
    number = f"nullif({name}_, {UNTOLD + 1} - 1)"
    if column.type == "yesno":
        return f"{number}::int::boolean"
    if column.type == "choice":
        labels = ", ".join(f"'{one}'" for one in column.choices)
        return f"(ARRAY[{labels}]::text[])[{number} + 1]"
    return f"(DATE '0001-01-01' + ({number} - 1)::int)" if column.type in DAYS else number


def _said(columns: Columns) -> str:
    """What a profile says: the facts that are known, by their names."""
    pairs = ", ".join(f"'{fact(name)}', {_typed(name, column)}" for name, column in columns.items())
    return f"jsonb_strip_nulls(jsonb_build_object({pairs}))"


def other(columns: Columns, which: NDArray[np.int64], seed: int) -> tuple[Columns, Mapping[str, Column]]:
    """New facts for these people: theirs alone, and the columns of everybody with them."""
    fresh = sweep_made.population(len(which), seed)
    whole = {}
    for name, column in columns.items():
        values, known = column.values.copy(), column.known if column.known is None else column.known.copy()
        values[which] = fresh[name].values
        if known is not None:
            known[which] = fresh[name].known
        whole[name] = Column(column.type, values, known, column.choices)
    return fresh, whole
