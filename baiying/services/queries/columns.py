"""Facts of many people as columns, by one binary COPY of rows of one length, so that numpy reads them without a loop.

Every field is a number that is never NULL (UNTOLD stands for one), a uuid or a flag; a row then has one length, and a
column is a stride through the bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from baiying.catalogue import facts as registry
from baiying.engine.rules import Column
from baiying.engine.services.facts import DAYS, FactWord
from baiying.services.queries.rulebook import Rules

UNTOLD = -(2**63)
HEADER, TRAILER = 19, 2  # bytes around the rows of a binary COPY: signature, flags, length of extension; -1
ID, NUMBER = "V16", ">i8"  # forms of a field: a uuid as its bytes, a bigint
NO_UNIT = UUID(int=0)
UNIT_NOW = "CASE WHEN member_until IS NULL OR member_until > DATE '{day}' THEN unit END"


@dataclass(frozen=True)
class People:
    """Many people in one order: who, in which district and unit (NO_UNIT: none), whether quiet, and their facts."""

    who: NDArray[np.void]
    district: NDArray[np.int64]
    unit: NDArray[np.void]
    quiet: NDArray[np.bool_]
    columns: dict[str, Column]

    @property
    def count(self) -> int:
        return len(self.who)


@dataclass(frozen=True)
class Beside:
    """What is read in the same breath: fields (name, expression, form), and what is joined to the register for them."""

    fields: tuple[tuple[str, str, str], ...]
    joined: str


def people(rules: Rules, on: date, only: Iterable[UUID] | None = None) -> People:
    """Everybody of the register, or these alone, with the facts that the rules read. Inside the errand's door."""
    return people_beside(rules, on, only, Beside((), ""))[0]


def people_beside(
    rules: Rules, on: date, only: Iterable[UUID] | None, beside: Beside
) -> tuple[People, dict[str, NDArray[Any]]]:
    """The same people, and by name what stands beside them."""
    words = rules.held.facts
    fields = [
        ("who", "person", ID),
        ("district", "coalesce(nullif(district, ''), '0')::bigint", NUMBER),
        ("unit", f"coalesce({UNIT_NOW.format(day=on.isoformat())}, '{NO_UNIT}'::uuid)", ID),
        ("quiet", "quiet::int::bigint", NUMBER),
        *beside.fields,
    ]
    fields += [(name, _number(words[name], _spelt(name, words, on)), NUMBER) for name in rules.facts]
    asked = ", ".join(field for _, field, _ in fields)
    rows = copied(
        [(name, form) for name, _, form in fields],
        f"SELECT {asked} FROM services_register{beside.joined}{these('person', only, ' WHERE')}",
    )
    columns = {name: _column(words[name], rows[name]) for name in rules.facts}
    found = People(rows["who"], rows["district"], rows["unit"], rows["quiet"] != 0, columns)
    return found, {name: rows[name] for name, _, _ in beside.fields}


def these(column: str, only: Iterable[UUID] | None, word: str = " AND") -> str:
    """The condition that a column names one of these people; nothing for everybody. A COPY takes no values."""
    if only is None:
        return ""
    return f"{word} {column} = ANY ('{{{','.join(str(one) for one in only)}}}'::uuid[])"


def _spelt(name: str, words: Any, on: date) -> str:
    """The expression with its cut-off days written in: a COPY takes no values from outside."""
    days = {key: f"DATE '{day.isoformat()}'" for key, day in registry.cut_offs(on).items()}
    found = registry.expression_of(name, dict(words))
    for key, day in days.items():
        found = found.replace(f"%({key})s::date", day)
    return found


def _number(word: FactWord, expression: str) -> str:
    """The expression as a bigint that is never NULL."""
    if word.type == "yesno":
        inner = f"({expression})::int"
    elif word.type in DAYS:
        inner = f"(({expression}) - DATE '0001-01-01' + 1)"
    elif word.type == "choice":
        inner = f"array_position({_labels(word)}, ({expression}))::int - 1"
    elif word.type == "set":
        bits = (
            " + ".join(
                f"CASE WHEN ({expression}) ? {_quoted(one.label)} THEN {2**n} ELSE 0 END"
                for n, one in enumerate(word.options)
            )
            or "0"
        )
        inner = f"CASE WHEN ({expression}) IS NOT NULL THEN {bits} END"
    else:
        inner = expression
    return f"coalesce(({inner})::bigint, {UNTOLD + 1} - 1)"


def _labels(word: FactWord) -> str:
    return f"ARRAY[{', '.join(_quoted(one.label) for one in word.options)}]::text[]"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _column(word: FactWord, values: NDArray[np.int64]) -> Column:
    return Column(word.type, values, values != UNTOLD, tuple(one.label for one in word.options))


def copied(fields: Sequence[tuple[str, str]], query: str) -> Any:
    """The rows of a query by field. Forms: ID, NUMBER, or `V<n>` for n bytes as they are.

    A field that is NULL, or has another length than its form, is a defect and is told as one.
    """
    link = connection.connection
    with link.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT BINARY)") as copy:
        data = b"".join(copy)
    shape = [("fields", ">i2")]
    for name, form in fields:
        shape += [(f"length of {name}", ">i4"), (name, form)]
    kind = np.dtype(shape)
    body = len(data) - HEADER - TRAILER
    if body % kind.itemsize:
        raise ValueError("a field of the copy has another length than was said")
    rows = np.frombuffer(data, kind, body // kind.itemsize, HEADER)
    if len(rows) and not all((rows[f"length of {name}"] == np.dtype(form).itemsize).all() for name, form in fields):
        raise ValueError("a field of the copy is NULL, or has another length than was said")
    return {
        name: rows[name].astype(np.int64) if form == NUMBER else np.ascontiguousarray(rows[name])
        for name, form in fields
    }
