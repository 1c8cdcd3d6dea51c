"""What was told is kept until the day she was shown, or until she wants it gone; then its key is destroyed, and nobody
reads it again.

The lines of the log stay and can still be proved; what they say of the case is gone with the key. Area, kind, stages
and dates stay for the figures, tied to no telephone and no account. Each erasure is noted outside the database
(kit.erasures), so that a backup that is brought back does not bring back what was erased.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from baiying.cases import access
from baiying.cases.actions import files
from baiying.cases.actions.tasks import drop_tasks
from baiying.cases.models import Case, Demand, OutsideLink, Task
from baiying.kit import door, erasures, log, moment, news

#: Told with the case in the transaction that destroys its key: whoever keeps words of cases elsewhere destroys them.
CASE_FORGOTTEN = news.declare("case_forgotten")


def forget_expired() -> int:
    """Erase what was told in every case whose day has passed; gives how many.

    Each case in a transaction of its own, so that it can be broken off and run again. A case at which this fails keeps
    no other one longer than its day; its fault is raised at last.
    """
    with door.errand("retention"):
        over = list(Case.objects.filter(kept_until__lt=moment.today(), key__isnull=False).order_by("kept_until", "id")
                    .values_list("id", flat=True))
    erased, faults = 0, list[Exception]()
    for case_id in over:
        try:
            erased += forget(case_id)
        except Exception as fault:  # the others must not wait for this one
            faults.append(fault)
    if faults:
        raise faults[0]
    return erased


def asked_for(people: Iterable[UUID]) -> frozenset[UUID]:
    """Those among these people who asked for something that is still kept: a reason to know them (members)."""
    with door.errand("retention"):
        found = Case.objects.filter(asker_id__in=list(people), key__isnull=False).values_list("asker_id", flat=True)
        return frozenset(one for one in found if one is not None)


def readable() -> list[UUID]:
    """Every case whose key is there: what a restore compares with the ledger of erasures."""
    with door.errand("retention"):
        return list(Case.objects.filter(key__isnull=False).values_list("id", flat=True))


def forget(case_id: UUID, asked: bool = False) -> int:
    """Destroy the key of one case and every word that lies open; gives 1 when there was something to destroy.

    ``asked``: she wants it gone (actions.objecting has looked for grounds to keep it), whatever its day is.
    """
    with door.errand("retention"):
        door.look_at(case_id)
        case = access.by_id(case_id, lock=True)
        over = case is not None and case.kept_until is not None and case.kept_until < moment.today()
        if case is None or case.key is None or not (asked or over):
            return 0  # her word came meanwhile and the day moved
        at = moment.now()
        wipe(case)
        case.kept_until = case.kept_until if over else moment.today()
        case.ended, case.answered_at, case.agreed = True, None, {}
        case.next_due_at, case.next_clock = None, ""
        case.version += 1
        case.changed_at = at
        case.save()
        news.tell(CASE_FORGOTTEN, case=case)
        # Under the house's key: the line says that it was erased, and when its day was, to whoever proves the log.
        log.write("case.forgotten", case.id, door.asker().name,
                  {"kept_until": str(case.kept_until), **({"asked": True} if asked else {})}, None)
        erasures.note("case", case.id)
    return 1


def wipe(case: Case) -> None:
    """Everything that lies open in the rows of a case, and what else hangs on its key. The case must be looked at."""
    at = moment.now()
    drop_tasks(case, Task.Kind.values)
    access.moves(case).exclude(words="").update(words="")
    access.moves(case).filter(verb="told_day").update(reason="")  # the days she remembered
    access.extensions(case).exclude(reason="").update(reason="")
    access.clocks(case).filter(met_at=None).update(met_at=at, next_rung_at=None)
    Demand.objects.filter(case=case, state=Demand.State.OPEN).update(state=Demand.State.DROPPED)
    OutsideLink.objects.filter(case=case, ended_at=None).update(ended_at=at, ended_why=OutsideLink.Why.TASK)
    files.forget(case)
    case.key, case.words, case.phone_index, case.asker_id = None, "", None, None
