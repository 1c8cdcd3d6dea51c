"""Published figures: the same numbers as on the boards, the same ones hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Self

from baiying.api.shapes.shape import Shape, said
from baiying.boards import queries as boards
from baiying.boards.queries import Period, Quarter, Year
from baiying.boards.queries.coverage import Covered
from baiying.catalogue import queries as catalogue
from baiying.engine.boards import Board, Measure

Told = Mapping[str, int | None]


class MeasureShape(Shape):
    """What is counted, and in which sentence."""

    key: str
    name: str
    definition: str
    is_share: bool

    @classmethod
    def of(cls, measure: Measure) -> Self:
        return cls(key=measure.key, name=said(measure), definition=said(measure, "definition"),
                   is_share=bool(measure.of))


class BoardLine(Shape):
    key: str
    name: str
    lead: str
    measures: list[MeasureShape]
    periods: list[str]
    """What can be asked for by `period`, oldest first; empty as long as nothing is published."""

    @classmethod
    def of(cls, board: Board, periods: Iterable[Period]) -> Self:
        return cls(key=board.key, name=said(board), lead=said(board, "lead"),
                   measures=[MeasureShape.of(one) for one in board.measures], periods=[one.key for one in periods])


class Boards(Shape):
    least: int
    """A number below this is not told (null), nor is one that would give such a number away by subtraction."""
    counted: datetime | None
    boards: list[BoardLine]


class Number(Shape):
    """One measure. `count` null: not told. `of`: the whole of a share, null where not told or where it is no share."""

    measure: str
    count: int | None
    of: int | None


class Row(Shape):
    """What stands beside what, in the order of the page: it is no ranking."""

    key: str
    name: str
    numbers: list[Number]


class BoardWhole(Shape):
    """One board in one period."""

    key: str
    name: str
    period: str
    since: date
    until: date
    """The first day that no longer belongs to it."""
    invented: bool
    """A demonstration: these past months are invented."""
    whole: list[Number]
    protected: int | None
    """Protected cases stand in no other number; they are told for the whole district alone."""
    months: list[Row]
    streets: list[Row]
    matters: list[Row]

    @classmethod
    def of(cls, board: Board, one: Quarter | Year) -> Self:
        months = one.months if isinstance(one, Quarter) and "month" in board.periods else {}
        streets = one.streets if "street" in board.compare else {}
        matters = one.matters if "matter" in board.compare else {}
        return cls(
            key=board.key, name=said(board), period=one.period.key, since=one.period.since, until=one.period.until,
            invented=one.generated, whole=numbers(board, one.total), protected=one.protected["received"],
            months=[Row(key=month.key, name=month.key, numbers=numbers(board, told))
                    for month, told in months.items()],
            streets=[Row(key=code, name=boards.street_said(code), numbers=numbers(board, streets[code]))
                     for code in sorted(streets)],
            matters=[Row(key=key, name=matter_said(key), numbers=numbers(board, told))
                     for key, told in sorted(matters.items())])


class CoverageLine(Shape):
    """One service: how many should have it, have it, and are not known of; rounded to fives."""

    service: str
    name: str
    entitled: int | None
    served: int | None
    unknown: int | None


class Coverage(Shape):
    month: date | None
    services: list[CoverageLine]

    @classmethod
    def of(cls, found: Covered) -> Self:
        return cls(month=found.month, services=[
            CoverageLine(service=one.service.key, name=said(one.service), entitled=one.entitled, served=one.served,
                         unknown=one.unknown) for one in found.services])


def numbers(board: Board, told: Told) -> list[Number]:
    """What may be told of each measure: of a share both numbers or none, as on the page."""
    found = []
    for one in board.measures:
        count, whole = told[one.count], told[one.of] if one.of else None
        hidden = count is None or (bool(one.of) and whole is None)
        found.append(Number(measure=one.key, count=None if hidden else count, of=None if hidden else whole))
    return found


def matter_said(key: str) -> str:
    matter = next((one for one in catalogue.every_matter() if one.key == key), None)
    return "" if matter is None else said(matter)
