"""A unit's own figures, for its own people: in full, as they could count them on their own list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Sum

from baiying.boards import access
from baiying.boards.queries import periods
from baiying.boards.queries.periods import Period
from baiying.boards.queries.sums import Counts, added, counts_of
from baiying.engine.boards import LEAVES
from baiying.kit.door import Asker

SHOWN = {"week": 13, "month": 13, "quarter": 9, "year": 3}


@dataclass(frozen=True)
class Own:
    """One period of a unit's own course, the matters in it, and whether a part of it is an invented past."""

    period: Period
    counts: Counts
    matters: dict[str, Counts]
    generated: bool


def own(asker: Asker, district: str, kind: str, today: date) -> list[Own]:
    """The course of the asker's own units, together, oldest first. Protected cases are not in it: they are counted for
    the district alone. An invented past, which knows months only, is not shown by the week."""
    wanted = periods.latest(kind, today, SHOWN[kind])
    rows = access.figures(district, wanted[0].since, wanted[-1].until).filter(unit_id__in=units_of(asker))
    if kind == "week":
        rows = rows.filter(generated=False)
    grouped = list(rows.values("day", "matter", "generated").annotate(**{f"{name}_sum": Sum(name) for name in LEAVES}))
    found = []
    for period in wanted:
        inside = [row for row in grouped if period.since <= row["day"] < period.until]
        matters = sorted({row["matter"] for row in inside})
        found.append(Own(period, added([counts_of(row) for row in inside]),
                         {key: added([counts_of(row) for row in inside if row["matter"] == key]) for key in matters},
                         any(row["generated"] for row in inside)))
    first = next((place for place, one in enumerate(found) if one.counts["received"]), max(len(found) - 1, 0))
    return found[first:]


def units_of(asker: Asker) -> Collection[UUID]:
    """The units whose figures are the asker's own."""
    return asker.units
