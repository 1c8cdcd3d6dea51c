"""Referrals after they went out: the receipt, and reminding the party until its part is closed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baiying.cases import access, referring
from baiying.cases.actions.step import Deed, deed_of, done_before
from baiying.cases.actions.tasks import stay, still
from baiying.cases.models import Case, Referral, Task
from baiying.kit import door, log, messages, moment, sealing
from baiying.kit.errors import Refusal, Unseen

ERRAND = "referrals"
REMIND_EVERY = timedelta(days=1)  # by itself; the lead may remind at any time, once an hour
LEAD_EVERY = timedelta(hours=1)


def receive_task(asker: door.Asker, number: str, party: str, key: str) -> None:
    """The party says that the task has arrived. Pressed again it stays as it was. Raises Unseen, Refusal."""
    with door.open(asker):
        case, tasks = access.by_task(asker, number, [Task.Kind.WORK], lock=True)
        task = next((one for one in tasks if party in ("", one.party)), None)
        if task is None:
            raise Unseen
        received(case, task, deed_of(case, "task_received", task.id))


def received(case: Case, task: Task, deed_id: UUID) -> None:
    """Note the receipt, once, with a line in her story. The case must be locked and looked at."""
    referral = referring.referral_of(task)
    if referral is None or referral.received_at is not None or done_before(deed_id):
        return
    referral.received_at = moment.now()
    referral.save(update_fields=["received_at"])
    stay(case, Deed(deed_id, "task_received", still(case), party=task.party, unit=task.unit))


def remind_party(asker: door.Asker, number: str, ref: str) -> None:
    """The unit that leads reminds a party of its task. Raises Unseen, Refusal."""
    with door.open(asker):
        case = access.one(asker, number, lock=True)
        task = one_of(case, ref)
        referral = referring.referral_of(task)
        if referral is None or task.state != Task.State.OPEN:
            raise Refusal(gettext_lazy("This task is closed or waits for the person's yes: there is nothing to remind "
                                       "of."))
        if referral.reminded_at is not None and moment.now() - referral.reminded_at < LEAD_EVERY:
            raise Refusal(gettext_lazy("It was reminded within the last hour. Please call if it cannot wait."))
        stay(case, Deed(deed_of(case, "party_reminded", task.id, referral.times_reminded), "party_reminded",
                        still(case), party=task.party, unit=task.unit))
        phone = note_reminder(case, referral)
    ring(phone)


def one_of(case: Case, ref: str) -> Task:
    """The party's task of this name. The case must be looked at. Raises Unseen."""
    task = next((one for one in access.tasks_of(case) if one.ref == ref and one.kind == Task.Kind.WORK), None)
    if task is None:
        raise Unseen
    return task


def note_reminder(case: Case, referral: Referral) -> str:
    """Write down that the party is reminded; gives the telephone of one outside, which has no list to look at."""
    referral.reminded_at, referral.times_reminded = moment.now(), referral.times_reminded + 1
    referral.save(update_fields=["reminded_at", "times_reminded"])
    log.write("task.reminded", case.id, door.asker().name, {"task": str(referral.task_id)}, case.wrapped)
    if referral.way is None:
        return ""
    link = referring.links(case).filter(task_id=referral.task_id, ended_at=None).first()
    row = access.sealed(case).filter(field=f"link:{link.id}").first() if link is not None else None
    return sealing.unseal(case.wrapped, case.id, row.field, bytes(row.blob)) if row is not None else ""


def ring(phone: str) -> None:
    """A neutral message to a party outside; nothing where there is none."""
    if phone:
        messages.send(phone, _("What you were asked for still waits for you. Please open the link that was sent to you "
                               "earlier."))


def remind_parties() -> int:
    """Remind, once a day, the parties that have not said that the task arrived in time, or are late with it; gives how
    many. Each case in a transaction of its own: broken off and run again, nobody is reminded twice."""
    with door.errand(ERRAND):
        waiting = [one.task_id for one in late().order_by("due_at", "task_id")]
        cases = dict(Referral.objects.filter(task_id__in=waiting).values_list("task_id", "case_id"))
    return sum(remind_one(cases[task], task) for task in waiting)


def remind_one(case_id: UUID, task_id: UUID) -> int:
    """Remind one party, if it still has to be; the message goes out after the commit."""
    with door.errand(ERRAND):
        door.look_at(case_id)
        case = access.by_id(case_id, lock=True)
        referral = late().filter(task_id=task_id).first()
        if case is None or case.key is None or referral is None:
            return 0
        phone = note_reminder(case, referral)
    ring(phone)
    return 1


def late() -> QuerySet[Referral]:
    """The referrals that are late with receipt or task and were not reminded today."""
    return referring.late(moment.now()).exclude(reminded_at__gt=moment.now() - REMIND_EVERY)
