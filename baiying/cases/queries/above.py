"""What the level above does at the end of cases below: call her back, end what no verdict of hers will end, answer her
complaints. Each reading of a case is logged and shown to her."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.dossier import Dossier
from baiying.cases.models import Case, Task
from baiying.cases.queries.late import below
from baiying.cases.queries.lines import Line, ground_said, lines
from baiying.cases.queries.reading import ClockView, clock_views, note_reading
from baiying.cases.queries.today import AT_ONCE, Row
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, moment
from baiying.kit import number as numbers
from baiying.kit import queries as kit
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network
from baiying.network.models import Unit

DESK = "case.call_back"  # the power of a desk that calls back for its whole organisation in the district
NO_HAND = ("consent_asked", "not_consented")  # lines about a unit that she did not let in
OTHERS = (Task.State.OPEN, Task.State.DONE, Task.State.DROPPED)


def with_reach(asker: door.Asker) -> door.Asker:
    """The asker with the units whose cases her posts may call back: those below, or all of its organisation for a desk
    of its own."""
    return replace(asker, units=asker.units | reach_of(asker, asker.units))


def reach_of(asker: door.Asker, units: frozenset[UUID]) -> frozenset[UUID]:
    """The units whose cases these units of hers may call back."""
    reached = below(units)
    if DESK not in kit.powers_of(asker.roles):
        return reached
    own = {(unit.district, unit.organisation) for unit in network.units_by_id(units).values()}
    return reached | {unit.id for unit in network.units(moment.today())
                      if (unit.district, unit.organisation) in own and unit.id not in units}


def hands(case: Case) -> frozenset[UUID]:
    """Every unit that led the case, worked in it or wrote it down: none of them records her verdict."""
    moved = {move.unit_id for move in access.moves(case)
             if move.unit_id and (move.party != flow.UPPER or move.verb == "passed_on") and move.verb not in NO_HAND}
    worked = {task.unit_id for task in access.tasks_of(case).filter(kind=Task.Kind.WORK, state__in=OTHERS)
              if task.unit_id is not None}
    return frozenset(moved | worked | {case.unit_id} | ({case.entered_by_id} if case.entered_by_id else set()))


def to_call_back(wide: door.Asker, asker: door.Asker, number: str, lock: bool = False) -> tuple[Case, list[Task]]:
    """A case whose verdict may be asked for, and the call backs that her units were given. Raises Unseen."""
    try:
        return access.by_task(asker, number, [Task.Kind.CALL_BACK], lock, OTHERS)
    except Unseen:
        return access.one(wide, number, lock, may_take=False), []


def recorder(case: Case, asker: door.Asker, tasks: list[Task]) -> Unit:
    """The unit of hers that may ask for the verdict and write it down. Raises Unseen, Refusal."""
    given = {task.unit_id for task in tasks if task.state == Task.State.OPEN}
    if case.guarded and not given and case.unit_id not in asker.units:
        raise Unseen  # that a guarded case exists is told to nobody who was not asked
    busy = hands(case)
    holds = {post.unit_id for post in network.posts_of(asker.who, moment.today())} if asker.who else set()
    moved = asker.who is not None and access.moves(case).filter(person_id=asker.who).exclude(party=flow.UPPER).exists()
    if holds & busy or moved:
        raise Refusal(_("You or your unit had a hand in this case, so you cannot write down her verdict. "
                        "The unit above or a call-back desk does, or she does it herself."))
    free = [unit for unit in sorted(asker.units - busy, key=str)
            if unit in given or case.unit_id in reach_of(asker, frozenset({unit}))]
    if not free:
        raise Unseen
    return network.units_by_id(free[:1])[free[0]]


def check_waits(case: Case) -> None:
    """Refuse where no answer waits for her word: a word that she has given is changed by her alone. Raises Refusal."""
    if case.ended or case.stage not in flow.WAITING or case.verdict:
        raise Refusal(_("A call back asks for her word on an answer. Here no answer waits for it."))


@dataclass(frozen=True)
class CallBack:
    """A case opened to ask her for her word: how to reach her, what she was answered, what to ask."""

    number: str
    matter: flow.Matter
    unit: str
    name: str
    phone: str
    contact: str
    text_only: bool
    answer: str
    asked: str
    asks: tuple[flow.Ask, ...]


def call_backs(asker: door.Asker) -> list[Row]:
    """Answers below that wait for her word although all reminders are over, those that a unit asked to be called on
    top; of guarded cases only the latter."""
    wide = with_reach(asker)
    with door.open(wide):
        given = list(access.tasks(asker, [Task.Kind.CALL_BACK]).values_list("case_id", flat=True))
        since = moment.now() - timedelta(days=flow.REMIND_DAYS[-1])
        waits = (access.known(wide).filter(answered_at__isnull=False, kept_until__gte=moment.today())
                 .select_related("unit").defer("words").order_by("answered_at"))
        first = list(waits.filter(id__in=given))
        rest = (waits.filter(guarded=False, answered_at__lte=since, unit_id__in=wide.units - asker.units)
                .exclude(id__in=given).exclude(entered_by_id__in=asker.units)[:AT_ONCE])
        return [Row(case, catalogue.matter_of(case.declaration_id)) for case in [*first, *rest]]


def call_back(asker: door.Asker, number: str) -> CallBack:
    """Open a case for a call back; logged. Raises Unseen, Refusal."""
    wide = with_reach(asker)
    with door.open(wide):
        case, tasks = to_call_back(wide, asker, number)
        unit = recorder(case, asker, tasks)
        check_waits(case)
        note_reading(case, asker, unit, "call_back")
        held = Dossier(case)
        matter, texts = held.matter, held.texts
        asked = next((texts.get(f"task:{task.id}", "") for task in tasks if task.state == Task.State.OPEN), "")
        told = [line.words for line in lines(held) if line.words and not line.by_her]
        return CallBack(numbers.shown(case.number), matter, network.unit_said(case.unit), texts.get("name", ""),
                        held.phone, texts.get("contact", ""), "text_only" in texts, told[-1] if told else "",
                        asked, flow.closing_asks(matter))


@dataclass(frozen=True)
class Asked:
    """A request to end a case without her word, or a complaint of hers, as it stands on the list of the level above.

    ``own``: this person asked for it herself, so another one decides.
    """

    number: str
    address: str
    matter: flow.Matter | None
    unit: str
    ground: str
    opened_at: datetime
    due_at: datetime | None
    own: bool


@dataclass(frozen=True)
class AskedView:
    """One of them, opened: what the unit asked or she complained about, and the case as far as it takes to decide."""

    number: str
    matter: flow.Matter
    unit: str
    ground: str
    other: str
    text: str
    words: str
    lines: list[Line]
    clocks: list[ClockView]
    due_at: datetime | None
    own: bool


def set_asides(asker: door.Asker) -> list[Asked]:
    """The requests to end a case without her word that the asker's units have to decide."""
    return asked(asker, Task.Kind.SET_ASIDE)


def complaints(asker: door.Asker) -> list[Asked]:
    """The complaints about units below that the asker's units have to answer."""
    return asked(asker, Task.Kind.COMPLAINT)


def set_aside(asker: door.Asker, number: str) -> AskedView:
    """Open a request to end a case without her word; logged. Raises Unseen."""
    return opened(asker, number, Task.Kind.SET_ASIDE)


def complaint(asker: door.Asker, number: str) -> AskedView:
    """Open a complaint of hers; logged. Raises Unseen."""
    return opened(asker, number, Task.Kind.COMPLAINT)


def asked(asker: door.Asker, kind: str) -> list[Asked]:
    """The open tasks of one kind, by the end of their time."""
    wide = replace(asker, units=asker.units | below(asker.units))
    with door.open(wide):
        found = access.tasks(asker, [kind]).select_related("asked_unit").order_by("due_at", "id")[:AT_ONCE]
        tasks = access.not_about(asker, found)
        cases = access.known(wide).in_bulk([task.case_id for task in tasks])
        matters = {id: catalogue.matter_of(case.declaration_id) for id, case in cases.items() if not case.guarded}
        return [Asked(numbers.shown(task.number), task.number, matters.get(task.case_id),
                      unit_of(task, cases), ground_said(task.about), task.opened_at, task.due_at,
                      task.asked_by_id is not None and task.asked_by_id == asker.who) for task in tasks]


def unit_of(task: Task, cases: dict[UUID, Case]) -> str:
    """The unit that asks for an end; for a complaint the one that leads."""
    case = cases.get(task.case_id)
    return network.unit_said(task.asked_unit or (network.unit(case.unit_id) if case is not None else None))


def opened(asker: door.Asker, number: str, kind: str) -> AskedView:
    """The case of the oldest open task of this kind, with what was asked."""
    with door.open(asker):
        case, tasks = access.by_task(asker, number, [kind])
        task = tasks[0]
        note_reading(case, asker, task.unit, kind)
        held = Dossier(case)
        matter, texts = held.matter, held.texts
        return AskedView(
            numbers.shown(case.number), matter, network.unit_said(case.unit), ground_said(task.about),
            numbers.shown(other) if (other := other_of(task.about)) else "", texts.get(f"task:{task.id}", ""),
            case.words or texts.get("words", ""), lines(held), clock_views(held), task.due_at,
            task.asked_by_id is not None and task.asked_by_id == asker.who,
        )


def other_of(about: str) -> str:
    """The number of the other case that a duplicate names."""
    return about.partition(":")[2]
