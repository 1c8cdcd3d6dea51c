"""What was asked of the level above about a clock that no longer runs is asked no more."""

from __future__ import annotations

from django.db.models import Q

from baiying.cases import access, clocks
from baiying.cases.about import DEMAND
from baiying.cases.models import Case, Task
from baiying.kit import door, log, moment

ABOUT_CLOCKS = (Task.Kind.CLIMB, Task.Kind.EXTEND)


def call_off(case: Case) -> None:
    """Drop the open tasks about clocks that do not run any more, and those of a unit that leads by now itself.

    Requests for more time lapse with their clock. The case must be locked and looked at.
    """
    tasks = list(access.tasks_of(case).filter(kind__in=ABOUT_CLOCKS, state=Task.State.OPEN)
                 .exclude(~Q(unit=case.unit_id), about__startswith=DEMAND))
    if not tasks:
        return
    running = clocks.running_of(list(access.clocks(case)))
    for task in tasks:
        if task.about not in running:
            drop(case, task)
        elif task.kind == Task.Kind.CLIMB and task.unit_id == case.unit_id:
            drop(case, task)


def drop(case: Case, task: Task) -> None:
    """Close one task that nobody needs any more."""
    end(case, task, Task.State.DROPPED)


def end(case: Case, task: Task, state: str) -> None:
    """Close a task; time that was asked for with one that nobody needs any more lapses. The case must be looked at."""
    task.state, task.ended_at = state, moment.now()
    task.save(update_fields=["state", "ended_at"])
    log.write("task.ended", case.id, door.asker().name, {"task": str(task.id), "state": state}, case.wrapped)
    if task.kind == Task.Kind.EXTEND and state == Task.State.DROPPED:
        access.extensions(case).filter(clock=task.about, granted=None).update(granted=False, decided_at=task.ended_at)


def drop_about(case: Case, clock: str, kind: str) -> None:
    """Drop the open tasks of this kind about this clock."""
    for task in access.tasks_of(case).filter(kind=kind, about=clock, state=Task.State.OPEN):
        drop(case, task)
