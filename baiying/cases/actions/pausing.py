"""Our clocks stand still for a while: with a ground of the matter, until a day that she sees. Hers never do.

Every running clock is reckoned anew from its own start with all pauses, so that a pause ended early gives back what
was not needed, and none is ever counted twice.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from baiying.cases import access, clocks, effects
from baiying.cases.actions.calling_off import drop_about
from baiying.cases.actions.sentences import refused_as_sentence
from baiying.cases.actions.step import Deed, deed_of, done_before
from baiying.cases.actions.tasks import check, stay, still
from baiying.cases.models import Case, Pause, Task
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import chance, door, log, moment
from baiying.kit.errors import Refusal


def pause(asker: door.Asker, number: str, ground: str, until: date, text: str, key: str) -> None:
    """Let our clocks stand still from now to the end of ``until``. ``text``: what she is told.

    Only the leading unit may; one pause at a time; the house bounds how long and how often. Raises Unseen, Refusal.
    """
    check(text)
    with door.open(asker):
        case = access.one(asker, number, lock=True)
        deed_id = deed_of(case, "paused", asker.who, key, ground, until, text)
        if done_before(deed_id):
            return
        may_pause(case)
        earlier = [one.ground for one in access.pauses(case)]
        matter = catalogue.matter_of(case.declaration_id)
        refused_as_sentence(lambda: flow.check_pause(matter, ground, moment.today(), until, earlier))
        Pause.objects.create(id=chance.uuid_for(str(deed_id), "pause"), case=case, ground=ground, since=moment.now(),
                             until=until, person_id=asker.who, unit=case.unit)
        case.paused_until = until
        stay(case, Deed(deed_id, "paused", still(case), words=text, reason=ground))
        settle(case)


def may_pause(case: Case) -> None:
    """Whether there is anything to pause. Raises Refusal with the reason why not."""
    if case.paused_until is not None:
        raise Refusal(_("The clocks of this case stand still already. Let them run again first."))
    if case.ended or case.stage in flow.WAITING:
        raise Refusal(_("This case is answered or at its end: no clock of yours runs, so there is nothing to pause."))
    if case.unassigned:
        raise Refusal(_("This case waits until the level above names who leads. Until then nobody can pause it."))


def resume(asker: door.Asker, number: str, key: str) -> None:
    """Let our clocks run again before the pause is over. Raises Unseen, Refusal."""
    with door.open(asker):
        case = access.one(asker, number, lock=True)
        deed_id = deed_of(case, "resumed", asker.who, key)
        if done_before(deed_id):
            return
        if case.paused_until is None:
            raise Refusal(_("The clocks of this case are running: there is no pause to end."))
        clocks.end_pause(case)
        stay(case, Deed(deed_id, "resumed", still(case)))
        settle(case)


def over(case: Case) -> bool:
    """End the pause whose last day has passed; says whether there was one. For the errand of the clocks."""
    ended = [one for one in access.pauses(case).filter(ended_at=None)
             if clocks.day_after(one.until) <= moment.now()]
    if not ended:
        return False
    clocks.end_pause(case)
    stay(case, Deed(deed_of(case, "resumed", ended[0].id), "resumed", still(case)))
    settle(case)
    return True


def settle(case: Case) -> None:
    """Reckon all running clocks anew, keep the case's next clock, and let her know that something changed."""
    moved = clocks.reckon_again(case)
    case.save(update_fields=["next_due_at", "next_clock", "paused_until"])
    for one in moved:
        if one.next_rung_at is not None:  # the last rung, of the level above, lies ahead again
            drop_about(case, one.name, Task.Kind.CLIMB)
    names = ",".join(one.name for one in moved)
    if names:
        log.write("clock.recounted", case.id, door.asker().name, {"clocks": names}, case.wrapped)
    effects.cause("tell_her", case, catalogue.matter_of(case.declaration_id))
