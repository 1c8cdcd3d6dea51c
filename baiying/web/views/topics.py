"""Hot topics: a small drawing for each topic, and the tables that say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from baiying.cases.queries import topics as queries
from baiying.web.pages import page

WIDE, HIGH, GAP = 160, 44, 3
Told = tuple[str, int | None]  # a place and its count


@dataclass(frozen=True)
class Bar:
    """One week: a bar as high as its count; none where the count may not be told."""

    x: float
    y: float
    wide: float
    high: float


@dataclass(frozen=True)
class Line:
    """One topic: what may be told, by week, and drawn on the scale of all."""

    hot: queries.Hot
    bars: tuple[Bar, ...]
    cells: tuple[int | None, ...]


def topics(request: HttpRequest) -> HttpResponse:
    """The topics of one's units and those below, by week and by place."""
    found = queries.hot(request.asker)  # type: ignore[attr-defined]
    most = max([count or 0 for one in found for count in one.weeks.values()] + [1])
    weeks = list(found[0].weeks) if found else []
    places = sorted({code for one in found for code in one.places})
    return page(request, "concerns/topics.html", lines=[line(one, most) for one in found], weeks=weeks,
                block=queries.days(queries.placed(weeks)), table=by_place(found, places), wide=WIDE, high=HIGH)


def line(hot: queries.Hot, most: int) -> Line:
    """A topic with its bars, all on one scale."""
    slot = WIDE / len(hot.weeks)
    bars = tuple(Bar(round(place * slot, 1), round(HIGH * (1 - count / most), 1), round(slot - GAP, 1),
                     round(HIGH * count / most, 1))
                 for place, count in enumerate(hot.weeks.values()) if count)
    return Line(hot, bars, tuple(hot.weeks.values()))


def by_place(found: Sequence[queries.Hot], places: Sequence[str]) -> list[tuple[queries.Hot, list[Told]]]:
    """For each topic the places where it came from in the last weeks, those with most first."""
    rows = []
    for one in found:
        cells = [(one.place_said(code), one.places[code]) for code in places if code in one.places]
        rows.append((one, sorted(cells, key=lambda cell: (-(cell[1] or 0), cell[0]))))
    return [row for row in rows if row[1]]


