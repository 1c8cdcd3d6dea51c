"""Weeks, months, quarters and years as pairs of days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class Period:
    """From its first day up to, not including, the day after its last one."""

    since: date
    until: date
    kind: str

    @property
    def key(self) -> str:
        """How an address names it: 2026, 2026-Q3, 2026-09, 2026-W36."""
        if self.kind == "year":
            return f"{self.since.year}"
        if self.kind == "quarter":
            return f"{self.since.year}-Q{self.since.month // 3 + 1}"
        if self.kind == "month":
            return f"{self.since:%Y-%m}"
        year, week, _ = self.since.isocalendar()
        return f"{year}-W{week:02}"


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number + 1, 1, 1), "year")


def quarter(of: date) -> Period:
    first = date(of.year, (of.month - 1) // 3 * 3 + 1, 1)
    return Period(first, (first + timedelta(days=93)).replace(day=1), "quarter")


def month(of: date) -> Period:
    first = of.replace(day=1)
    return Period(first, (first + timedelta(days=31)).replace(day=1), "month")


def week(of: date) -> Period:
    monday = of - timedelta(days=of.weekday())
    return Period(monday, monday + timedelta(days=7), "week")


def year_of(of: date) -> Period:
    return year(of.year)


KINDS: Mapping[str, Callable[[date], Period]] = {"week": week, "month": month, "quarter": quarter, "year": year_of}


def months_of(whole: Period) -> list[Period]:
    """The months of a quarter or a year."""
    found = [month(whole.since)]
    while found[-1].until < whole.until:
        found.append(month(found[-1].until))
    return found


def quarters_until(day: date, count: int) -> list[Period]:
    """The last ``count`` quarters that were over before ``day``, oldest first."""
    found: list[Period] = []
    after = quarter(day).since
    while len(found) < count:
        found.append(quarter(after - timedelta(days=1)))
        after = found[-1].since
    return found[::-1]


def last_quarter(day: date) -> Period:
    """The last quarter that is over."""
    return quarters_until(day, 1)[0]


def latest(kind: str, day: date, count: int) -> list[Period]:
    """The last ``count`` weeks, months, quarters or years, the one that runs included, oldest first."""
    found = [KINDS[kind](day)]
    while len(found) < count:
        found.append(KINDS[kind](found[-1].since - timedelta(days=1)))
    return found[::-1]


def months_until(day: date, count: int) -> list[date]:
    """The first days of the ``count`` whole months before the month of ``day``, oldest first."""
    last = day.year * 12 + day.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last - count, last)]


def read_period(typed: str, among: list[Period]) -> Period | None:
    """The period that an address names, if it is one of these."""
    return next((one for one in among if one.key == typed), None)


def period_of(kind: str, key: str) -> Period | None:
    """The period that an address names by kind and key, whenever it was."""
    number, _, part = key.partition("-")
    try:
        if kind == "week":
            found = week(date.fromisocalendar(int(number), int(part.removeprefix("W")), 1))
        elif kind == "quarter":
            found = quarter(date(int(number), int(part.removeprefix("Q")) * 3, 1))
        else:
            found = KINDS[kind](date(int(number), int(part or 1), 1))
    except (KeyError, ValueError, OverflowError):
        return None
    return found if found.key == key else None


def running(kind: str, day: date) -> Period | None:
    """The period of this kind that a day lies in."""
    return KINDS[kind](day) if kind in KINDS else None
