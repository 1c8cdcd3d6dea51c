"""Spans of days: half-open, an empty end means open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Span:
    """One dated fact about a unit, read from a tie, a post or an absence."""

    other: UUID
    since: date
    until: date | None

    def covers(self, on: date) -> bool:
        """Whether it holds on that day."""
        return self.since <= on and (self.until is None or on < self.until)

    def within(self, since: date, until: date | None) -> list[Span]:
        """What of it lies within these days: one span or none."""
        first = max(self.since, since)
        last = min((day for day in (self.until, until) if day is not None), default=None)
        return [replace(self, since=first, until=last)] if last is None or first < last else []


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """The spans without the days that others take."""
    left = list(spans)
    for gone in taken:
        kept: list[Span] = []
        for span in left:
            if gone.since > span.since:
                kept += span.within(span.since, gone.since)
            if gone.until is not None:
                kept += span.within(max(gone.until, span.since), span.until)
        left = kept
    return left
