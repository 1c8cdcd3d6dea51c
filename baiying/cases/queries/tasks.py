"""Tasks of several hands: the list of what a unit has to do in cases led by others, and one such task on one page.

A party that was brought in sees the words of its own task and what the matter's part for it says; nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baiying.cases import access
from baiying.cases.dossier import Dossier
from baiying.cases.facts import roles_in
from baiying.cases.models import Case, Task
from baiying.cases.queries.free import fitting
from baiying.cases.queries.lines import Line, lines, party_said
from baiying.cases.queries.reading import ClockView, answers, clock_views, note_reading, offers_to
from baiying.cases.queries.today import AT_ONCE
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, moment, number
from baiying.kit.errors import Unseen
from baiying.network import queries as network
from baiying.network.models import Unit

KINDS = {
    Task.Kind.WORK: pgettext_lazy("task", "help with a case"),
    Task.Kind.ASSIGN: pgettext_lazy("task", "name who leads"),
    Task.Kind.RULE: pgettext_lazy("task", "rule who leads"),
    Task.Kind.EXTEND: pgettext_lazy("task", "more time, or not"),
    Task.Kind.SET_ASIDE: pgettext_lazy("task", "end it, or not"),
    Task.Kind.CLIMB: pgettext_lazy("task", "about to be late"),
    Task.Kind.COMPLAINT: pgettext_lazy("task", "a complaint"),
    Task.Kind.CALL_BACK: pgettext_lazy("task", "ask for the verdict"),
}
STATES = {
    Task.State.PROPOSED: _("waits for the person's consent"),
    Task.State.OPEN: _("at work"),
    Task.State.DONE: _("done"),
    Task.State.REFUSED: _("not done"),
    Task.State.DROPPED: _("no longer needed"),
}


@dataclass(frozen=True)
class TaskRow:
    """One line of a list of tasks: never a word of hers."""

    task: Task
    matter: flow.Matter

    @property
    def number(self) -> str:
        return number.shown(self.task.number)

    @property
    def address(self) -> str:
        return self.task.number

    @property
    def kind(self) -> str:
        return str(KINDS[Task.Kind(self.task.kind)])

    @property
    def party(self) -> str:
        return party_said(self.task.party)

    @property
    def due_at(self) -> datetime | None:
        return self.task.due_at

    @property
    def late(self) -> bool:
        return self.due_at is not None and self.due_at <= moment.now()

    @property
    def asked_by(self) -> str:
        return network.unit_said(self.task.asked_unit)


@dataclass(frozen=True)
class TaskLine:
    """A task as those who lead the case, and she, see it."""

    ref: str
    kind: str
    state: str
    party: str
    unit: str
    asked: str
    came_back: str
    due_at: datetime | None
    open: bool
    proposed: bool
    sees: tuple[str, ...]

    @property
    def late(self) -> bool:
        return self.open and self.due_at is not None and self.due_at <= moment.now()


@dataclass(frozen=True)
class TaskView:
    """One case as a party that was brought in sees it: least data."""

    case: Case
    matter: flow.Matter
    task: TaskRow
    asked: str
    words: str
    name: str
    phone: str
    answers: list[tuple[str, str]]
    lines: list[Line]
    clocks: list[ClockView]
    offers: tuple[flow.Offer, ...]

    @property
    def number(self) -> str:
        return number.shown(self.case.number)

    @property
    def stage(self) -> flow.Stage:
        return flow.stage_of(self.matter, self.case.stage)


def tasks(asker: door.Asker, kinds: Iterable[str] = ()) -> list[TaskRow]:
    """The open tasks of the asker's units, what runs out first on top, at most AT_ONCE."""
    with door.open(asker):
        found = (access.tasks(asker, kinds).select_related("unit", "asked_unit")
                 .order_by(F("due_at").asc(nulls_last=True), "opened_at")[:AT_ONCE])
        return [TaskRow(task, catalogue.matter_of(task.declaration_id)) for task in access.not_about(asker, found)]


def open_task(asker: door.Asker, typed_number: str) -> TaskView:
    """The case behind a task of one's unit, as far as its part sees it. The opening is logged. Raises Unseen."""
    with door.open(asker):
        case, found = access.by_task(asker, typed_number, [Task.Kind.WORK])
        held = Dossier(case)
        task, matter = found[0], held.matter
        sees = flow.part_of(matter, task.party).sees
        note_reading(case, asker, task.unit)
        texts, given = held.texts, answers(held, only=sees)
        return TaskView(
            case=case, matter=matter, task=TaskRow(task, matter), asked=texts.get(f"task:{task.id}", ""),
            words=(case.words or texts.get("words", "")) if "words" in sees else "",
            name=texts.get("name", "") if "name" in sees else "", phone=held.phone if "phone" in sees else "",
            answers=given, lines=lines(held) if "story" in sees else [],
            clocks=[view for view in clock_views(held) if view.word.of == task.party],
            offers=offers_of(held, asker),
        )


def offers_of(held: Dossier, asker: door.Asker) -> tuple[flow.Offer, ...]:
    """The moves of the case that are this party's to make."""
    return () if flow.LEAD in roles_in(held, asker) else offers_to(held, asker)


def task_lines(held: Dossier) -> list[TaskLine]:
    """Those brought into this case, what each was asked and what came back. The case must be looked at."""
    matter, texts = held.matter, held.texts
    return [
        TaskLine(
            ref=task.ref, kind=str(KINDS[Task.Kind(task.kind)]), state=str(STATES[Task.State(task.state)]),
            party=party_said(task.party), unit=network.unit_said(task.unit), asked=texts.get(f"task:{task.id}", ""),
            came_back=texts.get(f"done:{task.id}", ""), due_at=task.due_at, open=task.state == Task.State.OPEN,
            proposed=task.state == Task.State.PROPOSED, sees=seen_by(matter, task.party),
        )
        for task in held.tasks if task.kind == Task.Kind.WORK
    ]


SEEN = {
    "words": _("what you wrote"),
    "name": _("your name"),
    "phone": _("your telephone number"),
    "story": _("how the case went so far"),
}


def seen_by(matter: flow.Matter, party: str) -> tuple[str, ...]:
    """What a party brought in reads beside the words of its own task, in the reader's language."""
    return tuple(str(SEEN[one]) if one in SEEN else catalogue.said(matter.asks[one])
                 for one in flow.part_of(matter, party).sees)


def candidates(asker: door.Asker, typed_number: str, party: str) -> list[Unit]:
    """The units that could be asked to play a party in this case. Raises Unseen."""
    with door.open(asker):
        case = access.one(asker, typed_number)
        if party not in catalogue.words().parties:
            raise Unseen
        return fitting(case, party)

