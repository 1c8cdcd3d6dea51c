"""The full sweep: everybody by all rules, without a loop over people. Facts and what stands are read by binary COPY,
compared as arrays, and only the rows that differ are written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from baiying.engine.rules import sweep
from baiying.services.actions import covering
from baiying.services.actions.counting import counts
from baiying.services.actions.rows import Stand, delete, upsert
from baiying.services.queries.columns import ID, NO_UNIT, NUMBER, Beside, copied, people_beside, these
from baiying.services.queries.rulebook import Rules

Bits = NDArray[np.uint64]
AT_ONCE = 20_000
BITS = ("yes", "unknown", "served")
SAME = 2  # a row stands under the rulebook at hand
GONE = """DELETE FROM services_standing s
    WHERE NOT EXISTS (SELECT FROM services_register r WHERE r.person = s.person_id)"""


@dataclass(frozen=True)
class All:
    """Everybody in the order of their ids: who, district, unit, quiet, and the three kinds of bits."""

    who: NDArray[np.void]
    district: NDArray[np.int64]
    unit: NDArray[np.void]
    quiet: NDArray[np.int64]
    yes: Bits
    unknown: Bits
    served: Bits

    def same(self, mine: NDArray[Any], other: All, theirs: NDArray[Any]) -> NDArray[np.bool_]:
        """For rows of mine and of the other side, one by one: whether they are the same."""
        plain: NDArray[np.bool_] = (self.district[mine] == other.district[theirs]) & (
            self.quiet[mine] == other.quiet[theirs]
        )
        plain &= self.unit[mine] == other.unit[theirs]
        for one in BITS:
            plain &= (getattr(self, one)[mine] == getattr(other, one)[theirs]).all(axis=1)
        return plain


@dataclass(frozen=True)
class Both:
    """The same people twice: as the facts say, and as they stand. ``stood``: 2 under this rulebook, 1 under another,
    0 nowhere."""

    new: All
    old: All
    stood: NDArray[np.int64]

    def differing(self) -> NDArray[np.int64]:
        """The rows to write."""
        rows = np.arange(len(self.stood))
        return np.flatnonzero(~((self.stood == SAME) & self.new.same(rows, self.old, rows)))


def full(rules: Rules, on: date) -> tuple[int, int]:
    """Put right whatever does not stand as the facts say; gives how many rows differed and how many people there are.
    Inside the errand's door."""
    both = read(rules, on)
    differing = both.differing()
    _write(rules, on, both.new, differing)
    gone = _gone(int((both.stood > 0).sum()))
    covering.replace(counts(rules, both.new, np.arange(len(both.stood))))
    return len(differing) + gone, len(both.stood)


def some(rules: Rules, on: date, who: Collection[UUID]) -> int:
    """The same for these people, with the counts moved by what changed; gives how many rows differed."""
    both = read(rules, on, who)
    differing = both.differing()
    _write(rules, on, both.new, differing)
    total = counts(rules, both.new, differing)
    total.subtract(counts(rules, both.old, differing[both.stood[differing] == SAME]))
    gone = set(who) - {UUID(bytes=one.tobytes()) for one in both.new.who}
    if gone:
        left = standing(rules, gone)
        total.subtract(counts(rules, left, np.arange(len(left.who))))
        delete(gone)
    covering.write({key for (key, _), by in total.items() if by}, {key: by for key, by in total.items() if by})
    return len(differing) + len(gone)


def read(rules: Rules, on: date, only: Collection[UUID] | None = None) -> Both:
    """Everybody of the register, or these, as the facts say and as they stand: one statement."""
    held, beside = people_beside(rules, on, only, _stood(rules))
    found = sweep(rules.rules, held.columns, held.count, rules.held.lines, on)
    width = words(rules)
    marks = np.column_stack([beside[f"mark{n}"].view(np.uint64) for n in range(width)])
    new = All(held.who, held.district, held.unit, held.quiet.astype(np.int64), _wide(found.yes, width),
              _wide(found.unknown, width), marks)  # fmt: skip
    packed = (np.frombuffer(beside[f"stood_{one}"].tobytes(), "<u8").reshape(-1, width) for one in BITS)
    old = All(held.who, beside["stood_district"], beside["stood_unit"], beside["stood_quiet"], *packed)
    return Both(new, old, beside["stood"])


def _wide(bits: Bits, width: int) -> Bits:
    """At least one word a person, where there is no rule at all."""
    return bits if bits.shape[1] == width else np.zeros((len(bits), width), np.uint64)


def _stood(rules: Rules) -> Beside:
    """How people stand and which services they have, as columns beside the register."""
    width = words(rules)
    size, none = 8 * width, "'\\x" + "00" * 8 * width + "'::bytea"
    fits = " AND ".join([f"s_rulebook = '{rules.version}'", *(f"octet_length(s_{one}) = {size}" for one in BITS)])
    fields = [
        ("stood", f"CASE WHEN s_person IS NULL THEN 0 WHEN {fits} THEN {SAME} ELSE 1 END::bigint", NUMBER),
        ("stood_district", "coalesce(nullif(s_district, ''), '0')::bigint", NUMBER),
        ("stood_unit", f"coalesce(s_unit, '{NO_UNIT}'::uuid)", ID),
        ("stood_quiet", "coalesce(s_quiet, false)::int::bigint", NUMBER),
        *((f"stood_{one}", f"CASE WHEN {fits} THEN s_{one} ELSE {none} END", f"V{size}") for one in BITS),
        *((f"mark{n}", f"coalesce(v_mark{n}, 0)", NUMBER) for n in range(width)),
    ]
    keys = ", ".join(f"'{key}'" for key in rules.services)
    place = f"array_position(ARRAY[{keys}]::text[], service::text) - 1"
    marks = ", ".join(
        f"bit_or(1::bigint << (place % 64)) FILTER (WHERE place / 64 = {n}) AS v_mark{n}" for n in range(width)
    )
    return Beside(
        tuple(fields),
        " LEFT JOIN (SELECT person_id AS s_person, rulebook AS s_rulebook, district AS s_district, unit_id AS s_unit, "
        "quiet AS s_quiet, yes AS s_yes, unknown AS s_unknown, served AS s_served FROM services_standing) AS s "
        f"ON s_person = person LEFT JOIN (SELECT person_id AS v_person, {marks} FROM "
        f"(SELECT person_id, {place} AS place FROM services_served WHERE ended_at IS NULL) AS marked "
        "GROUP BY person_id) AS v ON v_person = person",
    )


def _write(rules: Rules, on: date, new: All, which: NDArray[Any]) -> None:
    for start in range(0, len(which), AT_ONCE):
        upsert(rules.version, on, list(_rows(new, which[start : start + AT_ONCE])))


def _gone(stood: int) -> int:
    """Take out the rows of people who are no longer in the register, when more stand than were found there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM services_standing")
        ((there,),) = cursor.fetchall()
        if there == stood:
            return 0
        cursor.execute(GONE)
        return int(cursor.rowcount)


def standing(rules: Rules, only: Collection[UUID] | None = None) -> All:
    """What stands in the table under this rulebook, of everybody or of these, in the order of their ids."""
    width = words(rules)
    size = width * 8
    fields = [("who", ID), ("district", NUMBER), ("unit", ID), ("quiet", NUMBER)]
    query = (
        f"SELECT person_id, coalesce(nullif(district, ''), '0')::bigint, coalesce(unit_id, '{NO_UNIT}'::uuid), "
        f"quiet::int::bigint, yes, unknown, served FROM services_standing WHERE rulebook = '{rules.version}' "
        f"AND octet_length(yes) = {size} AND octet_length(unknown) = {size} AND octet_length(served) = {size}"
        f"{these('person_id', only)}"
    )
    rows = copied([*fields, *((name, f"V{size}") for name in BITS)], query)
    order = np.argsort(_key(rows["who"]), kind="stable")
    packed = {name: np.frombuffer(rows[name].tobytes(), "<u8").reshape(-1, width)[order] for name in BITS}
    return All(
        rows["who"][order],
        rows["district"][order],
        rows["unit"][order],
        rows["quiet"][order],
        packed["yes"],
        packed["unknown"],
        packed["served"],
    )


def words(rules: Rules) -> int:
    """How many words of 64 bits a packed row has."""
    return max((len(rules.rules) + 63) // 64, 1)


def _key(who: NDArray[np.void]) -> NDArray[Any]:
    """Ids as bytes of one length, which numpy can sort."""
    return who.view("S16")


def _rows(new: All, which: NDArray[Any]) -> Iterator[Stand]:
    for n in which:
        unit = UUID(bytes=new.unit[n].tobytes())
        yield Stand(
            UUID(bytes=new.who[n].tobytes()),
            str(new.district[n] or ""),
            None if unit == NO_UNIT else unit,
            bool(new.quiet[n]),
            *(getattr(new, one)[n].astype("<u8").tobytes() for one in BITS),
        )
