"""Incidents as those on duty see them: level, clocks, checklist, roster, and how many cases; never which, never whose.

Nothing here answers "who knows whom": a frame holds no case, no person who asked, and there is no way from one frame to
another through somebody. What is shown of cases beside their number are those that the asker may open anyway.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baiying.cases import access
from baiying.cases.models import Case, Incident, IncidentDuty, IncidentLine, IncidentMark
from baiying.cases.queries.late import wide
from baiying.catalogue import queries as catalogue
from baiying.engine import clock as engine
from baiying.engine import flow, incidents
from baiying.engine.clock import Reckoning
from baiying.kit import chance, door, moment
from baiying.kit.errors import Unseen
from baiying.network import queries as network
from baiying.network.models import Post, Unit

AT_ONCE = 200
# What may be told next, by what has happened: an end comes after a level, the review after the end.
GOING_ON = ("written", "on_site", "talks", "updated", "relief", "spokesman", "ended")


@dataclass(frozen=True)
class IncidentClock:
    """One clock of the plan in this incident."""

    word: flow.ClockWord
    reckoning: Reckoning
    met: datetime | date | None

    @property
    def late(self) -> bool:
        due = self.reckoning.due_at
        return self.met is None and due is not None and due < moment.now()


@dataclass(frozen=True)
class IncidentStep:
    """One step that some of the asker's own cases in this incident may take now; how many of them."""

    matter: flow.Matter
    stage: flow.Stage
    move: flow.Move
    size: int

    @property
    def key(self) -> str:
        return f"{self.matter.key}/{self.stage.key}/{self.move.key}"

    @property
    def asks(self) -> tuple[flow.Ask, ...]:
        return flow.asks_among(self.matter, self.move.needs)


@dataclass(frozen=True)
class Row:
    """One incident on a list."""

    incident: Incident
    plan: incidents.Plan
    size: int

    @property
    def level(self) -> incidents.Level | None:
        return self.plan.level(self.incident.level)

    @property
    def title(self) -> str:
        facts, english = self.incident.facts, not catalogue.speaks_chinese()
        return " · ".join(flow.answer_text(self.plan.asks[key], facts[key], english) for key in ("what", "employer")
                          if facts.get(key) and key in self.plan.asks)


@dataclass(frozen=True)
class Frame:
    """One incident on one page."""

    row: Row
    unit: Unit
    suggested: incidents.Level | None
    answers: list[tuple[flow.Ask, object]]
    clocks: list[IncidentClock]
    checks: list[tuple[incidents.Check, IncidentLine | None]]
    lines: list[IncidentLine]
    roster: list[tuple[IncidentDuty, Unit]]
    colleagues: list[Post]
    mine: int
    steps: list[IncidentStep]

    @property
    def next_events(self) -> tuple[str, ...]:
        """What may be told next."""
        one = self.row.incident
        if one.ended_at is not None:
            return ("reviewed",) if one.reviewed_at is None and one.destroyed_at is None else ()
        return GOING_ON if one.level else tuple(event for event in GOING_ON if event != "ended")


def incidents_of(asker: door.Asker) -> list[Row]:
    """The incidents of the asker's units and those below, the newest first."""
    with door.open(wide(asker)):
        found = list(Incident.objects.order_by("-reported_at", "id")[:AT_ONCE])
        sizes = Counter(IncidentMark.objects.filter(incident__in=found).values_list("incident_id", flat=True))
        return [Row(one, catalogue.plan_of(one.declaration_id), size_of(one, sizes[one.id])) for one in found]


@dataclass(frozen=True)
class LateIncident:
    """An incident that goes on and has a clock that ran out: whose it is, which one, since when."""

    row: Row
    unit: Unit
    clocks: tuple[IncidentClock, ...]

    @property
    def due_at(self) -> datetime:
        """Since when the first of them is late."""
        return min(one.reckoning.due_at for one in self.clocks if one.reckoning.due_at is not None)


def late_incidents(asker: door.Asker) -> list[LateIncident]:
    """The incidents of the asker's units and those below with a clock that ran out, the longest late first. It reaches
    the level above by itself: nobody has to report that nobody reports."""
    with door.open(wide(asker)):
        going = list(Incident.objects.filter(reviewed_at=None, destroyed_at=None)
                     .order_by("reported_at", "id")[:AT_ONCE])
        told: dict[UUID, list[IncidentLine]] = {one.id: [] for one in going}
        for line in IncidentLine.objects.filter(incident__in=going).order_by("at", "id"):
            told[line.incident_id].append(line)
        sizes = Counter(IncidentMark.objects.filter(incident__in=going).values_list("incident_id", flat=True))
    units = network.units_by_id(one.unit_id for one in going)
    rows = [(Row(one, catalogue.plan_of(one.declaration_id), size_of(one, sizes[one.id])), one) for one in going]
    found = [LateIncident(row, units[one.unit_id], tuple(clock for clock in clocks_of(one, row.plan, told[one.id])
                                                         if clock.late)) for row, one in rows]
    return sorted((one for one in found if one.clocks), key=lambda one: one.due_at)


def frame(asker: door.Asker, ref: str) -> Frame:
    """One of them. Raises Unseen."""
    with door.open(wide(asker)):
        one = held(ref)
        plan = catalogue.plan_of(one.declaration_id)
        lines = list(IncidentLine.objects.filter(incident=one).select_related("by_unit").order_by("at", "id"))
        duties = list(IncidentDuty.objects.filter(incident=one).select_related("person").order_by("since", "id"))
        size = size_of(one, IncidentMark.objects.filter(incident=one).count())
    mine = cases_in(asker, one)
    done = {line.check_key: line for line in lines if line.check_key}
    units = network.units_by_id([one.unit_id, *(duty.unit_id for duty in duties)])
    return Frame(
        row=Row(one, plan, size), unit=units[one.unit_id],
        suggested=incidents.level_by(plan, flow.facts_of(one.facts)),
        answers=[(ask, one.facts[key]) for key, ask in plan.asks.items() if one.facts.get(key) not in (None, "")],
        clocks=list(clocks_of(one, plan, lines)),
        checks=[(check, done.get(check.key)) for check in incidents.checks_of(plan, one.level)], lines=lines,
        roster=[(duty, units[duty.unit_id]) for duty in duties],
        colleagues=[post for unit in sorted(asker.units) for post in network.posts_in(unit, moment.today())],
        mine=len(mine), steps=list(steps_of(mine)),
    )


def held(ref: str, lock: bool = False) -> Incident:
    """The incident of this name, inside an open door. Raises Unseen."""
    found = Incident.objects.select_for_update() if lock else Incident.objects.all()
    one = found.filter(ref=ref).first()
    if one is None:
        raise Unseen
    return one


def clocks_of(one: Incident, plan: incidents.Plan, lines: list[IncidentLine]) -> Iterator[IncidentClock]:
    """Its clocks that have begun, those that run first."""
    told: list[flow.Happening] = [("known", one.known_at), ("reported", one.reported_at)]
    told += [(line.event, line.at) for line in lines if line.event]
    found = incidents.run_clocks(plan, one.level, told)
    for key, state in sorted(found.items(), key=lambda each: each[1].met_at is not None):
        word = plan.clocks[key]
        yield IncidentClock(word, engine.reckon(word.rule, state.start, catalogue.calendar()), state.met_at)


def mark_of(one: Incident, case: Case) -> IncidentMark:
    """The mark of a case in an incident; not stored. Without both keys and the house's seed nobody can make it."""
    return IncidentMark(id=chance.uuid_for(f"{one.id}:{case.id}", "incident_mark"), incident=one, unit_id=one.unit_id)


def cases_in(asker: door.Asker, one: Incident) -> list[Case]:
    """The asker's own cases that stand in this incident; protected ones only where she is named."""
    with door.open(wide(asker)):
        marks = set(IncidentMark.objects.filter(incident=one).values_list("id", flat=True))
    if not marks:
        return []
    with door.open(asker):
        found = access.visible(asker).filter(ended=False).defer("words").order_by("received_at", "id")
        return [case for case in found if mark_of(one, case).id in marks]


def steps_of(cases: list[Case]) -> Iterator[IncidentStep]:
    """The steps that the lead alone may take in these cases, each with how many stand where it begins."""
    places = Counter((case.declaration_id, case.stage) for case in cases)
    for (declaration, stage), size in places.items():
        matter = catalogue.matter_of(declaration)
        if stage not in matter.stages:
            continue
        for move in matter.stages[stage].moves:
            if is_plain(move):
                yield IncidentStep(matter, matter.stages[stage], move, size)


def is_plain(move: flow.Move) -> bool:
    """Whether the lead may take it for many at once: nobody else's yes is asked for, and no ground of a refusal."""
    return flow.LEAD in move.by and not move.agree and not move.reasons


def size_of(one: Incident, marks: int) -> int:
    """How many cases stand in it, or stood in it until the marks were destroyed."""
    kept = one.counts.get("cases", 0)
    return kept if one.destroyed_at is not None and isinstance(kept, int) else marks
