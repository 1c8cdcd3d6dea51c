"""Writing figures: what has changed every few minutes, and everything once a night, to prove that nothing drifted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from baiying.boards import access
from baiying.boards.models import Figure
from baiying.boards.queries import NUMBERS
from baiying.cases import queries as cases
from baiying.engine.boards import TOTAL, filled
from baiying.kit import door, log, moment
from baiying.kit.chance import uuid_for

ERRAND = "figures"
#: A change may be committed this long after the instant it bears: it is looked for once more.
LATE_COMMIT = timedelta(minutes=10)


def count(district: str) -> int:
    """Count the days anew whose cases have changed since the last time; gives how many. Done again it does nothing."""
    with door.errand(ERRAND):
        state, now = access.count(district, lock=True), moment.now()
        days = cases.days_changed(district, state.until and state.until - LATE_COMMIT)
        for chunk in chunks(days):
            write(district, chunk[0], chunk[-1] + timedelta(days=1), chunk)
        state.until = now
        state.save(update_fields=["until"])
        return len(days)


def recount(district: str) -> int:
    """Count every case anew and put right what is not as it stands in the figures; the log says how much that was.

    Gives the number of days that had drifted: nought, as long as `count` misses nothing.
    """
    count(district)
    drifted = []
    with door.errand(ERRAND):
        state, now = access.count(district, lock=True), moment.now()
        for since, until in months(cases.span(district)):
            truth, kept = fresh(district, since, until), stored(district, since, until)
            wrong = sorted({key[2] for key in truth.keys() | kept.keys() if truth.get(key) != kept.get(key)})
            if wrong:
                write(district, since, until, wrong)
            drifted += wrong
        state.proved_at, state.drifted = now, len(drifted)
        state.save(update_fields=["proved_at", "drifted"])
        log.write("figures.recounted", uuid_for(district, "figures"), door.asker().name,
                  {"district": district, "drifted": [str(day) for day in drifted]})
    return len(drifted)


Key = tuple[UUID | None, str, date, bool]


def fresh(district: str, since: date, until: date, days: Iterable[date] | None = None) -> dict[Key, dict[str, int]]:
    """What the cases themselves say. Behind the errand only."""
    return {(one.unit, one.matter, one.day, one.protected): one.counts
            for one in cases.counted(district, since, until, days)}


def stored(district: str, since: date, until: date) -> dict[Key, dict[str, int]]:
    """What the figures say, without an invented past."""
    rows = access.figures(district, since, until).filter(generated=False)
    return {(row.unit_id, row.matter, row.day, row.protected): {name: getattr(row, name) for name in NUMBERS}
            for row in rows}


def write(district: str, since: date, until: date, days: list[date]) -> None:
    """Replace the figures of these days by what the cases say now."""
    access.figures(district, since, until).filter(day__in=days, generated=False).delete()
    Figure.objects.bulk_create(
        [figure(district, *key, generated=False, counts=counts)
         for key, counts in fresh(district, since, until, days).items()], batch_size=2000)


def figure(district: str, unit: UUID | None, matter: str, day: date, protected: bool, generated: bool,
           counts: Mapping[str, int]) -> Figure:
    """One row of figures, not yet stored."""
    return Figure(id=uuid_for(f"{district}:{unit}:{matter}:{day}:{protected}:{generated}", "figure"),
                  district=district, unit_id=unit, matter=matter, day=day, protected=protected, generated=generated,
                  **counts)


def enter_generated(district: str, rows: Iterable[tuple[UUID | None, str, date, Mapping[str, int]]]) -> int:
    """Enter an invented past: unit (none: protected), matter, month, counts of `engine.boards.LEAVES`.

    Rows already there stay as they are.
    """
    cells: dict[tuple[UUID | None, str, date], Counter[str]] = {}
    for unit, matter, month, leaves in rows:
        cells.setdefault((unit, matter if unit else "", month), Counter()).update(leaves)
    figures = [
        figure(district, unit, matter, month, unit is None, True, {TOTAL: filled(leaves)[TOTAL], **leaves})
        for (unit, matter, month), leaves in cells.items()
    ]
    with transaction.atomic():
        known = set(access.figures(district, date.min, date.max).values_list("id", flat=True))
        return len(Figure.objects.bulk_create([one for one in figures if one.id not in known], batch_size=2000))


def chunks(days: list[date]) -> Iterator[list[date]]:
    """Days in order, at most two hundred at once."""
    for start in range(0, len(days), 200):
        yield days[start:start + 200]


def months(span: tuple[date, date] | None) -> Iterator[tuple[date, date]]:
    """(first day, first day of the next one) of every month in which a case came in."""
    if span is None:
        return
    first = span[0].replace(day=1)
    while first <= span[1]:
        after = (first + timedelta(days=31)).replace(day=1)
        yield first, after
        first = after
