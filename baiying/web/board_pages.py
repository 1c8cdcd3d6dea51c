"""What stands on the page of a board: for everybody and for those who answer for units below. A page shows what is
published and nothing else (`boards.queries.published`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from baiying.boards import queries as boards
from baiying.boards.queries import Period, Quarter, Year
from baiying.catalogue import queries as catalogue
from baiying.engine.boards import COUNTS, Board, Measure
from baiying.kit import moment
from baiying.kit.errors import Unseen
from baiying.network import queries as network
from baiying.web import board_tables, charts
from baiying.web.board_tables import Finding, Line, Table, Told
from baiying.web.templatetags.show import named, period_words

NOTHING: Told = dict.fromkeys(COUNTS, 0)
Part = Callable[[Quarter | Year], Told]


@dataclass(frozen=True)
class Asked:
    """What an address asks for: the board, where its pages begin, and the words after the question mark."""

    board: Board
    base: str
    typed: Mapping[str, str]
    street: str = ""
    matter: str = ""

    @property
    def here(self) -> str:
        """The address of this very page, without its question."""
        if self.street:
            return f"{self.base}street/{self.street}/"
        return f"{self.base}matter/{self.matter}/" if self.matter else self.base

    def link(self, base: str = "", **changed: str) -> str:
        """An address with some words of the question changed."""
        words = {key: self.typed[key] for key in ("period", "measure", "by") if self.typed.get(key)} | changed
        return f"{base or self.here}?{urlencode(words)}" if words else base or self.here


@dataclass(frozen=True)
class Shown:
    """A board's page."""

    asked: Asked
    title: str
    period: Period
    periods: list[tuple[Period, str]]
    chosen: Measure
    measures: list[tuple[Measure, str]]
    by: str
    bys: list[tuple[str, str]]
    findings: list[Finding]
    before: Period | None
    chart: charts.Chart
    course: Table
    beside: list[Table]
    protected: int | None
    generated: bool
    units_by_year: bool
    counted: datetime | None
    proved: datetime | None

    @property
    def board(self) -> Board:
        return self.asked.board

    @property
    def tables(self) -> list[Table]:
        return [self.course, *self.beside]

    def file(self, table: str, kind: str) -> str:
        return self.asked.link(f"{self.asked.base}file/", table=table, street=self.asked.street,
                               matter=self.asked.matter, **{"as": kind})


def of_key(key: str, audience: str) -> Board:
    """The board of this audience under this key. Raises Unseen."""
    found = next((one for one in catalogue.boards() if one.key == key and one.audience == audience), None)
    if found is None:
        raise Unseen
    return found


def first_for(audience: str) -> Board:
    """The first board of this audience. Raises Unseen."""
    found = next((one for one in catalogue.boards() if one.audience == audience), None)
    if found is None:
        raise Unseen
    return found


def shown(asked: Asked) -> Shown | None:
    """The page that is asked for; nothing where no quarter has been counted yet. Raises Unseen."""
    quarters, years = boards.published(settings.BAIYING_DISTRICT, moment.today())
    whole = boards.periods_of(asked.board, quarters, years)
    if not whole:
        return None
    found = boards.read_period(asked.typed.get("period", ""), list(whole)) or max(
        (one for one in whole if one.kind == "quarter"), default=max(whole))
    part = part_of(asked, quarters)
    before = max((one for one in whole if one.kind == found.kind and one < found), default=None)
    chosen = next((one for one in asked.board.measures if one.key == asked.typed.get("measure")),
                  asked.board.measures[0])
    kinds = [one for one in asked.board.periods if one != "month" or not (asked.street or asked.matter)]
    kinds = [one for one in kinds if one != "year" or years]
    by = asked.typed.get("by", "") if asked.typed.get("by") in kinds else next(
        (one for one in kinds if one == "quarter"), kinds[0])
    course = course_of(quarters, years, by, part)
    counted, proved, _drifted = boards.freshness(settings.BAIYING_DISTRICT)
    return Shown(
        asked, title_of(asked), found,
        periods=[(one, asked.link(period=one.key)) for one in sorted(whole, key=lambda one: (one.kind, one.since))],
        chosen=chosen, measures=[(one, asked.link(measure=one.key)) for one in asked.board.measures],
        by=by, bys=[(one, asked.link(by=one)) for one in kinds],
        findings=board_tables.findings(asked.board, part(whole[found]), part(whole[before]) if before else None),
        before=before, chart=board_tables.drawn(chosen, course),
        course=board_tables.course(asked.board, chosen, course), beside=beside(asked, chosen, whole[found]),
        protected=whole[found].protected["received"], generated=any(one.generated for one in quarters),
        units_by_year="unit" in asked.board.compare and found.kind != "year" and bool(asked.street),
        counted=counted, proved=proved)


def part_of(asked: Asked, quarters: list[Quarter]) -> Part:
    """What of a quarter or a year this page is about: all of it, a street, a matter. Raises Unseen."""
    if asked.street:
        if not any(asked.street in one.streets for one in quarters):
            raise Unseen
        return lambda one: one.streets.get(asked.street, NOTHING)
    if asked.matter:
        if not any(asked.matter in one.matters for one in quarters):
            raise Unseen
        return lambda one: one.matters.get(asked.matter, NOTHING)
    return lambda one: one.total


def course_of(quarters: list[Quarter], years: list[Year], by: str, part: Part) -> list[tuple[Period, Told]]:
    """The course, oldest first."""
    if by == "month":
        return [(period, told) for one in quarters for period, told in one.months.items()]
    return [(one.period, part(one)) for one in (years if by == "year" else quarters)]


def beside(asked: Asked, chosen: Measure, one: Quarter | Year) -> list[Table]:
    """What stands beside what in one period, as the board declares it."""
    found = []
    if asked.street:
        if "unit" in asked.board.compare and isinstance(one, Year):
            found.append(table(asked, chosen, "unit", _("Units of this street"), _("Unit"),
                               one.streets.get(asked.street, NOTHING), unit_rows(one, asked.street)))
        return found
    if asked.matter:
        return found
    if "street" in asked.board.compare:
        found.append(table(asked, chosen, "street", _("By street"), _("Street"), one.total, street_rows(asked, one)))
    if "matter" in asked.board.compare:
        found.append(table(asked, chosen, "matter", _("By matter"), _("Matter"), one.total, matter_rows(asked, one)))
    return found


def table(asked: Asked, chosen: Measure, key: str, title: str, first: str, whole: Told,
          rows: list[tuple[str, Told, str]]) -> Table:
    lines: list[Line] = board_tables.beside(asked.board, chosen, whole, rows)
    return Table(key, title, first, asked.board.measures, lines)


def street_rows(asked: Asked, one: Quarter | Year) -> list[tuple[str, Told, str]]:
    """The streets in the order of their codes: no ranking."""
    return [(boards.street_said(code), one.streets[code], asked.link(f"{asked.base}street/{code}/"))
            for code in sorted(one.streets)]


def matter_rows(asked: Asked, one: Quarter | Year) -> list[tuple[str, Told, str]]:
    """The matters in the order of the catalogue, those no longer offered last."""
    place = {matter.key: number for number, matter in enumerate(catalogue.every_matter())}
    return [(matter_said(key), one.matters[key], asked.link(f"{asked.base}matter/{key}/"))
            for key in sorted(one.matters, key=lambda key: (place.get(key, len(place)), key))]


def unit_rows(year: Year, street: str) -> list[tuple[str, Told, str]]:
    """The units of a street by name; a closed one keeps what it had, with the day on which it closed."""
    units = network.units_by_id(year.units.get(street, {}))
    said = {key: network.unit_said(units[key]) + (
        "" if units[key].closed_on is None else _(" (closed on %(day)s)") % {"day": units[key].closed_on})
            for key in units}
    return [(said[key], year.units[street][key], "") for key in sorted(units, key=lambda key: said[key])]


def matter_said(key: str) -> str:
    matter = next((one for one in catalogue.every_matter() if one.key == key), None)
    return _("A matter no longer offered") if matter is None else named(matter)


def title_of(asked: Asked) -> str:
    if asked.street:
        return boards.street_said(asked.street)
    return matter_said(asked.matter) if asked.matter else named(asked.board)


def notes(page: Shown, one: Table) -> list[str]:
    """What a file says above its table, so that it can be understood without the page."""
    found = [f"{page.title} · {one.title} · "
             + (period_words(page.period) if one.key != "course" else _("all periods published"))]
    if page.generated:
        found.append(_("Demonstration: these past months are invented."))
    found.append(_("Where a number is not told it is below %(least)d, or it would give such a one away.")
                 % {"least": boards.LEAST_CELL})
    return found + [f"{named(measure)}: {named(measure, 'definition')}" for measure in one.measures]
