"""One comparison for many people at once: bits, one a person, packed eight to a byte.

Of every comparison there are two rows of bits: `yes`, surely so, and `maybe`, not surely not. Of whom `maybe` alone is
set, it is not known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from baiying.engine.rules.columns import DAYS, SUMS, Column
from baiying.engine.rules.days import latest_start, recent
from baiying.engine.rules.language import Share, Span, Test

Bits = NDArray[np.uint8]


class Pair(NamedTuple):
    """What is so of whom. `yes` is a part of `maybe`."""

    yes: Bits
    maybe: Bits


@dataclass(frozen=True, slots=True)
class Atom:
    """One row of raw bits of one column, without a word on who is known: values at least, equal to, or sharing bits."""

    fact: str
    how: str  # least, equal, some, every
    value: int

    def bits(self, column: Column, cut: slice) -> Bits:
        """The bits of the people of this cut."""
        values = column.values[cut]
        if self.how == "least":
            return np.packbits(values >= self.value)
        if self.how == "equal":
            return np.packbits(values == self.value)
        mask = values.dtype.type(self.value)
        shared = values & mask
        return np.packbits(shared == mask if self.how == "every" else shared != 0)


@dataclass(frozen=True, slots=True)
class Raw:
    """A comparison as atoms of one column: any of them, or all of them."""

    atoms: tuple[tuple[Atom, bool], ...]  # with each whether its reverse is meant
    join: str = "all"


def raw_of(test: Test, value: object, column: Column, on: date) -> Raw | None:
    """The atoms of a comparison, or None where it makes no sense: then it is known of nobody."""
    if test.op in ("any_of", "has"):
        return _of_set(test, value, column)
    if test.op == "in":
        if column.type != "choice" or not isinstance(value, frozenset):
            return None
        places = [place for place, choice in enumerate(column.choices) if choice in value]
        return Raw(tuple((Atom(test.fact, "equal", place), False) for place in places), "any")
    if test.op == "is":
        return _is(test, value, column)
    if test.op == "within":
        if column.type not in DAYS or not isinstance(value, Span):
            return None
        first, last = recent(on, value.length, value.unit)
        return _between(test.fact, first, last)
    if column.type in DAYS and test.unit:
        return _since(test, value, on)
    return _ordered(test, value, column)


def _of_set(test: Test, value: object, column: Column) -> Raw | None:
    if column.type != "set" or not isinstance(value, frozenset):
        return None
    places = [place for place, choice in enumerate(column.choices) if choice in value]
    mask = sum(1 << place for place in places)
    if test.op == "any_of":
        return Raw(((Atom(test.fact, "some", mask), False),))
    if len(places) < len(value):
        return Raw((), "any")  # a choice that nobody has
    return Raw(((Atom(test.fact, "every", mask), False),))


def _is(test: Test, value: object, column: Column) -> Raw | None:
    if isinstance(value, str):
        if column.type != "choice":
            return None
        if value not in column.choices:
            return Raw((), "any")
        return Raw(((Atom(test.fact, "equal", column.choices.index(value)), False),))
    wanted = {bool: ("yesno",), int: SUMS, date: DAYS}.get(type(value), ())
    if column.type not in wanted:
        return None
    number = value.toordinal() if isinstance(value, date) else int(value)  # type: ignore[call-overload]
    return Raw(((Atom(test.fact, "equal", number), False),))


def _ordered(test: Test, value: object, column: Column) -> Raw | None:
    ends = value if isinstance(value, tuple) else (value, value)
    kind: type = date if column.type in DAYS else int
    if column.type not in (*DAYS, *SUMS) or any(type(end) is not kind for end in ends):
        return None
    if (test.op == "between") != isinstance(value, tuple):
        return None
    first, last = (end.toordinal() if isinstance(end, date) else end for end in ends)
    if test.op == "between":
        return _between(test.fact, first, last)
    return {
        "at_least": _least(test.fact, first), "above": _least(test.fact, first + 1),
        "below": _least(test.fact, first, True), "at_most": _least(test.fact, first + 1, True),
    }.get(test.op)  # fmt: skip


def _since(test: Test, value: object, on: date) -> Raw | None:
    """So many whole years or months since the day: the later the day, the fewer."""
    fact, unit = test.fact, test.unit
    if isinstance(value, tuple):
        if test.op != "between" or not all(type(end) is int for end in value):
            return None
        return _between(fact, latest_start(on, value[1] + 1, unit) + 1, latest_start(on, value[0], unit))
    if type(value) is not int:
        return None
    above = test.op in ("above", "at_most")
    return _least(fact, latest_start(on, value + above, unit) + 1, test.op in ("at_least", "above"))


def _least(fact: str, value: int, reverse: bool = False) -> Raw:
    return Raw(((Atom(fact, "least", value), reverse),))


def _between(fact: str, first: int, last: int) -> Raw:
    return Raw(((Atom(fact, "least", first), False), (Atom(fact, "least", last + 1), True)))


def share_bits(op: str, part: Column, whole: Column, share: Share, cut: slice) -> Bits:
    """Where a part is such a share of a whole. Whole numbers: neither product is beyond 64 bits."""
    parts, wholes = part.values[cut].astype(np.int64), whole.values[cut].astype(np.int64)
    return np.packbits(_COMPARED[op](parts * share.whole, wholes * share.part))


def parted(part: Column, whole: Column, cut: slice) -> Bits:
    """Where a part can be one of a whole at all: it is no more than the whole."""
    return np.packbits(part.values[cut] <= whole.values[cut])


_COMPARED: dict[str, Callable[..., NDArray[np.bool_]]] = {
    "at_least": np.greater_equal, "at_most": np.less_equal, "above": np.greater, "below": np.less,
}  # fmt: skip
