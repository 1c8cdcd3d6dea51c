"""An answer waits for her word: she is reminded on days 3, 7 and 14, and on day 30 silence is called what it is.

Silence is 未评, a state of its own: no satisfied word is ever made of it, and her word is taken until the day she is
shown. Each reminder is written down before it is sent: broken off and run again, none goes out twice.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from baiying.cases import access
from baiying.cases.actions import closing
from baiying.cases.actions.tell import Outgoing, hours_for, outgoing
from baiying.cases.models import Case, Move
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import chance, door, log, messages, moment


def remind() -> int:
    """Send the reminders that are due and shelve what nobody judged; gives how many cases were touched.

    Each case in a transaction of its own, so that it can be broken off and run again. A case at which this fails stops
    no other one; its fault is raised at last.
    """
    with door.errand("reminders"):
        waiting = list(Case.objects.filter(answered_at__isnull=False, unrated=False).order_by("answered_at", "id")
                       .values_list("id", "answered_at", "reminded", "declaration_id"))
    touched, faults = 0, list[Exception]()
    for case_id, answered_at, reminded, declaration in waiting:
        assert answered_at is not None  # the filter says so
        try:
            passed, shelved = due(catalogue.matter_of(declaration), answered_at)
            if passed > reminded or shelved:
                touched += remind_case(case_id)
        except Exception as fault:  # the others must not wait for this one
            faults.append(fault)
    if faults:
        raise faults[0]
    return touched


def due(matter: flow.Matter, answered_at: datetime) -> tuple[int, bool]:
    """How many reminders should have gone out by today, and whether silence is shelved."""
    days = (moment.today() - moment.shanghai(answered_at).date()).days
    shelved = days >= flow.SHELF_DAYS and matter.closing.shelf != closing.NEVER
    return sum(days >= one for one in flow.REMIND_DAYS), shelved


def remind_case(case_id: UUID) -> int:
    """What is due in one case; gives 1 when something was. The message goes out after the commit: at most once."""
    with door.errand("reminders"):
        door.look_at(case_id)
        case = access.by_id(case_id, lock=True)
        if case is None or case.answered_at is None or case.unrated or case.key is None:
            return 0  # her word came meanwhile
        passed, shelved = due(catalogue.matter_of(case.declaration_id), case.answered_at)
        if passed <= case.reminded and not shelved:
            return 0
        if not shelved and not her_hour(case):
            return 0  # it waits for the hours she chose; the job comes again every hour
        message = reminded(case, passed) if passed > case.reminded else None
        if shelved:
            shelve(case)
        case.save(update_fields=["reminded", "unrated", "version", "changed_at"])
    if message is not None:
        message.send()
    return 1


def her_hour(case: Case) -> bool:
    """Whether now is within the hours in which she may be reminded; also where nothing may be sent at any hour."""
    hours = hours_for(case)
    return hours is None or hours.holds(moment.shanghai(moment.now()))


def reminded(case: Case, passed: int) -> Outgoing | None:
    """Note in the log that she is reminded; gives the message, or nothing where none may go out.

    After days without a worker it is one reminder, not several at once.
    """
    message = outgoing(case, "waits")
    case.reminded = passed
    log.write("case.reminded", case.id, door.asker().name,
              {"day": flow.REMIND_DAYS[passed - 1], "port": messages.PORT if message is not None else ""}, case.wrapped)
    return message


def shelve(case: Case) -> None:
    """No word has come: 未评, in her story and in the log. The case stays open to her word."""
    case.unrated = True
    case.changed_at = moment.now()
    Move.objects.create(
        id=chance.uuid_for(f"{case.id}:{case.answered_at and case.answered_at.isoformat()}", "shelved"), case=case,
        at=case.changed_at, turn=case.version, verb="shelved", before=case.stage, after=case.stage,
    )
    case.version += 1
    log.write("case.shelved", case.id, door.asker().name, None, case.wrapped)
