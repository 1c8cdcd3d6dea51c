"""What comes out of a clock: the due day, the first late instant, and on demand the reason for every day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from .calendar import Calendar
from .moments import midnight
from .pauses import Standstill
from .rules import Rule


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of an explanation: did it count, and which law or rule says so (English, Chinese)."""

    date: date
    counted: bool
    why: str
    why_zh: str


@dataclass(frozen=True, slots=True)
class Leg:
    """One rule's stretch of a clock, as ordinals: `after` is the day not counted, `last` the last day (None: not known
    while a pause lasts). An hour rule has its instants too."""

    rule: Rule
    after: int
    last: int | None
    begins: datetime | None = None
    ends: datetime | None = None

    @property
    def end(self) -> datetime | int | None:
        return self.ends if self.rule.unit == "hour" else self.last


@dataclass(frozen=True, slots=True)
class Course:
    """How a clock ran: all that its explanation needs."""

    legs: tuple[Leg, ...]
    due: int | None
    calendar: Calendar
    standstill: Standstill


@dataclass(frozen=True)
class Reckoning:
    """The outcome of a rule from a start under one version of the calendar.

    due_on       the last day in time (for an hour rule the day of `due_at`); None while nothing runs out
    due_at       the first late instant, with Shanghai's offset: 00:00 after `due_on`, or the instant after the hours
    provisional  a calendar that is not yet published can still change the due day; `notes` says which
    days         the explanation, day by day in the order of counting; made when first asked for
    """

    due_on: date | None
    due_at: datetime | None
    provisional: bool
    calendar_version: str
    notes: tuple[str, ...] = ()
    notes_zh: tuple[str, ...] = ()
    explain: Callable[[], tuple[DayLine, ...]] = field(default=tuple, repr=False, compare=False)

    @cached_property
    def days(self) -> tuple[DayLine, ...]:
        return self.explain()


def end_of(ordinal: int) -> tuple[date, datetime]:
    """The date of this ordinal, and the first instant after it."""
    day = date.fromordinal(ordinal)
    return day, midnight(day + timedelta(days=1))


def to_json(reckoning: Reckoning) -> dict[str, Any]:
    """The reckoning as plain values; dates and instants in ISO 8601."""
    return {
        "due_on": reckoning.due_on and reckoning.due_on.isoformat(),
        "due_at": reckoning.due_at and reckoning.due_at.isoformat(),
        "days": [
            {"date": line.date.isoformat(), "counted": line.counted, "why": line.why, "why_zh": line.why_zh}
            for line in reckoning.days
        ],
        "provisional": reckoning.provisional,
        "notes": list(reckoning.notes),
        "notes_zh": list(reckoning.notes_zh),
        "calendar": reckoning.calendar_version,
    }
