"""She wants what is kept of her to go (personal information law, art. 47): at once, unless a ground stands to keep it.

Then she is told which one and until when, nothing else is done with it meanwhile, and she may still ask the unit that
leads, which decides with a reason (art. 50).
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.actions import correcting, retention
from baiying.cases.actions.judge import withdraw
from baiying.cases.actions.tasks import drop_tasks
from baiying.cases.dossier import Dossier
from baiying.cases.models import Case, Demand, Task
from baiying.cases.queries.her_rights import Keeping, keeping
from baiying.engine import flow
from baiying.kit import door
from baiying.kit.errors import Refusal, Unseen

#: Why it must stay for now. The law leaves the grounds to other laws; which of them apply is our reading (proposed).
GROUNDS: dict[str, Promise] = {
    "duty": _("The law made us report this (%(basis)s). The report must be able to be proved until that day."),
    "complaint": _("Your own complaint is being looked at by the level above, and would go with it. "
                   "Wait for the answer, then it can be erased."),
}


def sentence_of(ground: Keeping) -> str:
    """Why it must stay, as she reads it."""
    return str(GROUNDS[ground.ground]) % {"basis": ground.basis}


def erase(entry: bytes, key: str) -> None:
    """Take the request back if it still runs, then destroy its key: what was told can never be read again.

    Raises Unseen; Refusal with the ground when something must be kept for now: then the request is taken back and
    nobody works on it any more, but nothing is erased.
    """
    with door.open(door.Asker(door=entry)):
        case = correcting.still_kept(access.one(door.asker()))
        case_id, ended, stays = case.id, case.ended, keeping(Dossier(case))
        waits = case.stage in flow.WAITING
    if not ended and not waits:
        withdraw(entry, key)
    if stays:
        rest(entry)
        raise Refusal(GROUNDS[stays[0].ground], basis=stays[0].basis)
    if not retention.forget(case_id, asked=True):
        raise Unseen


def rest(entry: bytes) -> None:
    """Stop everything but keeping it (art. 47): no task of anybody is open, but for the ground itself."""
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker(), lock=True)
        drop_tasks(case, [Task.Kind.WORK, Task.Kind.CALL_BACK, Task.Kind.EXTEND, Task.Kind.CLIMB])


def demand_erasure(entry: bytes, text: str, key: str) -> Demand:
    """She asks all the same; the unit that leads answers with a reason. Raises Unseen, Refusal."""
    with door.open(door.Asker(door=entry)):
        case = correcting.still_kept(access.one(door.asker(), lock=True))
        return correcting.demand(case, Demand.Kind.ERASE, "", text.strip()[:correcting.MOST_CHARACTERS], key)


def decide_erasure(asker: door.Asker, number: str, ref: str, granted: bool, reason: str) -> None:
    """The unit that leads erases after all, or says why it must be kept. Twice is once. Raises Unseen, Refusal."""
    correcting.check_reason(reason)
    with door.open(asker):
        case = correcting.still_kept(access.one(asker, number, lock=True))
        found = next((one for one in Demand.objects.filter(case=case, kind=Demand.Kind.ERASE).select_for_update()
                      if one.ref == ref), None)
        if found is None:
            raise Unseen
        if found.state != Demand.State.OPEN:
            return
        if granted and keeping(Dossier(case)):
            raise Refusal(_("A ground still stands that keeps this case, and nobody may set it aside: refuse, and give "
                            "it as the reason."))
        correcting.decided(case, found, asker, granted, reason)
        case_id = case.id
    if granted:
        retention.forget(case_id, asked=True)


def may_erase(case: Case) -> bool:
    """Whether there is something to erase."""
    return case.key is not None
