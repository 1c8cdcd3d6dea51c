"""Where the last person leaves who need not keep out of a case, it goes to somebody who need not: at once, in the
transaction of the change. No open task is ever without a living post whose holder may open it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.actions.passing_on import ERRAND
from baiying.cases.actions.returning import send_up
from baiying.cases.actions.step import Deed, deed_of
from baiying.cases.actions.tasks import end_task, stay, still
from baiying.cases.models import Case, Recusal, Task
from baiying.cases.queries import free
from baiying.cases.queries.leads import NAMING
from baiying.engine import flow
from baiying.kit import door, log, moment
from baiying.kit.errors import Refusal

GROUND = flow.TRANSFERS["recusal"].label


def settled(on: date, quiet: bool) -> None:
    """News of the network: other people may be in office. ``quiet``: the days went by; what nobody can take stays."""
    with door.errand(ERRAND):
        for case_id in in_question():
            with suppress(Refusal) if quiet else transaction.atomic(), transaction.atomic():
                door.look_at(case_id)
                case = access.by_id(case_id, lock=True)
                if case is not None:
                    find_somebody(case)


def in_question() -> list[UUID]:
    """The cases out of which somebody has to keep and those with a complaint to answer, while something is open."""
    waiting = Task.objects.filter(state=Task.State.OPEN)
    out = set(Recusal.objects.values_list("case_id", flat=True).distinct())
    going_on = set(access.visible(door.asker()).filter(id__in=out, ended=False).values_list("id", flat=True))
    return sorted(going_on | set(waiting.filter(case_id__in=out).values_list("case_id", flat=True))
                  | set(waiting.filter(kind=Task.Kind.COMPLAINT).values_list("case_id", flat=True)))


def find_somebody(case: Case) -> None:
    """Let the case and each of its open tasks lie where somebody may open it. Raises Refusal where there is nobody."""
    out = free.recused(case)
    if not case.ended and not free.free_in(case.unit_id, out):
        lift(case)
    for task in access.tasks_of(case).filter(state=Task.State.OPEN):
        barred = free.barred_from(case, task)
        if task.unit is None or free.free_in(task.unit.id, barred):
            continue  # nobody of the network plays a party outside
        if task.kind == Task.Kind.WORK:
            hand_back(case, task)
        else:
            above = free.upper_of(task.unit, barred)
            if above is None:
                raise Refusal(NOBODY)
            task.unit = above
            task.save(update_fields=["unit"])
            log.write("task.passed", case.id, door.asker().name, {"to": str(above.id)}, case.wrapped)


def lift(case: Case) -> None:
    """The unit above has the case, to name who leads; a naming that was asked of this unit goes along."""
    above = free.upper_of(case.unit, free.recused(case))
    if above is None:
        raise Refusal(NOBODY)
    if not case.unassigned:
        send_up(case, above, Task.Kind.ASSIGN, key=f"left:{case.unit_id}:{case.version}", about=GROUND)
        return
    case.unit = above
    case.save(update_fields=["unit"])
    access.tasks_of(case).filter(kind__in=NAMING, state=Task.State.OPEN).update(unit=above)


def hand_back(case: Case, task: Task) -> None:
    """Those brought in can do nothing any more; the lead reads why, and asks somebody else."""
    end_task(task, case, Task.State.REFUSED)
    stay(case, Deed(deed_of(case, "left", task.id, moment.today()), "task_refused",
                    still(case, *flow.heard_of(task.party, "done")), reason=GROUND, party=task.party, unit=task.unit))


NOBODY = _("A case here may be opened by nobody who would be left: the others must keep out of it. "
           "Appoint somebody else first, if need be at the district.")
