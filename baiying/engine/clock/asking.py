"""A rule and a start as a person types them, for the command line and for forms."""

from __future__ import annotations

from datetime import date, datetime

from .calendar import Calendar
from .counting import reckon
from .faults import ClockError
from .reckoning import Reckoning
from .rules import Rule


def explain_rule(rule_text: str, start_text: str, calendar: Calendar, kind: str = "deadline") -> Reckoning:
    """Reckon '15 calendar_day' from '2026-09-28T10:00' (Shanghai unless an offset is written; a date alone is a day).

    Raises ClockError with a whole sentence, and the nearest known word where a word is wrong.
    """
    return reckon(Rule.parse(rule_text, kind), read_start(start_text), calendar)


def read_start(text: str) -> datetime | date:
    """A date (2026-09-28) or an instant (2026-09-28T10:00, 2026-09-28T10:00+08:00, …T02:00Z) in ISO 8601."""
    written = text.strip()
    try:
        return date.fromisoformat(written) if len(written) <= 10 else datetime.fromisoformat(written)
    except ValueError as unreadable:
        raise ClockError(
            f"'{text}' is no date or time; write it like 2026-09-28 or 2026-09-28T10:00.",
            f"“{text}”不是日期或时间；请写成 2026-09-28 或 2026-09-28T10:00。",
        ) from unreadable
