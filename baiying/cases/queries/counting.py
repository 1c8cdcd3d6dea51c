"""Cases as numbers, for whoever counts: by where and when they came in, and how they stand. No words, no numbers of
cases. Only the errand ``figures`` sees all cases of a district.

A case is counted once, at the unit that had it first, on the day it came in (Shanghai), whatever happened to it since:
handing it over, closing the unit or reopening it one level up takes it out of nobody's figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connection

from baiying.cases import access
from baiying.cases.models import Case
from baiying.cases.queries.today import AT_ONCE, SHOWN, Row
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, moment

ERRAND = "figures"
#: What is counted of each case; `engine.boards.counts` says what each means.
NAMES = ("received", "waiting", "ended", "unrated", "within_30_days", "solved", "partly", "not_solved", "returned",
         "in_time", "reopened", "contacted", "not_contacted")

_SQL = """
WITH counted AS (
    SELECT id, unit_id, declaration_id, guarded, verdict, contacted, unrated, times_reopened, returns, stage,
           (received_at AT TIME ZONE 'Asia/Shanghai')::date AS day,
           verdict <> '' AND stage <> %(withdrawn)s AND (stage <> %(set_aside)s OR verdict = 'not_solved') AS said
    FROM cases_case WHERE district = %(district)s AND received_at >= %(since)s AND received_at < %(until)s
      AND (%(days)s::date[] IS NULL OR (received_at AT TIME ZONE 'Asia/Shanghai')::date = ANY (%(days)s::date[]))
), first_unit AS (
    SELECT DISTINCT ON (m.case_id) m.case_id, m.unit_id
    FROM cases_move m JOIN counted c ON c.id = m.case_id
    WHERE m.unit_id IS NOT NULL AND (m.party = '' OR m.verb = 'passed_on')
    ORDER BY m.case_id, m.at, m.turn, m.id
), answered AS (
    SELECT m.case_id, min(m.at) AS at FROM cases_move m JOIN counted c ON c.id = m.case_id
    WHERE m.after = ANY (%(waiting)s) GROUP BY m.case_id
), promised AS (
    SELECT * FROM unnest(%(declarations)s::text[], %(clocks)s::text[]) AS p (declaration_id, name)
), overdue AS (
    SELECT DISTINCT k.case_id
    FROM answered a JOIN cases_clock k ON k.case_id = a.case_id JOIN counted c ON c.id = k.case_id
         JOIN promised p ON p.declaration_id = c.declaration_id AND p.name = k.name
    WHERE k.started_at <= a.at AND k.due_at < least(a.at, coalesce(k.met_at, a.at))
), standing AS (
    SELECT c.*, coalesce(f.unit_id, c.unit_id) AS at_unit, o.case_id IS NULL AS timely,
           NOT said AND stage = ANY (%(waiting)s) AS silent
    FROM counted c LEFT JOIN first_unit f ON f.case_id = c.id LEFT JOIN overdue o ON o.case_id = c.id
)
SELECT CASE WHEN guarded THEN NULL ELSE at_unit END, CASE WHEN guarded THEN '' ELSE declaration_id END, day, guarded,
       count(*),
       count(*) FILTER (WHERE NOT said AND NOT silent AND NOT stage = ANY (%(over)s)),
       count(*) FILTER (WHERE NOT said AND stage = ANY (%(over)s)),
       count(*) FILTER (WHERE silent AND unrated),
       count(*) FILTER (WHERE silent AND NOT unrated),
       count(*) FILTER (WHERE said AND verdict = 'solved'),
       count(*) FILTER (WHERE said AND verdict = 'partly'),
       count(*) FILTER (WHERE said AND verdict = 'not_solved'),
       count(*) FILTER (WHERE returns > 0),
       count(*) FILTER (WHERE (said OR silent) AND timely),
       count(*) FILTER (WHERE (said OR silent) AND times_reopened > 0),
       count(*) FILTER (WHERE said AND contacted),
       count(*) FILTER (WHERE said AND NOT contacted)
FROM standing GROUP BY 1, 2, 3, 4
"""


@dataclass(frozen=True)
class Counted:
    """The cases of one unit and matter that came in on one day; guarded ones together, without unit and matter."""

    unit: UUID | None
    matter: str
    day: date
    protected: bool
    counts: dict[str, int]


def counted(district: str, since: date, until: date, days: Iterable[date] | None = None) -> list[Counted]:
    """The cases that came in from ``since`` up to, not including, ``until``; only those of certain days if named.

    Behind the errand only.
    """
    pairs = answer_clocks(district)
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {
            "district": district, "since": first_instant(since), "until": first_instant(until),
            "days": None if days is None else list(days), "waiting": list(flow.WAITING), "over": list(flow.ENDED),
            "withdrawn": flow.WITHDRAWN, "set_aside": flow.SET_ASIDE,
            "declarations": [one for one, _ in pairs], "clocks": [name for _, name in pairs]})
        found: dict[tuple[UUID | None, str, date, bool], Counter[str]] = {}
        for unit, declaration, day, guarded, *numbers in cursor.fetchall():
            matter = catalogue.matter_of(declaration).key if declaration else ""  # two versions are one matter
            found.setdefault((unit, matter, day, guarded), Counter()).update(dict(zip(NAMES, numbers, strict=True)))
    return [Counted(*key, counts=dict(numbers)) for key, numbers in found.items()]


def answer_clocks(district: str) -> list[tuple[str, str]]:
    """By declaration, our own clocks that an answer meets: those by which "answered in time" is measured."""
    declarations = Case.objects.filter(district=district).values_list("declaration_id", flat=True).order_by().distinct()
    return [(one, clock.key) for one in declarations for clock in catalogue.matter_of(one).clocks.values()
            if clock.owner == "ours" and set(clock.until) & set(flow.WAITING)]


def days_changed(district: str, since: datetime | None) -> list[date]:
    """The days on which cases came in that have changed since then. Behind the errand only."""
    found = Case.objects.filter(district=district)
    if since is not None:
        found = found.filter(changed_at__gte=since)
    return sorted({moment.shanghai(at).date() for at in found.values_list("received_at", flat=True).iterator()})


def span(district: str) -> tuple[date, date] | None:
    """The first and the last day on which a case came in. Behind the errand only."""
    ordered = Case.objects.filter(district=district).order_by("received_at").values_list("received_at", flat=True)
    first, last = ordered.first(), ordered.last()
    return None if first is None or last is None else (moment.shanghai(first).date(), moment.shanghai(last).date())


@dataclass(frozen=True)
class Now:
    """The open cases of units, as clocks stand: run out, about to end, and the others."""

    late: int
    soon: int
    other: int

    @property
    def open(self) -> int:
        return self.late + self.soon + self.other


SOON = timedelta(days=3)


def standing_now(asker: door.Asker) -> Now:
    """The open cases that the asker's own units lead, by their next clock; guarded ones are in no count."""
    with door.open(asker):
        now = moment.now()
        dues = list(access.visible(asker).filter(ended=False, guarded=False).exclude(stage__in=flow.WAITING)
                    .values_list("next_due_at", flat=True))
    late = sum(1 for due in dues if due is not None and due <= now)
    soon = sum(1 for due in dues if due is not None and now < due <= now + SOON)
    return Now(late, soon, len(dues) - late - soon)


def first_instant(day: date) -> datetime:
    """The first instant of a day in Shanghai."""
    return datetime.combine(day, time(), moment.SHANGHAI)


def came_in(asker: door.Asker, since: date, until: date, matter: str = "") -> list[Row]:
    """The cases behind a number of the asker's own board: those that came in between two days and that she may open.

    Guarded ones are not among them, as they are in no number of a unit; nor are those that another unit leads now.
    """
    with door.open(asker):
        found = (access.visible(asker).filter(guarded=False, received_at__gte=first_instant(since),
                                              received_at__lt=first_instant(until))
                 .only(*SHOWN).order_by("received_at", "id"))
        if matter:
            found = found.filter(declaration__key=matter)
        return [Row(case, catalogue.matter_of(case.declaration_id)) for case in found[:AT_ONCE]]
