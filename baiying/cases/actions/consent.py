"""Her word on who may read what: by party, by field group, for its task; taken back at any time with effect at once.

What a party has read already cannot be unread: it stays in the log, and she is told so.
"""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from baiying.cases import access, referring
from baiying.cases.actions.refer import begun
from baiying.cases.actions.referrals import one_of
from baiying.cases.actions.step import Deed, deed_of, done_before
from baiying.cases.actions.tasks import end_task, stay, still, time_of
from baiying.cases.models import Case, Referral, Task
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, moment
from baiying.kit.errors import Refusal

BY_LAW = _("The law makes us tell this office (%(duty)s), so this cannot be taken back. It reads only what that needs.")


def consent(entry: bytes, ref: str, yes: bool, key: str, groups: Collection[str] | None = None) -> None:
    """Her word on a party that the lead wants to bring in, or has: until it is yes that party sees nothing.

    ``groups``: the field groups that she agrees to; nothing said: all that were asked for. A no to a party that works
    already ends its task. Raises Unseen, Refusal.
    """
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker(), lock=True)
        deed_id = deed_of(case, "consent", key, ref, yes, *([sorted(groups)] if groups is not None else []))
        if done_before(deed_id):
            return
        task = one_of(case, ref)
        referral = referring.referral_of(task)
        if task.state == Task.State.PROPOSED and yes:
            agree(case, task, referral, groups)
        elif task.state in (Task.State.PROPOSED, Task.State.OPEN) and not yes:
            say_no(case, task, referral)
        else:
            raise Refusal(_("This was already decided, or is no longer asked of you."))
        heard = flow.heard_of(task.party, "called") if yes else ()
        stay(case, Deed(deed_id, "consented" if yes else "not_consented", still(case, *heard), party=task.party,
                        unit=task.unit))


def agree(case: Case, task: Task, referral: Referral | None, groups: Collection[str] | None) -> None:
    """Her yes: the task opens now, and its time runs from now unless a day was named that lies further off."""
    task.state, task.opened_at = Task.State.OPEN, moment.now()
    task.due_at = max(filter(None, [task.due_at, time_of(task.opened_at)]), default=None)
    task.save(update_fields=["state", "opened_at", "due_at"])
    if referral is not None:
        referral.granted = [one for one in referral.asked if groups is None or one in groups]
        begun(referral, flow.part_of(catalogue.matter_of(case.declaration_id), task.party))
        referral.save(update_fields=["granted", "consented_at", "receipt_due_at"])


def say_no(case: Case, task: Task, referral: Referral | None) -> None:
    """Her no: nothing is open to the party any more, and its task ends. Raises Refusal where the law demands it."""
    if referral is not None and referral.duty:
        raise Refusal(BY_LAW, duty=referral.duty)
    if referral is not None:
        referral.granted, referral.withdrawn_at = [], moment.now()
        referral.save(update_fields=["granted", "withdrawn_at"])
    end_task(task, case, Task.State.REFUSED)


def choose(entry: bytes, ref: str, groups: Collection[str], key: str) -> None:
    """She says anew which field groups a party at work may read; what she leaves out is shut to it from this moment.

    The party keeps its task, and reads its words. Raises Unseen, Refusal.
    """
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker(), lock=True)
        deed_id = deed_of(case, "consent_changed", key, ref, sorted(groups))
        if done_before(deed_id):
            return
        task = one_of(case, ref)
        referral = referring.referral_of(task)
        if referral is None or task.state != Task.State.OPEN:
            raise Refusal(_("This was already decided, or is no longer asked of you."))
        if referral.duty:
            raise Refusal(BY_LAW, duty=referral.duty)
        if rewrite(case, referral, groups):
            stay(case, Deed(deed_id, "consent_changed", still(case), party=task.party, unit=task.unit))


def rewrite(case: Case, referral: Referral, groups: Collection[str]) -> bool:
    """Put her present choice into the row; whether it is another one than before."""
    before = referring.open_groups(case, referral)
    chosen = [one for one in referral.asked if one in groups]
    if set(chosen) == set(referral.granted) == before:
        return False
    if set(referral.granted) - set(chosen):
        referral.withdrawn_at = moment.now()
    if set(chosen) - before:
        referral.consented_at = moment.now()
    referral.granted = chosen
    referral.save(update_fields=["granted", "withdrawn_at", "consented_at"])
    return True
