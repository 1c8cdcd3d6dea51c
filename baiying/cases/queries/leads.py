"""Who may be named to lead a case that came back, and how much each of them has on the desk already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Count, Q

from baiying.cases import access
from baiying.cases.about import DEMAND, RELATIVE
from baiying.cases.dossier import Dossier
from baiying.cases.models import Case, Demand, Task
from baiying.cases.queries.everything import DemandLine, demands
from baiying.cases.queries.free import kept_out_of
from baiying.cases.queries.late import below
from baiying.cases.queries.reading import ClockView, clock_views, note_reading
from baiying.cases.queries.today import AT_ONCE, Row
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, moment, number
from baiying.members import queries as members
from baiying.network import queries as network
from baiying.network.models import Unit
from baiying.network.queries.picture import picture

NAMING = (Task.Kind.ASSIGN, Task.Kind.RULE)


@dataclass(frozen=True)
class Candidate:
    """A unit that may be named, with what it leads now. Guarded cases are in no count."""

    unit: Unit
    open_cases: int
    late_cases: int
    people: int


@dataclass(frozen=True)
class Naming:
    """What the level above is asked: to name a lead, or to rule for good; with those who may be named."""

    ruling: bool
    about: str
    candidates: list[Candidate]


def naming(asker: door.Asker, typed_number: str) -> Naming:
    """The task of this case to name its lead. Raises Unseen when there is none for the asker's units."""
    with door.open(asker):
        case, tasks = access.by_task(asker, typed_number, NAMING)
        ruling, about = tasks[0].kind == Task.Kind.RULE, tasks[0].about
        units = leads_of(case, ruling)
    reach = replace(asker, units=asker.units | {unit.id for unit in units})
    with door.open(reach):
        counted = loads(reach, [unit.id for unit in units])
    return Naming(ruling, about, [
        Candidate(unit, *counted.get(unit.id, (0, 0)), people=people_in(unit)) for unit in units])


def loads(reach: door.Asker, units: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """(open, late) cases by unit, without the guarded ones."""
    found = (access.visible(reach).filter(unit_id__in=list(units), ended=False, guarded=False)
             .values("unit_id").order_by("unit_id")
             .annotate(open=Count("id"), late=Count("id", filter=Q(next_due_at__lte=moment.now()))))
    return {row["unit_id"]: (row["open"], row["late"]) for row in found}


def people_in(unit: Unit) -> int:
    """How many people take in cases there today; asks no database."""
    today = moment.today()
    return len({span.other for span in picture(unit.district).receivers.get(unit.id, ()) if span.covers(today)})


def leads_of(case: Case, ruling: bool) -> list[Unit]:
    """Who may be named: the unit that names, and the living units below it of its organisation in which somebody need
    not keep out of the case. One that gave it back is named again by a ruling alone. The case must be looked at."""
    today = moment.today()
    living = [one for one in network.lower(case.unit_id, today) if network.is_living(one.id, one.district, today)]
    gave_back = set() if ruling else set(access.moves(case).filter(verb="returned").values_list("unit_id", flat=True))
    barred = gave_back | kept_out_of(case)
    return [case.unit, *(one for one in living if one.organisation == case.unit.organisation and one.id not in barred)]


def going_round(asker: door.Asker) -> list[Row]:
    """Open cases here and below that were given back at least once, those given back most often on top; of guarded
    ones those that she holds, and those of her units that nobody does."""
    reach = replace(asker, units=asker.units | below(asker.units))
    with door.open(reach):
        found = (access.listed(asker, access.known(reach).filter(ended=False, returns__gte=1))
                 .select_related("unit").defer("words")
                 .order_by("-returns", "received_at")[:AT_ONCE])
        return [Row(case, catalogue.matter_of(case.declaration_id)) for case in found]


@dataclass(frozen=True)
class Climb:
    """A clock below that is about to run out, or has: whose it is and which, and not a word of hers."""

    number: str
    matter: flow.Matter
    unit: Unit
    stage: flow.Stage
    clock: ClockView | None
    # Of a guarded case nothing is told but its number, its clock and whom to call.
    guarded: bool
    # It is no clock of the case, but what she asks about her information that waits for an answer.
    demand: bool = False
    # What a relative asks, where this unit was called about it: it may decide that itself.
    relatives: tuple[DemandLine, ...] = ()


def climbing(asker: door.Asker, typed_number: str) -> Climb:
    """The case behind a clock that climbed to the asker's unit; its words stay closed, but for what a relative asks
    where this unit may decide it: that is noted as a reading. Raises Unseen."""
    looking = members.selves(asker.who) if asker.who is not None else []
    with door.open(asker):
        case, tasks = access.by_task(asker, typed_number, [Task.Kind.CLIMB])
        held = Dossier(case)
        matter, views = held.matter, clock_views(held)
        meant = next((view for view in views if view.word.key == tasks[0].about), None)
        called = {task.about for task in tasks}
        asked = tuple(one for one in demands(held, looking)
                      if one.kind == Demand.Kind.RELATIVE and f"{RELATIVE}{one.ref}" in called)
        if asked:
            note_reading(case, asker, tasks[0].unit, "relative")
        return Climb(number.shown(case.number), matter, case.unit, flow.stage_of(matter, case.stage), meant,
                     case.guarded, tasks[0].about.startswith(DEMAND), asked)
