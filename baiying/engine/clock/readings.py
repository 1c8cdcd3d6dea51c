"""Clocks made of several reckonings: a law read in two ways, and a rule that comes again and again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from .calendar import Calendar
from .counting import reckon
from .faults import ClockError
from .pauses import Extension, Pause
from .reckoning import Reckoning
from .rules import Rule


@dataclass(frozen=True, slots=True)
class Readings:
    """Two readings of one law: warn on the earlier, call it overdue only on the later, and print both."""

    earlier: Reckoning
    later: Reckoning

    @property
    def warn_on(self) -> date | None:
        return self.earlier.due_on

    @property
    def overdue_at(self) -> datetime | None:
        """The first instant that is late under both readings."""
        return self.later.due_at


def reckon_readings(
    rule: Rule,
    other: Rule,
    start: datetime | date,
    calendar: Calendar,
    *,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
) -> Readings:
    """Reckon both readings from the same start; a clock that stands still is the later one."""
    both = [reckon(one, start, calendar, pauses=pauses, extensions=extensions) for one in (rule, other)]
    both.sort(key=lambda one: (one.due_at is None, one.due_at and one.due_at.timestamp()))
    return Readings(*both)


def recurrences(rule: Rule, start: datetime | date, calendar: Calendar, times: int) -> Iterator[Reckoning]:
    """The first so many times of a recurring rule, all counted from the same start.

    So the 31st stays the 31st where a month has one, and a day that rolled once does not drag the following ones.
    """
    if rule.kind != "recurring":
        raise ClockError(
            f"A rule of kind {rule.kind} does not come again; its kind must be recurring.",
            f"种类为 {rule.kind} 的时限不重复；重复的时限种类须为 recurring。",
        )
    for time in range(1, times + 1):
        yield reckon(replace(rule, length=rule.length * time), start, calendar)
