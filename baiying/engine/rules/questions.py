"""What to ask next: only facts that can still change an answer, first the one that settles most.

Each fact is tried with a value on every side of every comparison that looks at it; what it settles is counted over
these values, each as likely as the next. How people are spread is not known, so nothing is assumed of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from baiying.engine.rules.days import recent
from baiying.engine.rules.language import BAND, Condition, Facts, Group, Ref, Rule, Span, Test, Value
from baiying.engine.rules.lines import Lines, LineValue
from baiying.engine.rules.logic import Person, all_hold, opened

ONE_MORE = {"above", "at_most"}  # these turn one above their value
BOTH = {"is", "between"}


class Question(NamedTuple):
    """One fact that is not known. `settles`: how many rules an answer settles on average; `rules`: those that wait."""

    fact: str
    settles: float
    rules: tuple[str, ...]


def questions(
    rules: Sequence[Rule], facts: Facts, lines: Lines, on: date, askable: Container[str] | None = None
) -> list[Question]:
    """The facts that can still change the answer of a rule, first what settles most; of the like, what more wait for.

    `askable`: the facts that can be asked at all; None: every one.
    """
    person = Person(facts, lines, on)
    waiting: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        for fact in _missing(rule, person):
            if askable is None or fact in askable:
                waiting[fact].append(rule)
    found = [
        Question(fact, _settled(fact, held, facts, person), tuple(rule.id for rule in held))
        for fact, held in waiting.items()
    ]
    return sorted(found, key=lambda one: (-one.settles, -len(one.rules), one.fact))


def _missing(rule: Rule, person: Person) -> tuple[str, ...]:
    """The facts that keep a rule from its answer."""
    person.take(rule)
    conditions = [one.when for one in rule.requirements]
    return opened(conditions, person).facts if all_hold(conditions, person) is None else ()


def _settled(fact: str, rules: Sequence[Rule], facts: Facts, person: Person) -> float:
    """How many of these rules a value of the fact settles, on average over values on every side."""
    values = list(_values(fact, rules, person))
    count = 0
    for value in values:
        told = Person({**facts, fact: value}, person.lines, person.on)
        for rule in rules:
            told.take(rule)
            count += all_hold([one.when for one in rule.requirements], told) is not None
    return count / len(values) if values else 0.0


def _values(fact: str, rules: Sequence[Rule], person: Person) -> Iterator[Value]:
    """A value on every side of every comparison with this fact."""
    numbers: set[int] = set()
    days: set[int] = set()
    chosen: set[str] = set()
    kinds: set[str] = set()
    for rule in rules:
        for test in _tests(rule):
            if fact in (test.fact, test.of):
                value = person.line(test.value.name) if isinstance(test.value, Ref) else test.value
                kinds.add(_sides(test, value, person.on, numbers, days, chosen))
    if "yesno" in kinds:
        yield from (True, False)
    if numbers:
        yield from sorted({min(numbers) - 1, *numbers})
    for day in sorted({min(days) - 1, *days}) if days else ():
        yield date.fromordinal(max(1, day))
    if "choice" in kinds:
        yield from (*sorted(chosen), "")
    if "set" in kinds:
        yield from (frozenset(chosen), *(frozenset((one,)) for one in sorted(chosen)), frozenset())


def _sides(
    test: Test, value: LineValue | object, on: date, numbers: set[int], days: set[int], chosen: set[str]
) -> str:
    """Where a comparison turns, written into the fitting set; the kind of value it needs where that has no order."""
    if test.op in ("any_of", "has"):
        chosen |= value if isinstance(value, frozenset) else set()
        return "set"
    if isinstance(value, bool):
        return "yesno"
    if isinstance(value, str | frozenset):
        chosen |= {value} if isinstance(value, str) else value
        return "choice"
    if isinstance(value, Span):
        first, last = recent(on, value.length, value.unit)
        days |= {first, last + 1}
    elif test.of:
        numbers |= {0, 1}
    else:
        first, last = value if isinstance(value, tuple) else (value, value)
        for end, more in ((first, test.op in ONE_MORE), (last, test.op in BOTH or test.op in ONE_MORE)):
            if isinstance(end, date):
                days.add((end + timedelta(more)).toordinal())
            elif isinstance(end, int):
                numbers.add(end + more)
    return ""


def _tests(rule: Rule) -> Iterator[Test]:
    for one in rule.requirements:
        yield from _in(one.when)
    for band in rule.bands:
        for condition in band.when:
            yield from _in(condition)


def _in(condition: Condition) -> Iterator[Test]:
    if isinstance(condition, Group):
        for one in condition.of:
            yield from _in(one)
    elif condition.fact != BAND:
        yield condition
