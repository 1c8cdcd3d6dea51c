"""A second, slow way to count: one day (or hour) after the other, from the shared table, with nothing of the product.

It exists to disagree. It imports nothing from baiying and knows no arithmetic on dates but "the next day".
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta, timezone
from functools import cache

from tests.shared import shared

EAST_EIGHT = timezone(timedelta(hours=8))
ONE_DAY = timedelta(days=1)
ROLLED = ("deadline", "recurring", "limitation")


@cache
def published_days() -> Mapping[date, bool]:
    """Every day of 2004-2026: is it a working day?"""
    with gzip.open(shared("data/holidays/cn_calendar_2004_2026.csv.gz"), "rt", encoding="utf-8") as file:
        return {date.fromisoformat(row["date"]): row["is_workday"] == "1" for row in csv.DictReader(file)}


def works(day: date) -> bool:
    """Whether people work on this day; where nothing is published, by its weekday."""
    told = published_days().get(day)
    return day.weekday() < 5 if told is None else told


def is_corresponding(day: date, start: date) -> bool:
    """Whether `day` is, in its month, the day that corresponds to `start` (the month's last one if there is none)."""
    if day.day == start.day:
        return True
    ends_month = (day + ONE_DAY).month != day.month
    return ends_month and day.day < start.day


def counts(unit: str, day: date, start: date) -> bool:
    """Whether this day brings a clock of this unit one step on."""
    if unit == "calendar_day":
        return True
    if unit == "working_day":
        return works(day)
    if unit == "month":
        return is_corresponding(day, start)
    if unit == "year":
        return is_corresponding(day, start) and day.month == start.month
    raise AssertionError(unit)


def last_instant(
    length: int, unit: str, start: datetime, kind: str = "deadline", paused: Collection[date] = ()
) -> tuple[date, datetime]:
    """The due day and the first late instant of a rule of days, months, years or hours that counts forward.

    `paused` are days that do not count (for units of days only).
    """
    if unit == "hour":
        moment = start.replace(tzinfo=EAST_EIGHT)
        for _ in range(length):
            moment += timedelta(hours=1)
        return moment.date(), moment
    first = day = start.date()
    steps = 0
    while steps < length:
        day += ONE_DAY
        if day not in paused and counts(unit, day, first):
            steps += 1
    while kind in ROLLED and (not works(day) or day in paused):
        day += ONE_DAY
    after = day + ONE_DAY
    return day, datetime(after.year, after.month, after.day, tzinfo=EAST_EIGHT)


def latest_day_before(length: int, unit: str, event: date) -> date:
    """The latest day so many days before the event, walking back."""
    day, steps = event, 0
    while steps < length:
        day -= ONE_DAY
        if counts(unit, day, event):
            steps += 1
    return day
