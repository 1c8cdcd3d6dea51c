"""No ping-pong (promise 4): a unit may say "not ours" with a ground, twice in all; then the level above rules who
leads, for good. What the law itself sends elsewhere is a transfer and counts toward no limit."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.cases import access, clocks
from baiying.cases.actions.calling_off import call_off
from baiying.cases.actions.step import Deed, deed_of, done_before
from baiying.cases.actions.tasks import ANSWERED, check, end_task, open_one, open_task, stay, still
from baiying.cases.models import Case, Task
from baiying.cases.queries import free
from baiying.cases.queries.leads import NAMING, leads_of
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door
from baiying.kit.errors import Refusal
from baiying.network.models import Unit


def give_back(asker: door.Asker, number: str, ground: str, text: str, key: str) -> None:
    """The unit says "not ours". The unit above it names who leads; its clocks run on from the submission.

    Raises Unseen, Refusal; then nothing is changed.
    """
    check(text)
    if ground not in {option.label for option in catalogue.options("return_grounds")}:
        raise Refusal(_("Please choose a ground from the list."))
    with door.open(asker):
        case = access.one(asker, number, lock=True)
        deed_id = deed_of(case, "returned", asker.who, key, ground, text)
        if done_before(deed_id):
            return
        above = may_give_back(case)
        kind = Task.Kind.RULE if flow.return_goes(case.returns) == "rule" else Task.Kind.ASSIGN
        case.returns += 1
        stay(case, Deed(deed_id, "returned", still(case), words=text, reason=ground))
        send_up(case, above, kind, key=str(deed_id), about=ground)


def may_give_back(case: Case) -> Unit:
    """The unit above, if this case may still be given back. Raises Refusal with the reason why not."""
    if case.ended or case.stage in flow.WAITING or case.unassigned:
        raise Refusal(_("This case cannot be given back now: it is answered, at its end, or already waits for a lead."))
    if not flow.may_return(case.returns, case.ruled):
        raise Refusal(_("The level above has ruled that your unit leads. It can no longer be given back. "
                        "If the law itself sends it elsewhere, use the transfer, which names its article."))
    above = free.upper_of(case.unit, free.recused(case))
    if above is None:
        raise Refusal(_("There is no level above yours to give this back to. "
                        "Bring in another unit, or name the lawful route."))
    return above


def send_up(case: Case, above: Unit, kind: str, key: str, about: str = "") -> None:
    """From here on the unit above has the case, until it names who leads."""
    open_task(case, kind, above, key=key, about=about)
    case.unit, case.unassigned = above, True
    if case.paused_until is not None:  # whoever gives it away takes its pause along: nothing stands still meanwhile
        clocks.end_pause(case)
        clocks.reckon_again(case)
    case.save(update_fields=["unit", "unassigned", "paused_until", "next_due_at", "next_clock"])
    call_off(case)


def assign(asker: door.Asker, number: str, unit: UUID, text: str, key: str) -> None:
    """Name who leads. After two returns this is a ruling, and final. Raises Unseen, Refusal."""
    with door.open(asker):
        case, tasks = access.by_task(asker, number, NAMING, lock=True, states=ANSWERED)
        deed_id = deed_of(case, "assigned", asker.who, key, unit, text)
        if done_before(deed_id):
            return
        task = open_one(tasks)
        ruling = task.kind == Task.Kind.RULE
        named = next((one for one in leads_of(case, ruling) if one.id == unit), None)
        if named is None:
            raise Refusal(_("This unit cannot lead the case: it gave it back, is closed, has nobody in office, or is "
                            "not below yours. Please choose another one, or keep the case yourself."))
        end_task(task, case, Task.State.DONE)
        case.unit, case.unassigned, case.ruled = named, False, case.ruled or ruling
        stay(case, Deed(deed_id, "ruled" if ruling else "assigned", still(case, "assigned"), words=text,
                        party=flow.UPPER, unit=task.unit))
