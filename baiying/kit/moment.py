"""The only clock of the house. Everything else is told what time it is.

Stored and computed in UTC, shown and counted in Asia/Shanghai.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_stopped: ContextVar[datetime | None] = ContextVar("baiying_moment", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _stopped.get() or datetime.now(UTC)


def today() -> date:
    """The date of this moment in Asia/Shanghai, by which the law counts days."""
    return now().astimezone(SHANGHAI).date()


def shanghai(at: datetime) -> datetime:
    """The same moment with the wall clock of Asia/Shanghai. A naive time is taken as Shanghai's."""
    return at.replace(tzinfo=SHANGHAI) if at.tzinfo is None else at.astimezone(SHANGHAI)


@contextmanager
def frozen(at: datetime) -> Iterator[datetime]:
    """For tests, replay and the generated past: inside, it is this moment. A naive time is Shanghai's."""
    stopped = shanghai(at).astimezone(UTC)
    token = _stopped.set(stopped)
    try:
        yield stopped
    finally:
        _stopped.reset(token)
