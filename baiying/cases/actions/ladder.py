"""The ladder before a clock ends, and what follows when it has run out. Every minute, on the errand of the clocks.

One transaction a case: whatever breaks off in between leaves a case whole, and the next minute goes on. What was
climbed is written on the clock itself, what expired is a deed with the clock's own identity; so each happens once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from django.db.models import Q

from baiying.cases import access, clocks, effects
from baiying.cases.actions import pausing
from baiying.cases.actions.calling_off import drop_about
from baiying.cases.actions.step import Deed, carry_out, done_before
from baiying.cases.actions.tasks import open_task, still
from baiying.cases.models import Case, Clock, Pause, Task
from baiying.cases.queries import free
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import chance, door, log, moment

AT_ONCE = 1_000  # cases a round; the others wait for the next minute


def climb() -> int:
    """Climb the rungs that are due, end the pauses that are over, let run-out clocks do what their word says.

    Gives how many cases were touched. A case that cannot be climbed stops no other one; its fault is raised at last.
    """
    touched, faults = 0, list[Exception]()
    for case_id in waiting():
        try:
            touched += climb_case(case_id)
        except Exception as fault:  # the others must not wait for this one
            faults.append(fault)
    if faults:
        raise faults[0]
    return touched


def waiting() -> list[UUID]:
    """The cases with something due, each once, the longest waiting first."""
    now, running = moment.now(), Clock.objects.filter(met_at=None)
    due = (
        running.filter(due_at__lte=now, told_late=False).order_by("due_at"),
        running.filter(next_rung_at__lte=now).order_by("next_rung_at"),
        Pause.objects.filter(ended_at=None, until__lt=moment.today()).order_by("until"),
    )
    with door.errand("clocks"):
        found = [case for rows in due for case in rows.values_list("case_id", flat=True)[:AT_ONCE]]
    return list(dict.fromkeys(found))[:AT_ONCE]


def climb_case(case_id: UUID) -> bool:
    """All that is due in one case, in one transaction; says whether there was anything."""
    with door.errand("clocks"):
        door.look_at(case_id)
        case = access.by_id(case_id, lock=True)
        if case is None:
            return False
        did = pausing.over(case)
        for row in due_rows(case):
            did = True
            run_out(case, row) if row.due_at is not None and row.due_at <= moment.now() else climb_rungs(case, row)
        return did


def due_rows(case: Case) -> Iterator[Clock]:
    """The clocks of a case for which something is due, the first due on top; each is read anew, for what one does may
    meet another."""
    now = moment.now()
    due = Q(due_at__lte=now, told_late=False) | Q(next_rung_at__lte=now)
    for name in list(access.clocks(case).filter(due, met_at=None).values_list("id", flat=True)):
        row = access.clocks(case).filter(due, met_at=None, id=name).first()
        if row is not None:
            row.case = case
            yield row


def climb_rungs(case: Case, row: Clock) -> None:
    """Tell of a clock that will end soon: once a rung, several that are due together in one go."""
    word = catalogue.matter_of(case.declaration_id).clocks[row.name]
    ladder, now = clocks.ladder_of(row, word), moment.now()
    reached = [rung for rung in ladder[row.rung:] if rung.at <= now]
    row.rung += len(reached)
    row.next_rung_at = ladder[row.rung].at if row.rung < len(ladder) else None
    row.save(update_fields=["rung", "next_rung_at"])
    if case.ended or not reached:
        return
    log.write("clock.soon", case.id, door.asker().name, {"clock": row.name, "rung": row.rung}, case.wrapped)
    if row.owner == clocks.ASKER:
        effects.cause("tell_her", case, catalogue.matter_of(case.declaration_id))
    elif any(rung.to == flow.UPPER for rung in reached):
        call_upper(case, row.name)


def run_out(case: Case, row: Clock) -> None:
    """Note that a clock ran out, and do what its word says: a stage, effects, a letter. All of it once."""
    row.told_late, row.next_rung_at = True, None
    row.save(update_fields=["told_late", "next_rung_at"])
    log.write("clock.ran_out", case.id, door.asker().name, {"clock": row.name}, case.wrapped)
    drop_about(case, row.name, Task.Kind.EXTEND)  # nothing is granted after the end
    matter, deed_id = catalogue.matter_of(case.declaration_id), chance.uuid_for(str(row.id), "expired")
    if case.ended or matter.clocks[row.name].expired == flow.Expired() or done_before(deed_id):
        return
    step = flow.expire(matter, row.name, case.stage)
    if not step.moved:
        step = replace(step, agreements=still(case).agreements)
    carry_out(case, matter, Deed(deed_id, "expired", step, reason=row.name))


def call_upper(case: Case, clock: str) -> None:
    """A task for the living unit above: this clock below is about to run out, or has. One at a time for each clock.

    At the top nobody stands above: the case is on the list of the unit that leads it, and the log has the line.
    """
    above = free.upper_of(case.unit, free.recused(case))
    if above is None or above.id == case.unit_id:
        return
    called = list(access.tasks_of(case).filter(kind=Task.Kind.CLIMB, about=clock))
    if not any(task.state == Task.State.OPEN and task.unit_id == above.id for task in called):
        row = access.clocks(case).filter(name=clock, met_at=None).last()
        open_task(case, Task.Kind.CLIMB, above, key=f"{clock}:{len(called)}", about=clock,
                  due_at=row.due_at if row is not None else None)


@effects.effect("call_upper")
def call_upper_now(case: Case, matter: flow.Matter) -> None:
    """The effect of a move or of a clock that ran out: the level above hears of the clock that ends next."""
    late = access.clocks(case).filter(met_at=None, owner=clocks.OURS, due_at__lte=moment.now()).first()
    call_upper(case, late.name if late is not None else case.next_clock)


@effects.effect("offer_letter")
def offer_letter(case: Case, matter: flow.Matter) -> None:
    """The letter that the step named stands in her story, written in the same transaction, for her to take and use.

    Nothing else follows of itself: whether she is told is the declaration's own word (`tell_her`).
    """
