"""One rule for many people with everything that `judge` says of each: who, which band, how much, what is missing.

For a preview of what a rule gives and costs, on columns; slower than `sweep`, which gives the answers of all rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from baiying.engine.rules.amounts import ITEM
from baiying.engine.rules.atoms import Bits
from baiying.engine.rules.columns import SUMS, Column, Columns
from baiying.engine.rules.language import BAND, NUMBER_MOST, Amount, Condition, Limit, Ref, Rule, Share, Test
from baiying.engine.rules.limits import used_fact
from baiying.engine.rules.lines import Lines
from baiying.engine.rules.program import Program, Slots, possible_rows

Bools = NDArray[np.bool_]
Fen = NDArray[np.int64]
UNCAPPED = 1 << 62


@dataclass(slots=True)
class Sums:
    """One item: who it holds for, or may hold for (`holds`); where it is known, how many fen; whose it is."""

    holds: Bools
    known: Bools
    fen: Fen
    hers: Bools  # a contribution that she pays


@dataclass(frozen=True, slots=True)
class Simulated:
    """What one rule gives to whom. Of each fact and line that is missing: whose answer it would settle."""

    yes: Bools
    unknown: Bools
    bands: Mapping[str, Bools]  # who surely is in which
    missing: Mapping[str, Bools]
    lines: Mapping[str, Bools]
    sums: Mapping[str, Sums] = field(default_factory=dict)

    @property
    def total(self) -> tuple[Fen, Bools]:
        """Fen that each gets, contributions of hers left aside, and whether they are known."""
        fen, known = np.zeros(len(self.yes), np.int64), np.ones(len(self.yes), bool)
        for one in self.sums.values():
            theirs = one.holds & ~one.hers
            fen += np.where(theirs & one.known, one.fen, 0)
            known &= one.known | ~theirs
        return fen, known


def simulate(rule: Rule, columns: Columns, people: int, lines: Lines, on: date) -> Simulated:
    """What a rule gives to these people on a day, on their own behalf."""
    return _Run(rule, columns, people, lines, on).whole()


class _Run:
    def __init__(self, rule: Rule, columns: Columns, people: int, lines: Lines, on: date) -> None:
        self.rule, self.people, self.on = rule, people, on
        self.program = Program(columns, lines, on)
        self.cut = slice(0, people)
        self.answer = self.program.answer(rule)
        self.band_slots = self.program.bands(rule.bands)
        conditional: list[Amount | Limit] = [*rule.amounts, *rule.limits]
        self.when = {one: self._slot(one.when) for one in conditional}
        self.parts = {part: self.program.add(part) for part in _parts(rule)}
        self.slots: Slots = self.program.run(self.cut)

    def whole(self) -> Simulated:
        yes, maybe = self._held(self.answer)
        if "self" not in self.rule.subjects:
            yes, maybe = np.zeros_like(yes), np.zeros_like(maybe)
        rows = [self._bools(row) for row in possible_rows([self.slots[one] for one in self.band_slots], self.cut)]
        count = np.sum(rows, axis=0)
        bands = {band.name: row & (count == 1) for band, row in zip(self.rule.bands, rows, strict=False)}
        opening = _Opening(self, rows, count > 1)
        for one in self.rule.requirements:
            opening.condition(one.when, maybe & ~yes)
        return Simulated(yes, maybe & ~yes, bands, opening.facts, opening.lines, self._sums())

    def number(self, fact: str) -> tuple[Fen, Bools]:
        """A fact as a number, and where it is one."""
        column = self.program.column(fact)
        if column is None or column.type not in SUMS:
            return np.zeros(self.people, np.int64), np.zeros(self.people, bool)
        known = told(column)
        return np.where(known, column.values.astype(np.int64), 0), known

    def _slot(self, conditions: Sequence[Condition]) -> int:
        return self.program.all_of([self.program.add(one) for one in conditions])

    def _held(self, slot: int) -> tuple[Bools, Bools]:
        return self._bools(self.slots[slot].yes), self._bools(self.slots[slot].maybe)

    def _bools(self, bits: Bits) -> Bools:
        return np.unpackbits(bits, count=self.people).astype(bool)

    def _sums(self) -> dict[str, Sums]:
        nobody, nothing = np.zeros(self.people, bool), np.zeros(self.people, np.int64)
        found = {amount.item: Sums(nobody, nobody, nothing, nobody) for amount in self.rule.amounts}
        for amount in self.rule.amounts:
            if amount.since is not None and self.on < amount.since:
                continue
            one = found[amount.item]
            yes, maybe = self._held(self.when[amount])
            taken = maybe & ~one.holds
            fen, known = self._reckoned(amount, found)
            found[amount.item] = Sums(
                one.holds | taken,
                one.known | (taken & yes & known),
                np.where(taken, np.where(yes & known, fen, 0), one.fen),
                np.where(taken, amount.hers, one.hers),
            )
        for limit in self.rule.limits:
            if limit.most and not limit.not_with:
                self._cap(limit, found)
        return found

    def _reckoned(self, amount: Amount, found: Mapping[str, Sums]) -> tuple[Fen, Bools]:
        if amount.until is not None and self.on > amount.until:
            return np.zeros(self.people, np.int64), np.zeros(self.people, bool)
        if amount.share is not None:
            return self._part(amount, found)
        base, known = self._row(amount) if amount.row else self._plain(0 if amount.value is None else amount.value)
        if not amount.each:
            return base, known
        each, sense = self.number(amount.each)
        units = np.maximum(0, each - amount.skip)
        if amount.most_each:
            units = np.minimum(units, amount.most_each)
        fits = units <= NUMBER_MOST // np.maximum(base, 1)
        return base * np.where(fits, units, 0), known & sense & fits

    def _plain(self, value: int | Ref) -> tuple[Fen, Bools]:
        held = self.program.value(value)
        known = type(held) is int
        return np.full(self.people, held if known else 0, np.int64), np.full(self.people, known)

    def _row(self, amount: Amount) -> tuple[Fen, Bools]:
        """The row of a table that their facts name."""
        held = self.program.value(amount.value)
        fen, known = np.zeros(self.people, np.int64), np.zeros(self.people, bool)
        for keys, value in held.items() if isinstance(held, Mapping) else ():
            row = np.full(self.people, len(keys) == len(amount.row))
            for name, key in zip(amount.row, keys, strict=False):
                row &= self._is(name, key)
            fen, known = np.where(row, value, fen), known | row
        return fen, known

    def _is(self, fact: str, key: str) -> Bools:
        """Where a fact is this key of a row."""
        column = self.program.column(fact)
        if column is None:
            return np.zeros(self.people, bool)
        if column.type == "choice" and key in column.choices:
            chosen: Bools = column.values == column.choices.index(key)
            return told(column) & chosen
        if column.type in SUMS and key.lstrip("-").isdecimal() and str(int(key)) == key:
            equal: Bools = column.values == int(key)
            return told(column) & equal
        return np.zeros(self.people, bool)

    def _part(self, amount: Amount, found: Mapping[str, Sums]) -> tuple[Fen, Bools]:
        """The share of a bill."""
        if amount.of.startswith(ITEM):
            other = found.get(amount.of.removeprefix(ITEM))
            if other is None:
                return np.zeros(self.people, np.int64), np.ones(self.people, bool)
            whole, known = np.where(other.holds, other.fen, 0), other.known | ~other.holds
            nothing = ~other.holds
        else:
            whole, known = self.number(amount.of)
            nothing = np.zeros(self.people, bool)
        share = self.program.value(amount.share)
        (over, a), (least, b) = self._plain(amount.over), self._plain(amount.least)
        most, c = self._plain(UNCAPPED if amount.most is None else amount.most)
        if not isinstance(share, Share):
            return np.zeros(self.people, np.int64), nothing
        above = np.maximum(0, whole - over)
        part = (2 * above * share.part + share.whole) // (2 * share.whole)
        fen = np.where(above > 0, np.minimum(np.maximum(least, part), most), 0)
        return np.where(nothing, 0, fen), (known & a & b & c) | nothing

    def _cap(self, limit: Limit, found: dict[str, Sums]) -> None:
        """What is left under a limit of money, item by item."""
        yes, maybe = self._held(self.when[limit])
        so_far, sense = self.number(used_fact(limit))
        clear = sense & (so_far >= 0) & yes
        left = np.maximum(0, limit.most - so_far)
        for item, one in found.items():
            under = maybe & one.holds & ~one.hers & one.known & (one.fen != 0)
            fen = np.where(under & clear, np.minimum(one.fen, left), one.fen)
            left = np.where(under & clear, left - fen, left)
            found[item] = Sums(one.holds, one.known & (~under | clear), fen, one.hers)


class _Opening:
    """Goes down the conditions with those whose answer is not known, as `logic.opened` does with one person."""

    def __init__(self, run: _Run, rows: Sequence[Bools], unclear: Bools) -> None:
        self.run, self.rows, self.unclear = run, rows, unclear
        self.facts: dict[str, Bools] = {}
        self.lines: dict[str, Bools] = {}

    def condition(self, condition: Condition, where: Bools) -> None:
        yes, maybe = self.run._held(self.run.parts[condition])
        open_ = where & maybe & ~yes
        if not open_.any():
            return
        if not isinstance(condition, Test):
            for one in condition.of:
                self.condition(one, open_)
        elif condition.fact == BAND:
            for band, row in zip(self.run.rule.bands, self.rows, strict=False):
                for one in band.when:
                    self.condition(one, open_ & row & self.unclear)
        else:
            self.test(condition, open_)

    def test(self, test: Test, open_: Bools) -> None:
        if isinstance(test.value, Ref) and self.run.program.value(test.value) is None:
            self._add(self.lines, test.value.name, open_)
            return
        names = (test.fact, test.of) if test.of else (test.fact,)
        there = {name: self._told(name) for name in names}
        all_told = np.logical_and.reduce(list(there.values()))
        for name, known in there.items():
            self._add(self.facts, name, open_ & (~known | all_told))

    def _told(self, name: str) -> Bools:
        column = self.run.program.column(name)
        return np.zeros(self.run.people, bool) if column is None else told(column)

    def _add(self, held: dict[str, Bools], name: str, where: Bools) -> None:
        if where.any():
            held[name] = held[name] | where if name in held else where


def told(column: Column) -> Bools:
    """Who told a fact."""
    return np.ones(len(column.values), bool) if column.known is None else column.known


def _parts(rule: Rule) -> list[Condition]:
    """Every condition of who gets it and of the bands, with those within it."""
    found: list[Condition] = []
    queue: list[Condition] = [one.when for one in rule.requirements] + [one for band in rule.bands for one in band.when]
    while queue:
        one = queue.pop()
        found.append(one)
        queue += [] if isinstance(one, Test) else list(one.of)
    return found
