"""What may lengthen a clock of ours: pauses (the clock stands still) and extensions (a further rule)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .faults import ClockError
from .moments import instant, midnight
from .rules import Rule

FOR_EVER = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Pause:
    """Our clock stands still. Two dates: both stand still; two instants: from one to the other; no end: until told.

    A day does not count when the clock stands still at its end (24:00), so a pause within one day stops an hour
    clock but no day clock, and two pauses never stop one day twice.
    """

    since: date | datetime
    until: date | datetime | None
    why: str = ""
    why_zh: str = ""

    def __post_init__(self) -> None:
        end = self.end
        if end is not None and end < instant(self.since):
            raise ClockError(
                f"A pause cannot end ({self.until}) before it begins ({self.since}).",
                f"暂停的结束时间（{self.until}）不能早于开始时间（{self.since}）。",
            )

    @property
    def start(self) -> datetime:
        return instant(self.since)

    @property
    def end(self) -> datetime | None:
        """The first instant at which the clock runs again; None while the pause lasts."""
        if self.until is None or isinstance(self.until, datetime):
            return None if self.until is None else instant(self.until)
        return midnight(self.until + timedelta(days=1))

    @property
    def first_day(self) -> int:
        return self.start.toordinal()

    @property
    def last_day(self) -> int:
        """The last day at whose end the clock still stands; before `first_day` if there is none."""
        return FOR_EVER if (end := self.end) is None else end.toordinal() - 1

    def covers(self, ordinal: int) -> bool:
        return self.first_day <= ordinal <= self.last_day


@dataclass(frozen=True, slots=True)
class Extension:
    """A further rule granted on top. It runs from the unrolled end of what it extends: only the very last day rolls."""

    rule: Rule
    why: str = ""
    why_zh: str = ""


class Standstill:
    """All pauses of one clock together, overlaps counted once."""

    def __init__(self, pauses: Iterable[Pause]) -> None:
        self.pauses = tuple(sorted(pauses, key=lambda pause: pause.start))
        self._days = _joined((pause.first_day, pause.last_day) for pause in self.pauses)

    def days_between(self, after: int, last: int) -> list[tuple[int, int]]:
        """Runs of paused days (ordinals, both included) later than `after` and not later than `last`."""
        runs = [(max(first, after + 1), min(end, last)) for first, end in self._days]
        return [(first, end) for first, end in runs if first <= end]

    def pause_on(self, ordinal: int) -> Pause | None:
        """The pause in which the day of this ordinal ends."""
        return next((pause for pause in self.pauses if pause.covers(ordinal)), None)

    def for_good(self, after: int) -> int | None:
        """The first day later than `after` of a pause that has no end yet, as ordinal."""
        if self._days and self._days[-1][1] == FOR_EVER:
            return max(self._days[-1][0], after + 1)
        return None

    def run(self, start: datetime, length: timedelta) -> datetime | None:
        """The instant when the clock has run this long from `start`; None if it stands still before that."""
        now = start
        for pause in self.pauses:
            if pause.end is not None and pause.end <= now:
                continue
            if now + length <= pause.start:
                break
            length -= max(pause.start - now, timedelta())
            if pause.end is None:
                return None
            now = pause.end
        return now + length


def _joined(runs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, last in sorted(runs):
        if last < first:
            continue
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined
