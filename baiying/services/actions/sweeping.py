"""The full sweep: everybody by all rules, without a loop over people. Facts and what stands are read by binary COPY,
compared as arrays, and only the rows that differ are written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from baiying.engine.rules import sweep
from baiying.services.actions import covering
from baiying.services.actions.rows import Stand, delete, upsert
from baiying.services.queries.columns import ID, NO_UNIT, NUMBER, copied, people
from baiying.services.queries.rulebook import Rules

Bits = NDArray[np.uint64]
AT_ONCE = 20_000
BITS = ("yes", "unknown", "served")


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


def full(rules: Rules, on: date) -> tuple[int, int]:
    """Put right whatever does not stand as the facts say; gives how many rows differed and how many people there are.
    Inside the errand's door."""
    new, old = reckoned(rules, on), standing(rules)
    there, place = _places(new.who, old.who)
    same = np.zeros(len(new.who), bool)
    same[there] = new.same(there, old, place)
    differing = np.flatnonzero(~same)
    for start in range(0, len(differing), AT_ONCE):
        upsert(rules.version, on, list(_rows(new, differing[start : start + AT_ONCE])))
    gone = _beside(old.who, new.who)
    delete(gone)
    delete_unknown(rules, new)
    _recount(rules, new)
    return len(differing) + len(gone), len(new.who)


def reckoned(rules: Rules, on: date) -> All:
    """How everybody stands by the facts as they are now."""
    held = people(rules, on)
    found = sweep(rules.rules, held.columns, held.count, rules.held.lines, on)
    order = np.argsort(_key(held.who), kind="stable")
    return All(
        held.who[order],
        held.district[order],
        held.unit[order],
        held.quiet[order].astype(np.int64),
        found.yes[order],
        found.unknown[order],
        _served(rules, held.who[order], found.yes.shape[1]),
    )


def standing(rules: Rules) -> All:
    """What stands in the table under this rulebook; rows under another are written anew anyhow."""
    width = words(rules)
    size = width * 8
    fields = [("who", ID), ("district", NUMBER), ("unit", ID), ("quiet", NUMBER)]
    query = (
        f"SELECT person_id, coalesce(nullif(district, ''), '0')::bigint, coalesce(unit_id, '{NO_UNIT}'::uuid), "
        f"quiet::int::bigint, yes, unknown, served FROM services_standing WHERE rulebook = '{rules.version}' "
        f"AND octet_length(yes) = {size} AND octet_length(unknown) = {size} AND octet_length(served) = {size}"
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


def _places(mine: NDArray[np.void], theirs: NDArray[np.void]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Where the same people stand on both sides; both are in order."""
    if not len(mine) or not len(theirs):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    at = np.minimum(np.searchsorted(_key(theirs), _key(mine)), len(theirs) - 1)
    here = np.flatnonzero(_key(theirs)[at] == _key(mine))
    return here, at[here]


def _beside(theirs: NDArray[np.void], mine: NDArray[np.void]) -> list[UUID]:
    """Who is there and not here."""
    _, there = _places(mine, theirs)
    left = np.ones(len(theirs), bool)
    left[there] = False
    return [UUID(bytes=one.tobytes()) for one in theirs[left]]


def delete_unknown(rules: Rules, new: All) -> None:
    """Rows under another rulebook of people who are no longer in the register."""
    rows = copied([("who", ID)], f"SELECT person_id FROM services_standing WHERE rulebook <> '{rules.version}'")
    if len(rows["who"]):
        order = np.argsort(_key(rows["who"]), kind="stable")
        delete(_beside(rows["who"][order], new.who))


def _served(rules: Rules, who: NDArray[np.void], width: int) -> Bits:
    """The marks of everybody, as bits, in the order of these ids."""
    found = np.zeros((len(who), width), np.uint64)
    places = ", ".join(f"'{key}'" for key in rules.services)
    if not places or not len(who):
        return found
    rows = copied(
        [("who", ID), ("bit", NUMBER)],
        f"SELECT person_id, (array_position(ARRAY[{places}]::text[], service::text) - 1)::bigint "
        f"FROM services_served WHERE ended_at IS NULL AND service IN ({places})",
    )
    if len(rows["who"]):
        at = np.minimum(np.searchsorted(_key(who), _key(rows["who"])), len(who) - 1)
        known = _key(who)[at] == _key(rows["who"])
        bit = rows["bit"][known].astype(np.uint64)
        np.bitwise_or.at(found, (at[known], (bit // 64).astype(np.int64)), np.uint64(1) << (bit % np.uint64(64)))
    return found


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


def _recount(rules: Rules, new: All) -> None:
    """Count everybody by district, unit and service."""
    total: Counter[tuple[covering.Key, str]] = Counter()
    if len(new.who):
        places = np.empty(len(new.who), [("district", ">i8"), ("unit", ID)])
        places["district"], places["unit"] = new.district, new.unit
        kinds, first, code = np.unique(places.view("S24"), return_index=True, return_inverse=True)
        for n, service in enumerate(rules.services):
            word, bit = n // 64, np.uint64(n % 64)
            yes, open_, has = (
                (one[:, word] >> bit & np.uint64(1)).astype(bool) for one in (new.yes, new.unknown, new.served)
            )
            for count, which in (
                (covering.ENTITLED, yes),
                (covering.SERVED, yes & has),
                (covering.UNKNOWN, open_ & ~yes),
            ):
                for at, number in enumerate(np.bincount(code[which], minlength=len(kinds))):
                    if number:
                        total[_place(new, int(first[at]), service), count] = int(number)
    covering.replace(total)


def _place(new: All, at: int, service: str) -> covering.Key:
    unit = UUID(bytes=new.unit[at].tobytes())
    return None if unit == NO_UNIT else unit, str(new.district[at] or ""), service
