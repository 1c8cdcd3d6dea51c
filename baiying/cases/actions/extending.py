"""More time for one clock of ours: asked for with a reason, granted or not by another person, one level up, once."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.actions.pausing import settle
from baiying.cases.actions.sentences import refused_as_sentence
from baiying.cases.actions.step import Deed, deed_of, done_before
from baiying.cases.actions.tasks import ANSWERED, check, check_led, end_task, open_one, open_task, stay, still
from baiying.cases.models import Case, Clock, Extension, Task
from baiying.cases.queries import free
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import chance, door, moment
from baiying.kit.errors import Refusal, Unseen

MOST_REASON = 200  # characters of Extension.reason


def ask_extension(asker: door.Asker, number: str, clock: str, reason: str, key: str) -> None:
    """Ask the level above for the time that the matter allows for this clock. Its end stays where it is until then.

    Raises Unseen, Refusal; then nothing is changed.
    """
    check(reason)
    if len(reason) > MOST_REASON:
        raise Refusal(_("Please keep the reason under %(most)d characters."), most=MOST_REASON)
    with door.open(asker):
        case = access.one(asker, number, lock=True)
        deed_id = deed_of(case, "extension_asked", asker.who, key, clock, reason)
        if done_before(deed_id):
            return
        if asker.who is None:
            raise Unseen
        check_led(case)
        word = may_extend(case, clock)
        above = free.upper_of(case.unit, free.recused(case)) or case.unit  # at the top: another person of the same unit
        Extension.objects.create(
            id=chance.uuid_for(str(deed_id), "extension"), case=case, clock=clock, length=word.extend,
            reason="" if case.guarded or catalogue.danger(reason) else reason,  # what the task holds is sealed
            asked_at=moment.now(), asked_by_id=asker.who,
        )
        stay(case, Deed(deed_id, "extension_asked", still(case), reason=clock))
        open_task(case, Task.Kind.EXTEND, above, key=str(deed_id), about=clock, text=reason,
                  due_at=running(case, clock).due_at)


def may_extend(case: Case, clock: str) -> flow.ClockWord:
    """The clock's word, if more time may be asked for now. Raises Refusal with the reason why not."""
    word = catalogue.matter_of(case.declaration_id).clocks.get(clock)
    if word is None:
        raise Refusal(_("This case has no clock of that name. Please choose one from the list."))
    earlier = [one for one in access.extensions(case) if one.clock == clock]
    refused_as_sentence(lambda: flow.check_extension(word, len([one for one in earlier if one.granted])))
    if any(one.granted is None for one in earlier):
        raise Refusal(_("More time was asked for already. The level above has not decided yet."))
    if earlier:
        raise Refusal(_("More time was asked for once, and was not granted. It cannot be asked for again."))
    running(case, clock)
    return word


def running(case: Case, clock: str) -> Clock:
    """The clock's run that has not ended. Raises Refusal when none runs, or when its end has passed."""
    row = access.clocks(case).filter(name=clock, met_at=None).last()
    if row is None or row.due_at is None:
        raise Refusal(_("This clock is not running, so it needs no more time."))
    if row.due_at <= moment.now():
        raise Refusal(_("This clock has run out. More time can be asked for and granted only before that."))
    return row


def decide_extension(asker: door.Asker, number: str, yes: bool, text: str, key: str) -> None:
    """Grant the time that was asked for, or not; somebody else decides than asked. Raises Unseen, Refusal."""
    check(text)
    with door.open(asker):
        case, tasks = access.by_task(asker, number, [Task.Kind.EXTEND], lock=True, states=ANSWERED)
        deed_id = deed_of(case, "extension_decided", asker.who, key, yes, text)
        if done_before(deed_id):
            return
        task = open_one(tasks)
        asked = access.extensions(case).filter(clock=task.about, granted=None).last()
        if asked is None:
            raise Refusal(_("This was decided already, or is no longer asked for."))
        if asked.asked_by_id == asker.who:
            raise Refusal(_("You asked for this time yourself. Somebody else has to decide."))
        if yes:
            running(case, task.about)
        asked.granted, asked.decided_at, asked.decided_by_id = yes, moment.now(), asker.who
        asked.save(update_fields=["granted", "decided_at", "decided_by"])
        end_task(task, case, Task.State.DONE if yes else Task.State.REFUSED, text)
        verb = "extended" if yes else "not_extended"
        stay(case, Deed(deed_id, verb, still(case), words=text, reason=task.about, party=flow.UPPER, unit=task.unit))
        if yes:
            settle(case)
