"""Figures for a page: totals by month, by matter and by unit, without cells that could point at somebody.

A number below :data:`LEAST_CELL` is not told (``None``). Where one hidden part could be got by subtraction from the
total, the next smallest part is hidden too. Protected matters appear as one total of the district, never by unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import BoolAnd
from django.db.models import Sum

from baiying.boards import access

LEAST_CELL = 5
#: Stands for all protected matters together.
PROTECTED = ""
_VERDICTS = ("solved", "partly", "not_solved", "unrated")
_COUNTS = ("received", "contacted_in_time", "answered_in_time", *_VERDICTS, "reopened")


@dataclass(frozen=True)
class Total:
    """Counts of one month, matter or unit; ``None`` is a number too small to tell."""

    received: int | None
    contacted_in_time: int | None
    answered_in_time: int | None
    solved: int | None
    partly: int | None
    not_solved: int | None
    unrated: int | None
    reopened: int | None
    generated: bool

    @property
    def turnout(self) -> float | None:
        """The part that said whether it was solved; it stands beside every rate."""
        if self.received is None or self.unrated is None:
            return None
        return (self.received - self.unrated) / self.received

    @property
    def solved_rate(self) -> float | None:
        """Solved, of those who said. Silence is not counted as satisfied."""
        if self.received is None or self.unrated is None or self.solved is None:
            return None
        said = self.received - self.unrated
        return self.solved / said if said else None


@dataclass(frozen=True)
class Month:
    """One month: the open matters together, and beside them the protected ones as one number."""

    month: date
    total: Total
    protected: int | None


def months_until(day: date, count: int) -> list[date]:
    """The first days of the ``count`` whole months before the month of ``day``, oldest first."""
    last = day.year * 12 + day.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last - count, last)]


def course(district: str, until: date, months: int = 24) -> list[Month]:
    """Each of the last whole months before ``until``, oldest first, for a chart and its table. One query."""
    wanted = months_until(until, months)
    found = {(row["month"], row["protected"]): row for row in _sums(district, wanted, "month", "protected")}
    return [
        Month(
            month=month,
            total=_told(found.get((month, False))),
            protected=_cell(found.get((month, True), {}).get("received_sum", 0)),
        )
        for month in wanted
    ]


def by_matter(district: str, until: date, months: int = 12) -> dict[str, Total]:
    """Totals of the last whole months by matter's key, largest first; the protected ones as one, :data:`PROTECTED`."""
    open_matters = _sums(district, months_until(until, months), "matter", protected=False)
    protected = _sums(district, months_until(until, months), "protected", protected=True)
    ordered = sorted(open_matters, key=lambda row: -row["received_sum"])
    told = {str(row["matter"]): _told(row) for row in ordered}
    if protected:
        told[PROTECTED] = _told(protected[0])
    return told


def by_unit(district: str, until: date, months: int = 12) -> dict[UUID, Total]:
    """Totals of the last whole months by unit's key, without the protected matters. Not a ranking."""
    rows = _sums(district, months_until(until, months), "unit_id", protected=False)
    return {row["unit_id"]: _told(row) for row in rows}


def any_figures(district: str) -> bool:
    """Whether there are figures of this district at all."""
    return access.figures(district, date.min, date.max).exists()


def _sums(district: str, months: Sequence[date], *by: str, **only: bool) -> list[dict[str, Any]]:
    """Sums of the counts over these months, grouped; names end in ``_sum``."""
    if not months:
        return []
    last = months[-1]
    after = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    rows = access.figures(district, months[0], after).filter(**only).order_by()
    sums = {f"{name}_sum": Sum(name) for name in _COUNTS}
    return list(rows.values(*by).annotate(**sums, all_generated=BoolAnd("generated")))


def _cell(count: int) -> int | None:
    return None if count < LEAST_CELL else count


def _told(row: dict[str, Any] | None) -> Total:
    """A row's counts without the cells that could point at somebody."""
    counts = {name: int(row[f"{name}_sum"]) if row else 0 for name in _COUNTS}
    shown = {name: _cell(count) for name, count in counts.items()}
    hidden = [name for name in _VERDICTS if shown[name] is None]
    if shown["received"] is None:
        shown = dict.fromkeys(shown)
    elif hidden and sum(counts[name] for name in hidden) < LEAST_CELL:
        # received less the shown parts would give the hidden ones away: hide the smallest shown part as well
        shown[min((n for n in _VERDICTS if shown[n] is not None), key=lambda n: counts[n])] = None
    return Total(**shown, generated=bool(row and row["all_generated"]))
