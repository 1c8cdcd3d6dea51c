"""A third evaluator, as plain as can be: it reads the tables of TOML as they stand and shares no code with the others.

Slow on purpose. Where it differs from `engine.rules`, one of the two is wrong.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

Table = Mapping[str, Any]
HUGE = 10_000_000_000_000  # fen, or whatever is counted: nobody's
GROUPS = ("any", "all", "none")
OPS = ("is", "in", "any_of", "has", "at_least", "at_most", "above", "below", "between", "within")
YES, NO, ASK = "yes", "no", "ask"


@dataclass(frozen=True)
class World:
    """What is the same for everybody: the day, the lines as tables, the types of facts."""

    on: date
    lines: Mapping[str, Table]
    types: Mapping[str, str]


@dataclass
class Verdict:
    """What one rule says of one person. A sum that nobody can tell is None."""

    answer: str
    now: str
    band: str
    missing: set[str] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)
    amounts: dict[str, int | None] = field(default_factory=dict)
    total: int | None = 0  # of what she gets


def verdict(table: Table, facts: Table, world: World) -> Verdict:
    """Judge a person by the table of a rule."""
    return _Reader(table, facts, world).verdict()


class _Reader:
    def __init__(self, table: Table, facts: Table, world: World) -> None:
        self.table, self.facts, self.world = table, facts, world
        self.hers: set[str] = set()  # items that she pays
        self.truths: dict[int, str] = {}  # by the place in memory of the condition

    def verdict(self) -> Verdict:
        said = [self.truth(one) for one in self.table.get("who", [])]
        answer = _all(said) if "self" in self.table.get("for", ["self"]) else NO
        bands = self.bands()
        found = Verdict(answer, NO, bands[0] if len(bands) == 1 else "")
        if answer == ASK:
            for one in self.table.get("who", []):
                for fact, line in self.open(one):
                    found.missing |= {fact} - {""}
                    found.lines |= {line} - {""}
        found.amounts = self.amounts()
        sums = [fen for item, fen in found.amounts.items() if item not in self.hers]
        found.total = None if None in sums else sum(fen or 0 for fen in sums)
        found.now = _all([answer, self.window(), *(_not(self.reached(one)) for one in self.table.get("limit", []))])
        return found

    def fact(self, name: str) -> Any:
        """What is known of a fact; of this rule before in general. A number beyond all measure says nothing."""
        if name.startswith("used.") or name == "round.open":
            own = _sane(self.facts.get(name + ":" + self.table["id"]))
            return _sane(self.facts.get(name)) if own is None else own
        return _sane(self.facts.get(name))

    def line(self, name: str, seen: Sequence[str] = ()) -> Any:
        """The raw value of a line on the day, or None."""
        one = self.world.lines[name]
        if "of" in one:
            base = self.line(one["of"])
            return None if base is None else _half_up(base * _fraction(one["times"]))
        best = None
        for value in one["values"]:
            if value["since"] <= self.world.on <= value.get("until", date.max):
                if best is None or value["since"] > best["since"]:
                    best = value
        return None if best is None else best["rows"] if "rows" in best else best["value"]

    def value(self, value: Any) -> Any:
        return self.line(value[1:]) if isinstance(value, str) and value.startswith("@") else value

    # Conditions

    def truth(self, one: Table) -> str:
        if id(one) not in self.truths:
            self.truths[id(one)] = self.judged(one)
        return self.truths[id(one)]

    def judged(self, one: Table) -> str:
        for how in GROUPS:
            if how in one:
                inner = [self.truth(each) for each in one[how]]
                return _all(inner) if how == "all" else _any(inner) if how == "any" else _not(_any(inner))
        op = next(op for op in OPS if op in one)
        if one["fact"] == "case.band":
            wanted = one[op] if isinstance(one[op], list) else [one[op]]
            return _all_same([YES if name in wanted else NO for name in self.bands()])
        fact, value = self.fact(one["fact"]), self.value(one[op])
        if fact is None or value is None:
            return ASK
        if "of" in one:
            return self.share(op, fact, self.fact(one["of"]), value)
        return self.compared(self.world.types[one["fact"]], op, fact, value)

    def share(self, op: str, part: Any, whole: Any, share: Any) -> str:
        if whole is None or not 0 <= part <= whole or whole == 0:
            return ASK
        return _ordered(op, Fraction(part, whole), _fraction(share))

    def compared(self, type_: str, op: str, fact: Any, value: Any) -> str:
        on = self.world.on
        if type_ in ("yesno", "choice"):
            return _said(fact == value if op == "is" else fact in value)
        if type_ == "set":
            held = [one in fact for one in value]
            return _said(any(held) if op == "any_of" else all(held))
        if type_ in ("years", "months"):
            if fact > on:
                return ASK
            return _ordered(op, _age(fact, on, 12 if type_ == "years" else 1), value)
        if op == "within":
            first, last = _back(on, value)
            return _said(first <= fact <= last)
        return _said(fact == value) if op == "is" else _ordered(op, fact, value)

    def bands(self) -> list[str]:
        """The bands that are still possible; "" is none of them."""
        found = []
        for band in self.table.get("band", []):
            said = _all([self.truth(one) for one in band["when"]])
            if said != NO:
                found.append(band["name"])
            if said == YES:
                return found
        return [*found, ""]

    def open(self, one: Table) -> Iterator[tuple[str, str]]:
        """What would settle a condition: a fact, or a line."""
        if self.truth(one) != ASK:
            return
        for how in GROUPS:
            for each in one.get(how, []):
                yield from self.open(each)
        if "fact" not in one:
            return
        if one["fact"] == "case.band":
            possible = self.bands()
            for band in self.table["band"]:
                for each in band["when"] if band["name"] in possible and len(possible) > 1 else []:
                    yield from self.open(each)
            return
        value = next(one[op] for op in OPS if op in one)
        if isinstance(value, str) and value.startswith("@") and self.line(value[1:]) is None:
            yield "", value[1:]
            return
        names = [one["fact"], *([one["of"]] if "of" in one else [])]
        untold = [name for name in names if self.fact(name) is None]
        for name in untold or names:
            yield name, ""

    # Amounts

    def amounts(self) -> dict[str, int | None]:
        found: dict[str, int | None] = {}
        for one in self.table.get("amount", []):
            said = _all([self.truth(each) for each in one.get("when", [])])
            if one["item"] in found or self.world.on < one.get("since", date.min) or said == NO:
                continue
            self.hers |= {one["item"]} if one.get("payer") == "asker" else set()
            outdated = self.world.on > one.get("until", date.max)
            found[one["item"]] = None if said == ASK or outdated else self.reckoned(one, found)
        for limit in self.table.get("limit", []):
            if "most" in limit and found:
                self.capped(limit, found)
        return found

    def reckoned(self, one: Table, before: Mapping[str, int | None]) -> int | None:
        if "share" in one:
            return self.part(one, before)
        base: int | None = self.row(one) if "row" in one else self.value(one.get("value", 0))
        if "each" not in one or base is None:
            return base
        units = self.whole(one["each"])
        if units is None:
            return None
        units = min(max(0, units - one.get("skip", 0)), one.get("most_each", HUGE))
        return base * units if base * units <= HUGE else None

    def row(self, one: Table) -> int | None:
        told = [self.fact(name) for name in one["row"]]
        for row in self.value(one["value"]) or []:
            if all(type(a) in (str, int) and str(a) == str(b) for a, b in zip(told, row[:-1], strict=True)):
                return int(row[-1])
        return None

    def part(self, one: Table, before: Mapping[str, int | None]) -> int | None:
        if one["of"].startswith("amount."):
            name = one["of"][len("amount."):]
            if name not in before:
                return 0
            whole = before[name]
        else:
            whole = self.whole(one["of"])
        parts = [self.value(one["share"]), *(self.value(one.get(word, 0)) for word in ("over", "least", "most"))]
        if whole is None or None in parts:
            return None
        share, over, least, most = parts
        if whole <= over:
            return 0
        fen = max(int(least), _half_up((whole - over) * _fraction(share)))
        return min(fen, int(most)) if "most" in one else fen

    def whole(self, name: str) -> int | None:
        told = self.fact(name)
        return told if type(told) is int else None

    def capped(self, limit: Table, found: dict[str, int | None]) -> None:
        said, used = _all([self.truth(one) for one in limit.get("when", [])]), self.used(limit)
        if said == NO:
            return
        for item in dict.fromkeys(one["item"] for one in self.table["amount"] if one["item"] in found):
            fen = found[item]
            if item in self.hers or not fen:
                continue
            if said == ASK or used is None:
                found[item] = None
            else:
                found[item] = min(fen, max(0, limit["most"] - used))
                used += found[item] or 0

    # Limits and windows

    def used(self, limit: Table) -> int | None:
        of = limit.get("of", "person")
        name = f"used.{'' if of == 'person' else of + '_'}{'money' if 'most' in limit else 'times'}_{limit['per']}"
        told = self.whole(name + ":" + limit["not_with"] if "not_with" in limit else name)
        return told if told is not None and told >= 0 else None

    def reached(self, limit: Table) -> str:
        said, used = _all([self.truth(one) for one in limit.get("when", [])]), self.used(limit)
        full = ASK if used is None else _said(used >= limit.get("most", limit.get("times", 1)))
        return _all([said, full])

    def window(self) -> str:
        window = self.table.get("window", {})
        if window.get("round"):
            told = self.fact("round.open")
            return ASK if told is None else _said(told)
        opens, closes, on = window.get("opens", date.min), window.get("closes", date.max), self.world.on
        if isinstance(opens, str):
            today = on.strftime("%m-%d")
            return _said(opens <= today <= closes if opens <= closes else not closes < today < opens)
        return _said(opens <= on <= closes)


def _sane(told: Any) -> Any:
    return None if type(told) is int and not -HUGE <= told <= HUGE else told


def _said(value: bool) -> str:
    return YES if value else NO


def _not(said: str) -> str:
    return {YES: NO, NO: YES, ASK: ASK}[said]


def _all(said: Sequence[str]) -> str:
    return NO if NO in said else ASK if ASK in said else YES


def _any(said: Sequence[str]) -> str:
    return YES if YES in said else ASK if ASK in said else NO


def _all_same(said: Sequence[str]) -> str:
    return said[0] if len(set(said)) == 1 else ASK


def _ordered(op: str, left: Any, right: Any) -> str:
    if op == "between":
        return _said(left >= right[0] and left <= right[1])
    held = {"at_least": left >= right, "at_most": left <= right, "above": left > right, "below": left < right}
    return _said(held[op])


def _fraction(share: Any) -> Fraction:
    return Fraction(share) if isinstance(share, str) else Fraction(str(share))


def _half_up(value: Fraction) -> int:
    return int((value + Fraction(1, 2)) // 1)


def _later(day: date, months: int) -> date:
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _age(start: date, on: date, months: int) -> int:
    """Whole years (12 months) or months: how many of them end on this day or before."""
    age = max(0, ((on.year - start.year) * 12 + on.month - start.month) // months - 1)
    while _later(start, (age + 1) * months) <= on:
        age += 1
    return age


def _back(on: date, words: str) -> tuple[date, date]:
    """The days within a span back from this day."""
    if words.endswith(" year") and words[0] in "tl":
        year = on.year - (words == "last year")
        return date(year, 1, 1), min(on, date(year, 12, 31))
    count, unit = words.split()
    if unit.startswith("day"):
        return on - timedelta(int(count)), on
    months = int(count) * (12 if unit.startswith("year") else 1)
    first = on - timedelta(31 * months + 31)
    while _later(first, months) < on:
        first += timedelta(1)
    return first, on
