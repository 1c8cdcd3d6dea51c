"""Cut-off days: how long ago a date must lie. Dates are compared with them, and never subtracted from one another.

Months and years end on the corresponding day, or on the last day of a month that has none (民法典 art. 202): who was
born on 29 February is a year older on 28 February of a common year.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import cache

MONTHS = {"months": 1, "years": 12}


@cache
def latest_start(on: date, length: int, unit: str) -> int:
    """The latest day (an ordinal) from which so many months or years are over on a day; 0 or the last day there is,
    where the calendar ends. Born on that day or before: so old, or older."""
    year, month = divmod(on.year * 12 + on.month - 1 - length * MONTHS[unit], 12)
    if year < date.min.year:
        return 0
    if year > date.max.year:
        return date.max.toordinal()
    last = monthrange(year, month + 1)[1]
    ends = on.day == monthrange(on.year, on.month)[1]  # then longer months before it end on it too
    return date(year, month + 1, last if ends else min(on.day, last)).toordinal()


@cache
def recent(on: date, length: int, unit: str) -> tuple[int, int]:
    """The first and the last day (ordinals) that are within a span back from this day, both in."""
    today = on.toordinal()
    if unit == "days":
        return today - length, today
    if unit in MONTHS:
        if today == 1:
            return 1, 1
        return latest_start(date.fromordinal(today - 1), length, unit) + 1, today
    year = on.year if unit == "this_year" else on.year - 1
    first = date(max(year, 1), 1, 1).toordinal()
    return first, min(date(max(year, 1), 12, 31).toordinal(), today)
