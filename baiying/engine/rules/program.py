"""Rules as a program over rows of bits: each distinct comparison, and each distinct group, is reckoned once.

A program is a list of steps; each writes one slot from slots above it. It runs over one cut of the people after
another, so that all of its rows stay within the cache.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from functools import reduce

import numpy as np

from baiying.engine.rules.atoms import SUMS, Atom, Bits, Pair, raw_of, share_bits
from baiying.engine.rules.columns import DAYS, Column, Columns
from baiying.engine.rules.language import BAND, NUMBER_MOST, ROUND_OPEN, Band, Condition, Ref, Rule, Test
from baiying.engine.rules.lines import Lines, value_on

Slots = list[Pair]
Step = Callable[[Slots, slice], Pair]
_AND, _OR = np.bitwise_and, np.bitwise_or


def size(cut: slice) -> int:
    """How many bytes the bits of a cut take."""
    return int(cut.stop - cut.start + 7) // 8


class Program:
    """Built by `add` and `answer`, run by `run`. One day, one set of columns and lines."""

    def __init__(self, columns: Columns, lines: Lines, on: date) -> None:
        self.columns, self.lines, self.on = columns, lines, on
        self.steps: list[Step] = []
        self._slots: dict[Hashable, int] = {}
        self._rule: Rule | None = None

    def run(self, cut: slice) -> Slots:
        """The rows of all slots for the people of a cut."""
        slots: Slots = []
        for step in self.steps:
            slots.append(step(slots, cut))
        return slots

    def answer(self, rule: Rule) -> int:
        """The slot of a rule's answer."""
        self.turn_to(rule)
        return self.all_of([self.add(one.when) for one in rule.requirements])

    def turn_to(self, rule: Rule) -> None:
        """The bands and the facts of its own that conditions speak of from here on."""
        self._rule = rule

    def add(self, condition: Condition) -> int:
        """The slot of a condition."""
        if isinstance(condition, Test):
            if condition.fact == BAND:
                return self._band(condition)
            return self._share(condition) if condition.of else self._test(condition)
        members = [self.add(one) for one in condition.of]
        if condition.how == "all":
            return self.all_of(members)
        some = self._joined("any", members, _OR)
        return some if condition.how == "any" else self._once(("none", some), lambda slots, _: _reversed(slots[some]))

    def all_of(self, members: Sequence[int]) -> int:
        """The slot of all of these together."""
        return self._joined("all", members, _AND)

    def column(self, fact: str) -> Column | None:
        """The column of a fact; of this rule before in general."""
        return self.columns.get(self.name(fact))

    def name(self, fact: str) -> str:
        """Under which name a fact of the rule at hand stands."""
        if self._rule is not None and (fact.startswith("used.") or fact == ROUND_OPEN):
            own = f"{fact}:{self._rule.id}"
            return own if own in self.columns else fact
        return fact

    def value(self, value: object) -> object:
        """A value, or that of its line today; None when nobody filled it."""
        return value_on(self.lines, value.name, self.on) if isinstance(value, Ref) else value

    def _once(self, key: Hashable, step: Step) -> int:
        if key not in self._slots:
            self._slots[key] = len(self.steps)
            self.steps.append(step)
        return self._slots[key]

    def _joined(self, how: str, members: Sequence[int], ufunc: np.ufunc) -> int:
        parts = sorted(set(members))
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return self._once(("all",), lambda _, cut: _everybody(cut, how == "all"))

        def step(slots: Slots, _: slice) -> Pair:
            return Pair(reduce(ufunc, [slots[one].yes for one in parts]),
                        reduce(ufunc, [slots[one].maybe for one in parts]))

        return self._once((how, *parts), step)

    def _nobody_knows(self) -> int:
        return self._once(("unknown",), lambda _, cut: Pair(_same(cut, False), _same(cut, True)))

    def _test(self, test: Test) -> int:
        column, value = self.column(test.fact), self.value(test.value)
        raw = raw_of(test, value, column, self.on) if column is not None and value is not None else None
        if raw is None:
            return self._nobody_knows()
        name = self.name(test.fact)
        atoms = [(self._atom(name, atom), reverse) for atom, reverse in raw.atoms]
        sense = self._sense(name, bool(test.unit))
        key = ("test", raw.join, *atoms, sense)
        return self._once(key, lambda slots, cut: _compared(raw.join, atoms, sense, slots, cut))

    def _atom(self, name: str, atom: Atom) -> int:
        """The raw bits of one atom, once for all tests that need them."""
        column = self.columns[name]

        def step(_: Slots, cut: slice) -> Pair:
            bits = atom.bits(column, cut)
            return Pair(bits, bits)

        return self._once((name, atom), step)

    def _sense(self, name: str, since: bool) -> int:
        """Where a column says something that can be compared: told, no monstrous number, no start still to come."""
        column = self.columns[name]
        bounds = _bounds(column, self.on if since else None)

        def step(_: Slots, cut: slice) -> Pair:
            good = None if column.known is None else column.known[cut]
            if bounds is not None:
                values = column.values[cut]
                inside = (values >= bounds[0]) & (values <= bounds[1])
                good = inside if good is None else good & inside
            bits = _same(cut, True) if good is None else np.packbits(good)
            return Pair(bits, bits)

        return self._once(("sense", name, since), step)

    def _share(self, test: Test) -> int:
        part, whole, share = self.column(test.fact), self.column(test.of), self.value(test.value)
        if part is None or whole is None or share is None:
            return self._nobody_knows()
        told = self.all_of([self._sense(self.name(test.fact), False), self._sense(self.name(test.of), False)])

        def step(slots: Slots, cut: slice) -> Pair:
            found = share_bits(test.op, part, whole, share, cut)
            if found is None:
                return Pair(_same(cut, False), _same(cut, True))
            so, sense = found
            known = sense & slots[told].yes
            return Pair(so & known, so | ~known)

        return self._once(("share", self.name(test.fact), self.name(test.of), test.op, share), step)

    def _band(self, test: Test) -> int:
        """Yes when every band one can be in is among those wanted, no when none is."""
        bands = self._rule.bands if self._rule is not None else ()
        wanted = test.value if isinstance(test.value, frozenset) else frozenset((test.value,))
        inside = tuple(band.name in wanted for band in bands)
        held = tuple(self.bands(bands))
        return self._once(("band", inside, held), lambda slots, cut: _within(inside, [slots[one] for one in held], cut))

    def bands(self, bands: Sequence[Band]) -> list[int]:
        """The slots of the conditions of bands; `possible_rows` makes of them who can be in which."""
        return [self.all_of([self.add(one) for one in band.when]) for band in bands]


def possible_rows(bands: Sequence[Pair], cut: slice) -> list[Bits]:
    """Who can be in each band, and last who can be in none."""
    still = _same(cut, True)
    found = []
    for band in bands:
        found.append(band.maybe & still)
        still = still & ~band.yes
    return [*found, still]


def _within(inside: Sequence[bool], bands: Sequence[Pair], cut: slice) -> Pair:
    rows = possible_rows(bands, cut)
    nobody = _same(cut, False)
    can = reduce(_OR, [row for row, wanted in zip(rows, inside, strict=False) if wanted], nobody)
    cannot = reduce(_OR, [row for row, wanted in zip(rows, (*inside, False), strict=True) if not wanted], nobody)
    return Pair(~cannot, can)


def _compared(join: str, atoms: Sequence[tuple[int, bool]], sense: int, slots: Slots, cut: slice) -> Pair:
    rows = [~slots[slot].yes if reverse else slots[slot].yes for slot, reverse in atoms]
    so = reduce(_AND if join == "all" else _OR, rows) if rows else _same(cut, False)
    known = slots[sense].yes
    return Pair(so & known, so | ~known)


def _reversed(pair: Pair) -> Pair:
    return Pair(~pair.maybe, ~pair.yes)


def _everybody(cut: slice, yes: bool) -> Pair:
    return Pair(_same(cut, yes), _same(cut, yes))


def _same(cut: slice, yes: bool) -> Bits:
    """The same bit for everybody of a cut."""
    return np.full(size(cut), 255 if yes else 0, np.uint8)


def _bounds(column: Column, on: date | None) -> tuple[int, int] | None:
    """Between which values a column can be compared; None where all of its values are."""
    if column.type in SUMS:
        low, high = -NUMBER_MOST, NUMBER_MOST
    elif column.type in DAYS and on is not None:
        low, high = 0, on.toordinal()
    else:
        return None
    values = column.values
    inside = not len(values) or (int(values.min()) >= low and int(values.max()) <= high)
    return None if inside else (low, high)
