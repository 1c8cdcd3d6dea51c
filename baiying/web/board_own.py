"""A unit's own board: its own course, in full, beside nobody else's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from baiying.boards import queries as boards
from baiying.boards.queries import Own, Period
from baiying.cases import queries as cases
from baiying.engine.boards import Board, Measure
from baiying.kit import moment
from baiying.kit.door import Asker
from baiying.kit.errors import Unseen
from baiying.web import board_tables, charts
from baiying.web.board_pages import first_for, matter_said
from baiying.web.board_tables import Finding, Table

USUAL = "month"


@dataclass(frozen=True)
class Shown:
    """The page."""

    board: Board
    by: str
    bys: list[tuple[str, str]]
    chosen: Measure
    measures: list[tuple[Measure, str]]
    period: Period
    findings: list[Finding]
    before: Period | None
    chart: charts.Chart
    course: Table
    beside: list[Table]
    now: cases.Now
    generated: bool
    counted: datetime | None
    typed: Mapping[str, str]

    @property
    def periods(self) -> list[tuple[Period, str]]:
        """None to choose from: each row of the course leads on."""
        return []

    @property
    def tables(self) -> list[Table]:
        return [self.course, *self.beside]

    def file(self, table: str, kind: str) -> str:
        return link("boards_own_file", self.typed, table=table, **{"as": kind})


def link(name: str, typed: Mapping[str, str], **changed: str) -> str:
    """An address with some words of the question changed."""
    words = {key: typed[key] for key in ("by", "measure", "period") if typed.get(key)} | changed
    return f"{reverse(name)}?{urlencode(words)}"


def shown(asker: Asker, typed: Mapping[str, str]) -> Shown:
    """The board of the asker's own units. Raises Unseen where none is declared."""
    board = first_for("unit")
    by = typed.get("by", "") if typed.get("by") in board.periods else (
        USUAL if USUAL in board.periods else board.periods[0])
    course = boards.own(asker, settings.BAIYING_DISTRICT, by, moment.today())
    found = picked(course, typed.get("period", ""))
    before = max((one.period for one in course if one.period < found.period), default=None)
    chosen = next((one for one in board.measures if one.key == typed.get("measure")), board.measures[0])
    counts = {one.period: one.counts for one in course}
    return Shown(
        board, by, bys=[(one, link("boards_own", {}, by=one, measure=chosen.key)) for one in board.periods],
        chosen=chosen, measures=[(one, link("boards_own", typed, measure=one.key)) for one in board.measures],
        period=found.period,
        findings=board_tables.findings(board, found.counts, counts[before] if before else None), before=before,
        chart=board_tables.drawn(chosen, list(counts.items())), course=course_table(board, chosen, course),
        beside=[matters_table(board, chosen, found, by)] if "matter" in board.compare and found.matters else [],
        now=cases.standing_now(asker), generated=any(one.generated for one in course),
        counted=boards.freshness(settings.BAIYING_DISTRICT)[0], typed=typed)


def picked(course: list[Own], typed: str) -> Own:
    """The period that was asked for; else the last one in which something came in."""
    asked = boards.read_period(typed, [one.period for one in course])
    found = next((one for one in course if one.period == asked), None)
    return found or next((one for one in course[::-1] if one.counts["received"]), course[-1])


def course_table(board: Board, chosen: Measure, course: list[Own]) -> Table:
    """The course; each period leads to its cases."""
    table = board_tables.course(board, chosen, [(one.period, one.counts) for one in course])
    lines = [board_tables.line(board, chosen, line.label, one.counts, to_cases(one.period))
             for line, one in zip(table.lines, course[::-1], strict=True)]
    return Table(table.key, table.title, table.first, table.measures, lines)


def matters_table(board: Board, chosen: Measure, one: Own, by: str) -> Table:
    lines = [board_tables.line(board, chosen, matter_said(key), counts, to_cases(one.period, key))
             for key, counts in one.matters.items()]
    return Table("matter", _("By matter"), _("Matter"), board.measures, lines)


def to_cases(period: Period, matter: str = "") -> str:
    """The list of cases behind a number."""
    words = {"period": period.key, "kind": period.kind} | ({"matter": matter} if matter else {})
    return f"{reverse('boards_own_cases')}?{urlencode(words)}"


def read(kind: str, key: str) -> Period:
    """A period that an address names; without a name the one that runs. Raises Unseen."""
    found = boards.period_of(kind, key) if key else boards.running(kind, moment.today())
    if found is None:
        raise Unseen
    return found
