"""Rules as a program over rows of bits: each distinct comparison, and each distinct group, is reckoned once.

A program is a list of steps; each writes one slot from slots above it. It runs over one cut of the people after
another, so that all of its rows stay within the cache.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from functools import reduce

import numpy as np

from baiying.engine.rules.atoms import Atom, Bits, Pair, parted, raw_of, share_bits
from baiying.engine.rules.columns import DAYS, SUMS, Column, Columns
from baiying.engine.rules.language import BAND, ROUND_OPEN, Band, Condition, Ref, Rule, Share, Test
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
            return self._once(("all",), lambda _, cut: _both(_same(cut, how == "all")))

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
        told = known = self._told(name)
        if test.unit and self.columns[name].type in DAYS:  # a start still to come makes no sense
            come = self._atom(name, Atom(test.fact, "least", self.on.toordinal() + 1))
            known = self._once(("begun", told, come), lambda slots, _: _both(slots[told].yes & ~slots[come].yes))
        key = ("test", raw.join, *atoms, known)
        return self._once(key, lambda slots, cut: _compared(raw.join, atoms, slots[known].yes, slots, cut))

    def _atom(self, name: str, atom: Atom) -> int:
        """The raw bits of one atom, once for all tests that need them."""
        column = self.columns[name]
        return self._once((name, atom.how, atom.value), lambda _, cut: _both(atom.bits(column, cut)))

    def _told(self, name: str) -> int:
        """Of whom a column says something."""
        known = self.columns[name].known
        if known is None:
            return self._once(("told",), lambda _, cut: _both(_same(cut, True)))
        return self._once(("told", name), lambda _, cut: _both(np.packbits(known[cut])))

    def _share(self, test: Test) -> int:
        part, whole, share = self.column(test.fact), self.column(test.of), self.value(test.value)
        if part is None or whole is None or not isinstance(share, Share) or {part.type, whole.type} - set(SUMS):
            return self._nobody_knows()
        names = self.name(test.fact), self.name(test.of)
        sense = self.all_of([
            *(self._told(name) for name in names),
            self._atom(names[0], Atom(names[0], "least", 0)), self._atom(names[1], Atom(names[1], "least", 1)),
            self._once(("parted", *names), lambda _, cut: _both(parted(part, whole, cut))),
        ])  # fmt: skip

        def step(slots: Slots, cut: slice) -> Pair:
            so, known = share_bits(test.op, part, whole, share, cut), slots[sense].yes
            return Pair(so & known, so | ~known)

        return self._once(("share", *names, test.op, share), step)

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


def _compared(join: str, atoms: Sequence[tuple[int, bool]], known: Bits, slots: Slots, cut: slice) -> Pair:
    rows = [~slots[slot].yes if reverse else slots[slot].yes for slot, reverse in atoms]
    so = reduce(_AND if join == "all" else _OR, rows) if rows else _same(cut, False)
    return Pair(so & known, so | ~known)


def _reversed(pair: Pair) -> Pair:
    return Pair(~pair.maybe, ~pair.yes)


def _both(bits: Bits) -> Pair:
    return Pair(bits, bits)


def _same(cut: slice, yes: bool) -> Bits:
    """The same bit for everybody of a cut."""
    return np.full(size(cut), 255 if yes else 0, np.uint8)
