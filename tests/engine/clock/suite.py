"""The examples the product and the oracle must agree on, and a count of where they do not.

`disagreements` takes any function with the signature of `reckon`, so that the tests can hand it a faulty one.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from baiying.engine.clock import Calendar, Reckoning, Rule, calendar_from_folder
from tests.engine.clock import oracle
from tests.shared import CHECKOUT

Reckon = Callable[[Rule, datetime, Calendar], Reckoning]
LENGTHS = {"hour": 500, "calendar_day": 400, "working_day": 130, "month": 40, "year": 6}
KINDS = ("deadline", "deadline", "waiting", "validity", "limitation", "recurring")
FIRST, LAST = datetime.fromisoformat("2007-01-01T00:00"), datetime.fromisoformat("2026-12-31T23:59")


@dataclass(frozen=True)
class Example:
    rule: Rule
    start: datetime
    due_on: date
    due_at: datetime


@cache
def calendar() -> Calendar:
    """The calendar the product ships."""
    return calendar_from_folder(CHECKOUT / "catalogue" / "calendar")


def _example(rule: Rule, start: datetime) -> Example:
    return Example(rule, start, *oracle.last_instant(rule.length, rule.unit, start, rule.kind))


@cache
def sampled(count: int, seed: int = 201203) -> tuple[Example, ...]:
    """So many examples over 2007-2026, all units, many lengths, kinds and times of day; short lengths more often."""
    chance = random.Random(seed)
    minutes = int((LAST - FIRST) / timedelta(minutes=1))
    examples = []
    for _ in range(count):
        unit = chance.choice(tuple(LENGTHS))
        longest = min(LENGTHS[unit], 31) if chance.random() < 0.7 else LENGTHS[unit]
        start = FIRST + timedelta(minutes=chance.randint(0, minutes))
        examples.append(_example(Rule(chance.randint(1, longest), unit, chance.choice(KINDS)), start))
    return tuple(examples)


def every_day(*rules: Rule) -> Iterator[Example]:
    """Each rule from every day of 2007-2026."""
    day = FIRST
    while day <= LAST:
        for rule in rules:
            yield _example(rule, day.replace(hour=day.day % 24))
        day += timedelta(days=1)


def disagreements(reckon: Reckon, examples: Iterable[Example]) -> Iterator[str]:
    """A sentence for every example in which the product and the oracle differ."""
    for one in examples:
        told = reckon(one.rule, one.start, calendar())
        if (told.due_on, told.due_at) != (one.due_on, one.due_at):
            yield f"{one.rule} ({one.rule.kind}) from {one.start}: {told.due_at}, the oracle says {one.due_at}"
