"""From declared clocks to rows and back to explanations: the one place where cases meet the engine's clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from baiying.cases.models import Case, Clock
from baiying.catalogue import queries as catalogue
from baiying.engine.clock import Reckoning, reckon
from baiying.engine.flow import ClockWord
from baiying.kit import chance, moment

OURS = "ours"


def begin(case: Case, word: ClockWord, at: datetime | date) -> Clock:
    """A clock that starts now (or on the day the person told), due by the calendar in force. Not yet stored."""
    found = reckoned(word, at)
    return Clock(
        id=chance.uuid_for(f"{case.id}:{case.version}:{word.key}:{at.isoformat()}", "clock"),
        case=case, name=word.key, owner=word.owner, started_at=_instant(at), due_at=found.due_at,
        provisional=found.provisional, calendar=found.calendar_version,
    )


def reckoned(word: ClockWord, at: datetime | date) -> Reckoning:
    """The reckoning of a declared clock from a start, by the calendar in force."""
    return reckon(word.rule, at, catalogue.calendar())


def nearest(clocks: Iterable[Clock]) -> tuple[datetime | None, str]:
    """Which of our clocks runs out first, and when; nothing when none is running."""
    running = [one for one in clocks if one.owner == OURS and one.met_at is None and one.due_at is not None]
    first = min(running, key=lambda one: one.due_at or one.started_at, default=None)
    return (first.due_at, first.name) if first else (None, "")


def _instant(at: datetime | date) -> datetime:
    return at if isinstance(at, datetime) else datetime.combine(at, time(), moment.SHANGHAI)
