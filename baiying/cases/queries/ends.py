"""What she can still do at the end of a case: give or change her word, contest, complain, open a further one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from baiying.cases import access
from baiying.cases.dossier import Dossier
from baiying.cases.models import Case, Move, Task
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, log, moment, number
from baiying.kit.errors import Unseen
from baiying.network import queries as network
from baiying.network.models import Unit

LINKED = "linked:"  # the sealed fields that name a case she opened out of another one; shown to her alone


@dataclass(frozen=True)
class Complaint:
    """What she complained about, and what the level above answered. Never shown to the unit it is about."""

    at: datetime
    unit: str
    words: str
    due_at: datetime | None
    answer: str
    answered_at: datetime | None

    @property
    def open(self) -> bool:
        return self.answered_at is None


@dataclass(frozen=True)
class Linked:
    """A case that she opened out of this one, or that this one was opened out of."""

    number: str
    matter: str


@dataclass(frozen=True)
class Ways:
    """What she can do now. ``judge_until``: her word is taken and her words are kept until this day."""

    may_judge: bool
    may_change: bool
    judge_until: date | None
    unrated: bool
    may_contest: bool
    may_complain: bool
    may_reply: bool
    erased: bool
    asks: tuple[flow.Ask, ...]
    complaints: tuple[Complaint, ...]
    further: tuple[flow.Matter, ...]
    linked: tuple[Linked, ...]
    # The unit that wrote it down for her; empty when she sent it herself.
    entered_by: str
    # She may take a 查询码 that nobody but she has seen.
    may_take_code: bool


def her_ways(entry: bytes) -> Ways:
    """What she can do in the case that this entry opens. Raises Unseen."""
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker())
        return ways_of(Dossier(case))


def ways_of(held: Dossier) -> Ways:
    """What she can do in this case; it must be looked at."""
    case, matter = held.case, held.matter
    over, complaints = is_over(case), complaints_of(held)
    linked = linked_of(held.texts)
    return Ways(
        may_judge=case.stage in flow.WAITING and not over,
        may_change=case.stage == flow.CLOSED and not over,
        judge_until=case.kept_until, unrated=case.unrated,
        may_contest=case.stage == flow.SET_ASIDE and not case.contested and not over,
        may_complain=not over and not any(one.open for one in complaints) and above(case) is not None,
        may_reply=any(one.ended_at is None and one.ground == flow.WAITING_FOR_ASKER for one in held.pauses),
        erased=case.key is None, asks=flow.closing_asks(matter), complaints=complaints,
        further=() if over else further(held, {one.matter for one in linked}),
        linked=tuple(Linked(number.shown(one.number), matter_said(one.matter)) for one in linked),
        entered_by=network.unit_said(network.unit(case.entered_by_id)) if case.entered_by_id else "",
        may_take_code=may_take_code(case),
    )


def is_over(case: Case) -> bool:
    """Whether the day has passed until which her word is taken."""
    return case.key is None or (case.kept_until is not None and moment.today() > case.kept_until)


def may_take_code(case: Case) -> bool:
    """Whether she may take a 查询码 of her own: once, where somebody else wrote it down and so has seen the first one.
    Whoever saw that one cannot shut her out afterwards."""
    return case.entered_by_id is not None and not any(
        line.verb == "case.own_code" for line in log.lines_about(case.id, case.wrapped))


def above(case: Case) -> Unit | None:
    """The unit one level above the one that leads, or nothing at the top."""
    return network.upper(case.unit, moment.today())


def complaints_of(held: Dossier) -> tuple[Complaint, ...]:
    """Her complaints about the handling, the oldest first."""
    return tuple(
        Complaint(task.opened_at, network.unit_said(task.unit), held.texts.get(f"task:{task.id}", ""), task.due_at,
                  held.texts.get(f"done:{task.id}", ""), task.ended_at)
        for task in held.tasks if task.kind == Task.Kind.COMPLAINT
    )


def further(held: Dossier, known: set[str]) -> tuple[flow.Matter, ...]:
    """The kinds of case that the moves made so far offer her, without those she has opened already."""
    keys: dict[str, None] = {}
    for made in (one for one in held.moves if one.verb == "moved"):
        stage = held.matter.stages.get(made.before)
        for move in stage.moves if stage is not None else ():
            if was(made, move):
                keys.update(dict.fromkeys(move.opens))
    return tuple(found for key in keys if key not in known and (found := in_force(key)) is not None)


def was(made: Move, move: flow.Move) -> bool:
    """Whether a line of the story is this declared move: where it led, what it marked, which letter went out. One that
    leads to the same stage for another reason offers something else."""
    events = flow.Step(to=move.to, marks=move.marks).events
    return (made.after, tuple(made.marks), made.letter) == (move.to, events, move.letter)


def in_force(key: str) -> flow.Matter | None:
    """The matter under this key, or nothing when it is no longer offered."""
    try:
        return catalogue.matter(key)
    except Unseen:
        return None


def linked_of(texts: dict[str, str]) -> tuple[Linked, ...]:
    """The cases linked with this one: bare number and the matter's key."""
    return tuple(Linked(field.removeprefix(LINKED), key) for field, key in texts.items() if field.startswith(LINKED))


def matter_said(key: str) -> str:
    """The name of a kind of case in the reader's language; empty when it is no longer offered."""
    matter = in_force(key)
    if matter is None:
        return ""
    return matter.name if catalogue.speaks_chinese() or not matter.name_en else matter.name_en
