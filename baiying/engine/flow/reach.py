"""When a message may go out to her: what she chose, and what holds where she chose nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

#: Nothing is ever sent: she comes back with number and query code.
NEVER = "never"
ALL_WEEK = (1, 2, 3, 4, 5, 6, 7)


@dataclass(frozen=True, slots=True)
class Hours:
    """On which days (Monday is 1) and between which whole hours, local time, a message may go out."""

    days: tuple[int, ...]
    since: int
    until: int

    def holds(self, local: datetime) -> bool:
        """Whether it may go out at this local time."""
        return local.isoweekday() in self.days and self.since <= local.hour < self.until

    def next(self, local: datetime) -> datetime:
        """This moment when it holds, else the first one after it at which it does."""
        if self.holds(local):
            return local
        for ahead in range(9):
            day = (local + timedelta(days=ahead)).date()
            start = datetime.combine(day, time(self.since), local.tzinfo)
            if start > local and self.holds(start):
                return start
        raise ValueError("hours without a day or an hour")


#: What she can choose; the hours are our own rule (proposed). `day` holds too where an ordinary case says nothing.
CHOICES: Mapping[str, Hours] = {
    "day": Hours(ALL_WEEK, 8, 21),
    "office": Hours((1, 2, 3, 4, 5), 9, 17),
    "morning": Hours(ALL_WEEK, 9, 12),
    "afternoon": Hours(ALL_WEEK, 13, 17),
    "evening": Hours(ALL_WEEK, 18, 21),
}
USUAL = "day"


def hours_of(chosen: str, protected: bool, wish: bool) -> Hours | None:
    """When a message may go out; None for never.

    ``chosen``: her choice, or nothing. ``protected``: a matter of safety or words of danger; there silence means never.
    ``wish``: she wrote in words how she is to be reached; no machine reads such a wish, so without a choice of hers
    nothing goes out by itself.
    """
    if chosen:
        return CHOICES.get(chosen)  # `never`, and whatever a later version may have written, is never
    return None if protected or wish else CHOICES[USUAL]
