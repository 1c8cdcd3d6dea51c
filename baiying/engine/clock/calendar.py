"""The working-day calendar: the State Council's days off (放假) and make-up working days (调休), in versions.

A calendar is immutable. Its version is a hash of its content, so a stored due date can say by which calendar it was
reckoned. Beyond its published years every Monday to Friday is assumed to be a working day, and whoever leans on such a
day is told so (see `Calendar.firm_until`).

Day arithmetic works on proleptic ordinals (`date.toordinal`): ordinal 1 was a Monday.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

from .faults import ClockError

# The notice for a year also moves days of the December before it: 2007, 2011, 2018, 2023 (earliest so far: the 29th).
FIRST_DECEMBER_DAY_OF_NEXT_NOTICE = 29

# Off in every year since the table begins (全国年节及纪念日放假办法 art. 2): a year's file without them is not whole.
ALWAYS_OFF = ((1, 1), (5, 1), (10, 1))


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """One day: whether it is a working day, and the holiday it belongs to (also for a make-up working day)."""

    date: date
    working: bool
    name: str = ""
    name_en: str = ""

    @property
    def weekend(self) -> bool:
        return self.date.weekday() >= 5

    @property
    def makeup(self) -> bool:
        """A Saturday or Sunday worked in place of a day off."""
        return self.working and self.weekend


@dataclass(frozen=True)
class Calendar:
    """Published years without a gap. `days` holds only days off and make-up days; all others follow the week.

    `days` may begin in the December before `first_year`, where the notice for a year moves days of the year before;
    such days take effect when this calendar is merged into one that knows that December.
    """

    first_year: int
    last_year: int
    days: tuple[Day, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "days", tuple(sorted(self.days)))
        check_days(self.first_year, self.last_year, self.days)

    @cached_property
    def version(self) -> str:
        """SHA-256 (first 16 hex digits) of the years and of every special day."""
        lines = [f"{self.first_year}-{self.last_year}"]
        lines += [f"{day.date}|{day.working:d}|{day.name}|{day.name_en}" for day in self.days]
        return sha256("\n".join(lines).encode()).hexdigest()[:16]

    @cached_property
    def firm_from(self) -> int:
        """Ordinal of the first day that no unpublished notice can change."""
        return date(self.first_year, 1, 1).toordinal()

    @cached_property
    def firm_until(self) -> int:
        """Ordinal of the last day that no unpublished notice can change: 28 December of the last published year."""
        return date(self.last_year, 12, FIRST_DECEMBER_DAY_OF_NEXT_NOTICE).toordinal() - 1

    def is_firm(self, first: int, last: int) -> bool:
        """Whether all days of these ordinals, both included, are published for good."""
        return self.firm_from <= first and last <= self.firm_until

    def day(self, on: date) -> Day:
        """What this day is; outside the published years, what its weekday says."""
        special = self._special.get(on)
        return special if special is not None else Day(on, on.weekday() < 5)

    def is_working(self, ordinal: int) -> bool:
        return self.rank(ordinal) > self.rank(ordinal - 1)

    def rank(self, ordinal: int) -> int:
        """How many working days the table has up to this day, this day included; below 1 before the table begins.

        Two ranks differ by the working days between their days, without a loop over them.
        """
        working, before, through = self._table
        if ordinal < self.firm_from:
            return _weekdays_until(ordinal) - before
        if ordinal <= self._last_day:
            return bisect_right(working, ordinal)
        return len(working) + _weekdays_until(ordinal) - through

    def at_rank(self, rank: int) -> int:
        """The ordinal of the working day with this rank: the inverse of `rank`."""
        working, before, through = self._table
        if rank < 1:
            return _weekday_number(before + rank)
        if rank <= len(working):
            return working[rank - 1]
        return _weekday_number(through + rank - len(working))

    def working_day_from(self, ordinal: int) -> int:
        """This day if it is a working day, else the next one."""
        return self.at_rank(self.rank(ordinal - 1) + 1)

    def merged(self, newer: Calendar) -> Calendar:
        """A calendar with the years of both; where both know a day, `newer` says what it is.

        Raises ClockError when a year between them would be missing.
        """
        if newer.first_year > self.last_year + 1 or newer.last_year < self.first_year - 1:
            raise ClockError(
                f"The calendar holds {self.first_year}-{self.last_year} and the new one {newer.first_year}-"
                f"{newer.last_year}: the years between are missing.",
                f"现有日历为{self.first_year}—{self.last_year}年，新日历为{newer.first_year}—{newer.last_year}年，中间缺年份。",
            )
        told_anew = {day.date for day in newer.days}
        kept = [
            day
            for day in self.days
            if day.date not in told_anew and not newer.first_year <= day.date.year <= newer.last_year
        ]
        first, last = min(self.first_year, newer.first_year), max(self.last_year, newer.last_year)
        return Calendar(first, last, (*kept, *newer.days))

    @cached_property
    def _special(self) -> dict[date, Day]:
        return {day.date: day for day in self.days if day.date.year >= self.first_year}

    @cached_property
    def _last_day(self) -> int:
        return date(self.last_year, 12, 31).toordinal()

    @cached_property
    def _table(self) -> tuple[list[int], int, int]:
        """Ordinals of all working days of the published years; weekdays (since ordinal 1) before and through them."""
        special = {on.toordinal(): day.working for on, day in self._special.items()}
        everyday = range(self.firm_from, self._last_day + 1)
        working = [ordinal for ordinal in everyday if special.get(ordinal, ordinal % 7 not in (6, 0))]
        return working, _weekdays_until(self.firm_from - 1), _weekdays_until(self._last_day)


def check_days(first_year: int, last_year: int, days: Iterable[Day]) -> None:
    """Refuse what no calendar of the State Council can say, with a sentence that names the day."""
    if not 1 < first_year <= last_year < 9999:
        raise ClockError(
            f"A calendar cannot run from {first_year} to {last_year}.", f"日历年份{first_year}—{last_year}有误。"
        )
    earliest, seen = date(first_year - 1, 12, 1), set[date]()
    for day in days:
        if day.date in seen:
            raise ClockError(f"{day.date} stands in the calendar twice.", f"{day.date}在日历中出现两次。")
        seen.add(day.date)
        if day.working and not day.weekend:
            raise ClockError(
                f"{day.date} is given as a make-up working day, but it is not a Saturday or Sunday.",
                f"{day.date}被列为调休上班日，但当天不是周六或周日。",
            )
        if not earliest <= day.date <= date(last_year, 12, 31):
            raise ClockError(
                f"{day.date} lies outside the calendar's years {first_year}-{last_year}.",
                f"{day.date}不在日历年份{first_year}—{last_year}之内。",
            )
    off = {day.date for day in days if not day.working}
    for year in range(first_year, last_year + 1):
        for month, number in ALWAYS_OFF:
            if date(year, month, number) not in off:
                raise ClockError(
                    f"The calendar of {year} is not whole: {date(year, month, number)} is always a day off, "
                    "but it does not say so.",
                    f"{year}年的日历不完整：{month}月{number}日是法定节假日，但未列为放假。",
                )


def _weekdays_until(ordinal: int) -> int:
    """Mondays to Fridays from ordinal 1 (a Monday) to this one."""
    return ordinal // 7 * 5 + min(ordinal % 7, 5)


def _weekday_number(count: int) -> int:
    """The ordinal of the count-th Monday-to-Friday day since ordinal 1."""
    return (count - 1) // 5 * 7 + (count - 1) % 5 + 1
