"""Figures added up. What comes from here is not protected: only `published` and `own` may ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from baiying.boards import access
from baiying.boards.models import Count
from baiying.engine.boards import COUNTS, LEAVES, TOTAL, filled

#: What is stored of each count.
NUMBERS = (TOTAL, *LEAVES)
Counts = dict[str, int]
NOTHING: Mapping[str, int] = dict.fromkeys(COUNTS, 0)


@dataclass(frozen=True)
class Cell:
    """The figures of one unit and matter in one month; neither, where they are protected."""

    unit: UUID | None
    matter: str
    month: date
    generated: bool
    counts: Counts


def cells(district: str, since: date, until: date) -> list[Cell]:
    """Every cell of the months between two days. One query."""
    rows = access.figures(district, since, until).annotate(month=TruncMonth("day"))
    grouped = rows.values("unit_id", "matter", "month", "generated").annotate(
        **{f"{name}_sum": Sum(name) for name in LEAVES})
    return [Cell(row["unit_id"], row["matter"], row["month"], row["generated"], counts_of(row)) for row in grouped]


def counts_of(row: Mapping[str, Any]) -> Counts:
    return filled({name: int(row[f"{name}_sum"]) for name in LEAVES})


def added(rows: list[Counts]) -> Counts:
    """The sum of several; of none it is nothing."""
    return {name: sum(row[name] for row in rows) for name in COUNTS}


def any_figures(district: str) -> bool:
    """Whether there are figures of this district at all."""
    return access.figures(district, date.min, date.max).exists()


def freshness(district: str) -> tuple[datetime | None, datetime | None, int]:
    """Up to when cases were counted, when everything was last counted anew, and how many days were wrong then."""
    found = Count.objects.filter(district=district).first()
    return (None, None, 0) if found is None else (found.until, found.proved_at, found.drifted)
