"""Tasks of several hands: opening one, closing it, and what comes back.

A task's words lie sealed: what is asked in `task:<id>`, what came back in `done:<id>`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.cases import access, referring
from baiying.cases.actions import calling_off
from baiying.cases.actions.refer import refer
from baiying.cases.actions.step import Deed, carry_out, deed_of, done_before, seal
from baiying.cases.models import Case, Task
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.engine.clock import Rule, reckon
from baiying.kit import chance, door, log, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.network.models import Unit

MOST_CHARACTERS = 20_000
ANSWERED = (Task.State.OPEN, Task.State.DONE, Task.State.REFUSED)
HOUSE_TIME = Rule.parse("5 working days")  # proposed: how long a task takes when whoever asks names no day


def open_task(case: Case, kind: str, unit: Unit | None, *, key: str, party: str = "", text: str = "", about: str = "",
              due_at: datetime | None = None, state: str = Task.State.OPEN, granted: bool = False,
              duty: str = "") -> Task:
    """Give a unit its task in this case, once for each key; nobody of the network for a party outside.

    ``granted``: what a party's part needs is open to it at once, without asking her; ``duty``: as the law demands. The
    case must be locked and looked at.
    """
    asker, at = door.asker(), moment.now()
    task_id = chance.uuid_for(f"{case.id}:{kind}:{key}", "task")
    known = access.tasks_of(case).filter(id=task_id).first()
    if known is not None:
        return known
    task = Task.objects.create(
        id=task_id, case=case, number=case.number, declaration_id=case.declaration_id,
        district=case.district, kind=kind, party=party, unit=unit,
        state=state, asked_by_id=asker.who, asked_unit=case.unit if asker.who else None, about=about,
        guarded=case.guarded, opened_at=at, due_at=due_at or time_of(at),
    )
    if text:
        seal(case, f"task:{task.id}", text)
    if kind == Task.Kind.WORK:
        refer(task, case, granted=granted, duty=duty)
    log.write("task.opened", case.id, asker.name,
              {"task": str(task.id), "kind": kind, "unit": str(unit.id) if unit is not None else ""}, case.wrapped)
    return task


def end_task(task: Task, case: Case, state: str, text: str = "") -> None:
    """Close a task with what came back. The case must be looked at."""
    if text:
        seal(case, f"done:{task.id}", text)
    calling_off.end(case, task, state)


def drop_tasks(case: Case, kinds: Iterable[str]) -> None:
    """Close the open tasks of these kinds that nobody needs any more."""
    for task in access.tasks_of(case).filter(kind__in=list(kinds), state__in=[Task.State.OPEN, Task.State.PROPOSED]):
        end_task(task, case, Task.State.DROPPED)


def time_of(at: datetime) -> datetime | None:
    """The end of a task for which nobody named a day."""
    return reckon(HOUSE_TIME, at, catalogue.calendar()).due_at


def finish_task(asker: door.Asker, number: str, party: str, text: str, key: str) -> None:
    """Those brought in have done what was asked, and say so in writing. Raises Unseen, Refusal."""
    answer_work(asker, number, party, Answer(Task.State.DONE, "task_done", text), key)


def refuse_task(asker: door.Asker, number: str, party: str, ground: str, text: str, key: str) -> None:
    """Those brought in do not do it: only in writing, with a ground from the list. Raises Unseen, Refusal."""
    if ground not in {option.label for option in catalogue.options("refusal_grounds")}:
        raise Refusal(_("Please choose a ground from the list."))
    answer_work(asker, number, party, Answer(Task.State.REFUSED, "task_refused", text, ground), key)


@dataclass(frozen=True)
class Answer:
    """What came back from a unit that was brought in."""

    state: str
    verb: str
    text: str
    ground: str = ""


def answer_work(asker: door.Asker, number: str, party: str, answer: Answer, key: str) -> None:
    """Close the unit's task with what came back, and a line in the story; a form sent twice is one answer."""
    check(answer.text)
    with door.open(asker):
        case, tasks = access.by_task(asker, number, [Task.Kind.WORK], lock=True, states=ANSWERED)
        deed_id = deed_of(case, answer.verb, asker.who, key, party, answer.text, answer.ground)
        if done_before(deed_id):
            return
        if not let_in(case, tasks):
            raise Unseen
        give_answer(case, open_one(tasks, party), answer, deed_id)


def give_answer(case: Case, task: Task, answer: Answer, deed_id: UUID) -> None:
    """Close a party's task with what came back; whoever answers has received it. The case must be locked and looked
    at."""
    referral = referring.referral_of(task)
    if referral is not None:
        referral.received_at = referral.received_at or moment.now()
        referral.refused_ground = answer.ground
        referral.save(update_fields=["received_at", "refused_ground"])
    end_task(task, case, answer.state, answer.text)
    stay(case, Deed(deed_id, answer.verb, still(case, *flow.heard_of(task.party, "done")), reason=answer.ground,
                    party=task.party, unit=task.unit))


def let_in(case: Case, tasks: list[Task]) -> bool:
    """Whether any of these tasks ever opened the case to its unit: not after her no alone, of which it learns nothing.

    The case must be looked at.
    """
    if any(task.state != Task.State.REFUSED for task in tasks):
        return True
    return access.moves(case).filter(verb="task_refused", unit_id__in={task.unit_id for task in tasks}).exists()


def open_one(tasks: list[Task], party: str = "") -> Task:
    """The open task among these, of this party if one is named. Raises Refusal when it was answered already."""
    found = next((task for task in tasks if task.state == Task.State.OPEN and party in ("", task.party)), None)
    if found is None:
        raise Refusal(_("This task was already answered, or is no longer needed. Nothing more is asked of you here."))
    return found


def stay(case: Case, deed: Deed) -> None:
    """Write a deed that leaves the case in its stage."""
    carry_out(case, catalogue.matter_of(case.declaration_id), deed)


def still(case: Case, *marks: str) -> flow.Step:
    """A step that goes nowhere: the case stays in its stage, agreements given so far hold."""
    agreements = {move: frozenset(parties) for move, parties in case.agreed.items()}
    return flow.Step(to=case.stage, marks=marks, moved=False, agreements=agreements)


def check_led(case: Case) -> None:
    """A case that waits for its lead to be named waits for nothing else first. Raises Refusal."""
    if case.unassigned:
        raise Refusal(_("This case waits until it is said who leads it. Name the unit that leads first; "
                        "the rest is that unit's to do."))


def check(text: str) -> None:
    """Words are needed, and not too many. Raises Refusal."""
    if not text.strip():
        raise Refusal(_("Please write a few words: whoever reads this has to know what was done or why not."))
    if len(text) > MOST_CHARACTERS:
        raise Refusal(_("Please keep the text under %(most)d characters."), most=MOST_CHARACTERS)

