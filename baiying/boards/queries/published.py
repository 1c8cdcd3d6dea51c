"""What everybody may see: one fixed set of tables, protected together, and no other.

    a quarter that is over   = its months  = its streets  = its matters    (three ways to divide the same cases)
    a street in a whole year = its units
    protected cases          : the quarter and its months alone, for the whole district

A year is the sum of its quarters and is told where each of them is. There is no table of units by month, of matters by
street, of weeks, of a sliding twelve months, and no request can make one: what two such tables leave between them would
be a small cell. `engine.cells.suppression` proves that this set gives nothing away; tests solve it for what is hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from baiying.boards.queries import periods
from baiying.boards.queries.periods import Period
from baiying.boards.queries.sums import Cell, Counts, added, cells
from baiying.engine.boards import SPLITS, TOTAL, Board
from baiying.engine.cells import Told, tell_alone, tell_parts
from baiying.network import queries as network

K = TypeVar("K", bound=Hashable)
QUARTERS = 12  # so far back they are published


@dataclass(frozen=True)
class Quarter:
    """A quarter that is over. Streets by the first nine digits of their code; the district's own units are its own."""

    period: Period
    total: Told
    months: dict[Period, Told]
    streets: dict[str, Told]
    matters: dict[str, Told]
    protected: Told
    protected_months: dict[Period, Told]
    generated: bool


@dataclass(frozen=True)
class Year:
    """A whole calendar year: sums of its quarters, and below each street its units."""

    period: Period
    total: Told
    streets: dict[str, Told]
    matters: dict[str, Told]
    units: dict[str, dict[UUID, Told]]
    protected: Told
    generated: bool


def published(district: str, today: date, quarters: int = QUARTERS) -> tuple[list[Quarter], list[Year]]:
    """The quarters that are over and the whole years among them, oldest first. Two queries."""
    over = periods.quarters_until(today, quarters)
    found = cells(district, over[0].since, over[-1].until)
    streets = {unit: street_of(row.area_id) for unit, row in network.units_by_id(
        {cell.unit for cell in found if cell.unit is not None}).items()}
    told = [_quarter(period, [cell for cell in found if period.since <= cell.month < period.until], streets)
            for period in over]
    first = next((place for place, one in enumerate(told) if one.total[TOTAL] != 0 or one.protected[TOTAL] != 0), 0)
    told = told[first:]
    years = sorted({one.period.since.year for one in told})
    whole = [[one for one in told if one.period.since.year == number] for number in years]
    return told, [_year(four, found, streets) for four in whole if len(four) == 4]


def periods_of(board: Board, quarters: Sequence[Quarter], years: Sequence[Year]) -> dict[Period, Quarter | Year]:
    """What of the published a board shows, by period; nothing as long as nothing was counted."""
    if not any(one.total[TOTAL] != 0 or one.protected[TOTAL] != 0 for one in quarters):
        return {}
    whole: dict[Period, Quarter | Year] = {one.period: one for one in quarters if "quarter" in board.periods}
    return whole | {one.period: one for one in years if "year" in board.periods}


def street_of(area: str) -> str:
    """Which street a unit stands in, by the first nine digits of its area."""
    return area[:9]


def street_said(street: str) -> str:
    """A street of a table in words; the district's own units are its own."""
    area = network.area(street + "000")
    if area is None or area.level == 3:
        return _("The district itself")
    return network.area_said(area.code)


def _quarter(period: Period, found: list[Cell], streets: dict[UUID, str]) -> Quarter:
    open_cells = [cell for cell in found if cell.unit is not None]
    closed = [cell for cell in found if cell.unit is None]
    months = periods.months_of(period)
    total, protected = _alone(open_cells), _alone(closed)
    return Quarter(
        period, total,
        months=_parts(total, open_cells, lambda cell: periods.month(cell.month), months),
        streets=_parts(total, open_cells, lambda cell: streets[cell.unit] if cell.unit else ""),
        matters=_parts(total, open_cells, lambda cell: cell.matter),
        protected=protected,
        protected_months=_parts(protected, closed, lambda cell: periods.month(cell.month), months),
        generated=any(cell.generated for cell in found),
    )


def _year(four: list[Quarter], found: list[Cell], streets: dict[UUID, str]) -> Year:
    period = periods.year(four[0].period.since.year)
    known = {key for one in four for key in one.streets}
    by_street = {key: _sum([one.streets.get(key) for one in four]) for key in sorted(known)}
    inside = [cell for cell in found if cell.unit is not None and period.since <= cell.month < period.until]
    return Year(
        period, _sum([one.total for one in four]), by_street,
        matters={key: _sum([one.matters.get(key) for one in four])
                 for key in sorted({key for one in four for key in one.matters})},
        units={key: _parts(told, [cell for cell in inside if cell.unit and streets[cell.unit] == key],
                           lambda cell: _own(cell), insiders=True) for key, told in by_street.items()},
        protected=_sum([one.protected for one in four]),
        generated=any(one.generated for one in four),
    )


def _own(cell: Cell) -> UUID:
    assert cell.unit is not None  # those without were left out
    return cell.unit


def _alone(found: list[Cell]) -> Told:
    return tell_alone(added([cell.counts for cell in found]), SPLITS, TOTAL)


def _parts(whole: Told, found: list[Cell], key: Callable[[Cell], K], all_keys: Sequence[K] = (),
           insiders: bool = False) -> dict[K, Told]:
    grouped: dict[K, list[Counts]] = {one: [] for one in all_keys}
    for cell in found:
        grouped.setdefault(key(cell), []).append(cell.counts)
    if not grouped:
        return {}
    return tell_parts(whole, {one: added(rows) for one, rows in grouped.items()}, SPLITS, TOTAL, insiders)


def _sum(parts: list[Told | None]) -> Told:
    """A sum of what was told: of what was not told in one part, nothing is told of the sum. A part that is not there
    had nothing."""
    there = [one for one in parts if one is not None]
    names = there[0].keys() if there else ()
    return {name: None if any(one[name] is None for one in there) else sum(one[name] or 0 for one in there)
            for name in names}
