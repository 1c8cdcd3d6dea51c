"""What was told is kept until the day she was shown; then its key is destroyed, and nobody reads it again.

The lines of the log stay and can still be proved; what they say of the case is gone with the key. Area, kind, stages
and dates stay for the figures, tied to no telephone and no account.
"""

from __future__ import annotations

from uuid import UUID

from baiying.cases import access
from baiying.cases.actions.tasks import drop_tasks
from baiying.cases.models import Case, Task
from baiying.kit import door, log, moment


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


def forget(case_id: UUID) -> int:
    """Destroy the key of one case and every word that lies open; gives 1 when there was something to destroy."""
    with door.errand("retention"):
        door.look_at(case_id)
        case = access.by_id(case_id, lock=True)
        if case is None or case.key is None or case.kept_until is None or case.kept_until >= moment.today():
            return 0  # her word came meanwhile and the day moved
        at = moment.now()
        drop_tasks(case, Task.Kind.values)
        access.moves(case).exclude(words="").update(words="")
        access.moves(case).filter(verb="told_day").update(reason="")  # the days she remembered
        access.extensions(case).exclude(reason="").update(reason="")
        access.clocks(case).filter(met_at=None).update(met_at=at, next_rung_at=None)
        case.key, case.words, case.phone_index, case.asker_id = None, "", None, None
        case.ended, case.answered_at, case.agreed = True, None, {}
        case.next_due_at, case.next_clock = None, ""
        case.version += 1
        case.changed_at = at
        case.save()
        # Under the house's key: the line says that it was erased, and when its day was, to whoever proves the log.
        log.write("case.forgotten", case.id, door.asker().name, {"kept_until": case.kept_until.isoformat()}, None)
    return 1
