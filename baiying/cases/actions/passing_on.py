"""When a unit closes, splits, merges or has nobody in office any more, all it had passes on at once, with the network's
own transaction: no open task is ever without a living post."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.actions.step import Deed, deed_of, done_before
from baiying.cases.actions.tasks import stay, still
from baiying.cases.models import Case, Concern, ConcernCase, Task
from baiying.engine import flow
from baiying.kit import door, log
from baiying.kit.errors import Refusal
from baiying.network import queries as network
from baiying.network.models import Unit

ERRAND = "pass_on"


def pass_on(unit: UUID, to: UUID, on: date) -> int:
    """Everything open that one unit has goes to another one; gives how many cases were touched. Done again it does
    nothing. Figures and stories keep the unit that had it, with its dates."""
    with door.errand(ERRAND):
        new = network.unit(to)
        if new is None or unit == to:
            return 0
        Concern.objects.filter(unit_id=unit).update(unit=new)
        ConcernCase.objects.filter(unit_id=unit, left_at=None).update(unit=new)
        led = set(access.visible(door.asker()).filter(unit_id=unit, ended=False).values_list("id", flat=True))
        given = set(open_tasks_of(unit).values_list("case_id", flat=True))
        for case_id in sorted(led | given):
            door.look_at(case_id)
            case = access.by_id(case_id, lock=True)
            if case is not None:
                hand_over(case, unit, new, on)
        return len(led | given)


def open_tasks_of(unit: UUID) -> QuerySet[Task]:
    """The tasks that a unit has still to do, those that wait for her consent too."""
    return Task.objects.filter(unit_id=unit, state__in=[Task.State.OPEN, Task.State.PROPOSED])


def hand_over(case: Case, unit: UUID, new: Unit, on: date) -> None:
    """One case's lead and tasks go from a unit to the next."""
    tasks, above = open_tasks_of(unit).filter(case=case), network.upper(new, on) if new.id == case.unit_id else None
    # A complaint never passes to the very unit it is about, as long as anybody stands above that one.
    moved = tasks.filter(kind=Task.Kind.COMPLAINT).update(unit=above or new)
    moved += tasks.exclude(kind=Task.Kind.COMPLAINT).update(unit=new)
    if moved:
        log.write("task.passed", case.id, door.asker().name, {"from": str(unit), "to": str(new.id)}, case.wrapped)
    if case.unit_id != unit:
        return
    deed_id = deed_of(case, "passed_on", unit, new.id, on, case.version)
    if done_before(deed_id):
        return
    old = case.unit
    case.unit = new
    stay(case, Deed(deed_id, "passed_on", still(case), party=flow.UPPER, unit=old))


def unit_passed(unit: UUID, to: UUID, on: date) -> None:
    """News of the network: this unit is no more, that one follows it."""
    pass_to(unit, network.next_living(to, on), on)


def unit_empty(unit: UUID, on: date) -> None:
    """News of the network: nobody takes in cases here any more."""
    pass_to(unit, network.next_living(unit, on), on)


def pass_to(unit: UUID, follower: Unit | None, on: date) -> None:
    """Pass on all that is open. Raises Refusal when there is something, and nobody in office anywhere to take it."""
    if follower is not None:
        pass_on(unit, follower.id, on)
        return
    with door.errand(ERRAND):
        if has_open(unit):
            raise Refusal(_("Nobody would be left to take these cases. Appoint somebody first, "
                            "if need be at the district."))


def has_open(unit: UUID) -> bool:
    """Whether the unit leads an open case or has a task. Behind the errand only."""
    led = access.visible(door.asker()).filter(unit_id=unit, ended=False)
    return led.exists() or open_tasks_of(unit).exists()


def without_a_living_post(on: date) -> Iterable[UUID]:
    """The open cases whose lead or task nobody living holds: there should be none. Behind the errand only."""
    open_cases = access.visible(door.asker()).filter(ended=False)
    tasks = Task.objects.filter(state=Task.State.OPEN, unit__isnull=False)  # a party outside has no post of ours
    units = {*open_cases.values_list("unit_id", flat=True).distinct(), *tasks.values_list("unit_id", flat=True)}
    dead = [one for one in units if (found := network.next_living(one, on)) is None or found.id != one]
    return {*open_cases.filter(unit_id__in=dead).values_list("id", flat=True),
            *tasks.filter(unit_id__in=dead).values_list("case_id", flat=True)}
