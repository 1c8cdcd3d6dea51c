"""A board's numbers in rows and columns, once, for the page and the file alike: hidden in one is hidden in both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from baiying.boards.queries import Period
from baiying.engine.boards import Board, Measure
from baiying.engine.cells import Interval, apart, wilson
from baiying.web import charts
from baiying.web.templatetags.show import named, period_words

#: Of whom, or of how many: None is not told.
Told = Mapping[str, int | None]
TURNOUT = ("said", "received")  # it stands beside every share of those who told their verdict


@dataclass(frozen=True)
class Number:
    """One number of a board: a count, or a share of a whole with its range."""

    count: int | None
    whole: int | None
    share: Interval | None
    is_share: bool

    @property
    def told(self) -> bool:
        return self.count is not None and (not self.is_share or self.whole is not None)


@dataclass(frozen=True)
class Line:
    """A row: what it is called, where its own page is, its numbers in the order of the columns."""

    label: str
    numbers: list[Number]
    turnout: Number
    chosen: Number
    strip: charts.Strip | None = None
    #: Surely above (1) or below (-1) the others together; 0: nobody can tell.
    apart: int = 0
    link: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of one board. `key` is how an address names it."""

    key: str
    title: str
    first: str
    measures: tuple[Measure, ...]
    lines: list[Line]


def number(measure: Measure, told: Told) -> Number:
    """What may be shown of a measure."""
    return read(measure.count, measure.of, told)


def read(count: str, of: str, told: Told) -> Number:
    found, whole = told[count], told[of] if of else None
    if found is None or (of and whole is None):
        return Number(None, None, None, bool(of))
    return Number(found, whole, wilson(found, whole) if of and whole is not None else None, bool(of))


def line(board: Board, chosen: Measure, label: str, told: Told, link: str = "") -> Line:
    return Line(label, [number(one, told) for one in board.measures], read(*TURNOUT, told), number(chosen, told),
                link=link)


def beside(board: Board, chosen: Measure, whole: Told, rows: list[tuple[str, Told, str]]) -> list[Line]:
    """Rows that stand beside one another, in the order they come in: it is no ranking. Each says whether it surely lies
    apart from the others together."""
    total = number(chosen, whole)
    compared = sum(1 for _label, told, _link in rows if number(chosen, told).share is not None)
    found = []
    for label, told, link in rows:
        one = line(board, chosen, label, told, link)
        far = 0
        if one.chosen.share is not None and total.share is not None and compared > 1:
            far = apart(one.chosen.count or 0, one.chosen.whole or 0, total.count or 0, total.whole or 0, compared)
        found.append(Line(one.label, one.numbers, one.turnout, one.chosen,
                          charts.strip(one.chosen.share, total.share), far, link))
    return found


def course(board: Board, chosen: Measure, periods: list[tuple[Period, Told]], key: str = "course") -> Table:
    """How it went, the newest on top."""
    return Table(key, _("How it went"), _("Period"), board.measures,
                 [line(board, chosen, period_words(period), told) for period, told in periods[::-1]])


def drawn(chosen: Measure, periods: list[tuple[Period, Told]]) -> charts.Chart:
    """The course of one measure as a drawing."""
    points = [charts.Point(period_words(period, short=True), found.count, found.share)
              for period, told in periods for found in (number(chosen, told),)]
    return charts.ranges(points) if chosen.of else charts.bars(points)


@dataclass(frozen=True)
class Finding:
    """One of the first lines of a board: what hurts, in one number, and whether it moved since the period before."""

    measure: Measure
    number: Number
    turnout: Number
    moved: int | None


def findings(board: Board, told: Told, before: Told | None) -> list[Finding]:
    """The first four measures of the board."""
    found = []
    for measure in board.measures[:4]:
        now, then = number(measure, told), number(measure, before) if before is not None else None
        moved = None
        if then is not None and now.share is not None and then.share is not None:
            moved = apart(now.count or 0, now.whole or 0, (now.count or 0) + (then.count or 0),
                          (now.whole or 0) + (then.whole or 0))
        found.append(Finding(measure, now, read(*TURNOUT, told), moved))
    return found


def heads(table: Table) -> list[str]:
    """The columns of a table as a file has them: a share is two numbers and a percentage."""
    found = [table.first, _("Told their verdict, of those received (%)")]
    for measure in table.measures:
        found += [named(measure), _("of"), "%"] if measure.of else [named(measure)]
    return found


def rows(table: Table) -> list[list[str | int | float]]:
    """The rows of a table as a file has them. What is not told is told so in words, never by an empty cell."""
    hidden = _("not told: too few")
    found = []
    for one in table.lines:
        row: list[str | int | float] = [one.label, percent_of(one.turnout, hidden)]
        for each in one.numbers:
            row.append(hidden if each.count is None else each.count)
            if each.is_share:
                row += [hidden if each.whole is None else each.whole, percent_of(each, hidden)]
        found.append(row)
    return found


def percent_of(found: Number, hidden: str) -> str | float:
    if not found.told:
        return hidden
    return "" if found.share is None else round(found.share.share * 100, 1)
