"""Reads the working-day calendar from iCalendar (RFC 5545), as Chinese holiday subscriptions publish it.

Known are the marks those files use in a summary, 休/放假/假期 for a day off and 班/补班/上班 for a make-up working day,
and the property X-APPLE-SPECIAL-DAY (WORK-HOLIDAY, ALTERNATE-WORKDAY). Other events (solar terms, festivals without a
day off) are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from .calendar import Calendar, Day
from .faults import ClockError
from .moments import in_shanghai
from .sheets import ENGLISH, calendar_of, text_of

if TYPE_CHECKING:
    from icalendar import Component

APPLE = {"WORK-HOLIDAY": False, "ALTERNATE-WORKDAY": True}
LONGEST_EVENT = 31  # days; a longer one is no holiday but a mistake

# First what says "work", because 调休上班 holds the 休 of a day off.
_WORK = re.compile("班")
_OFF = re.compile("休|放假|假期")
_MARKS = re.compile(r"[（(【\[]?(调休|补班|上班|放假|假期|休|班)[）)】\]]?|第\d+天.*|[\d/ ·:：,，-]+")


def read_calendar_ics(content: bytes | str) -> Calendar:
    """The days off and make-up days of an iCalendar file. Raises ClockError for what is no such file."""
    from icalendar import Calendar as Published  # here, for it takes 0.2 s to import and is wanted once a year

    text = text_of(content)
    try:
        published = Published.from_ical(text)
    except (ValueError, IndexError) as broken:
        raise ClockError(
            "The file is no iCalendar (it should begin with BEGIN:VCALENDAR).",
            "文件不是iCalendar文件（应以 BEGIN:VCALENDAR 开头）。",
        ) from broken
    days = dict[date, Day]()
    for event in published.walk("VEVENT"):
        for day in _days(event):
            before = days.setdefault(day.date, day)
            if before.working != day.working:
                raise ClockError(
                    f"{day.date} is both a day off ({(before if day.working else day).name}) and a make-up day.",
                    f"{day.date}既列为放假又列为调休上班。",
                )
    return calendar_of(days.values())


def _days(event: Component) -> Iterator[Day]:
    """The days of one event, if it tells of days off or make-up days. DTEND is the first day after (RFC 5545 3.6.1)."""
    summary = str(event.get("SUMMARY", ""))
    working = APPLE.get(str(event.get("X-APPLE-SPECIAL-DAY", "")))
    if working is None:
        if not (_WORK.search(summary) or _OFF.search(summary)):
            return
        working = bool(_WORK.search(summary))
    if "DTSTART" not in event:
        raise ClockError(f"The event '{summary}' has no day (DTSTART).", f"事件“{summary}”没有日期（DTSTART）。")
    first = last = _day(_told(event, "DTSTART", summary))
    if "DTEND" in event:
        end = _told(event, "DTEND", summary)
        last = max(first, _day(end - (timedelta(microseconds=1) if isinstance(end, datetime) else timedelta(days=1))))
    if (last - first).days >= LONGEST_EVENT:
        raise ClockError(
            f"The event '{summary}' lasts from {first} to {last}; no holiday is that long.",
            f"事件“{summary}”从{first}到{last}，时间过长，不是节假日。",
        )
    name = _MARKS.sub("", summary).strip()
    for number in range((last - first).days + 1):
        yield Day(first + timedelta(number), working, name, ENGLISH.get(name, name))


def _told(event: Component, word: str, summary: str) -> date | datetime:
    """The date or time of a property. icalendar keeps what it cannot read as text instead of raising."""
    told = event.decoded(word)
    if not isinstance(told, date):
        raise ClockError(
            f"The event '{summary}': {word} cannot be read as a day or time.",
            f"事件“{summary}”的{word}不是日期或时间。",
        )
    return told


def _day(moment: date | datetime) -> date:
    return in_shanghai(moment).date() if isinstance(moment, datetime) else moment
