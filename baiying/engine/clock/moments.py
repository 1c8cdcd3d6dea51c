"""Dates and instants as law counts them: in Shanghai, eight hours ahead of UTC."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


def in_shanghai(moment: datetime) -> datetime:
    """The instant on Shanghai's clock; a naive time is Shanghai's already."""
    return moment.replace(tzinfo=SHANGHAI) if moment.tzinfo is None else moment.astimezone(SHANGHAI)


def day_of(moment: date | datetime) -> date:
    """The Shanghai date of an instant, or the date itself."""
    return in_shanghai(moment).date() if isinstance(moment, datetime) else moment


def midnight(day: date) -> datetime:
    """00:00 at the beginning of this day in Shanghai."""
    return datetime.combine(day, time(), SHANGHAI)


def instant(moment: date | datetime) -> datetime:
    """The instant itself, or the beginning of the date."""
    return in_shanghai(moment) if isinstance(moment, datetime) else midnight(moment)


def months_away(day: date, months: int, on_day: int | None = None) -> date:
    """The corresponding day so many months on (or back); without one, the last day of that month (民法典 art. 202).

    `on_day` asks for another day of that month than the corresponding one.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    wanted = on_day or day.day
    if wanted > 28:
        wanted = min(wanted, monthrange(year, month + 1)[1])
    return date(year, month + 1, wanted)
