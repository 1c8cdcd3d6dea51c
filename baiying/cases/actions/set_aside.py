"""An end that is not her verdict: spam, a mistake, a duplicate, a death, a final refusal at the top.

The unit that leads asks, the level above decides, at the top another person; she reads why and can contest it once.
None of it counts as solved.
"""

from __future__ import annotations

from dataclasses import replace

from django.db import connection
from django.utils.translation import gettext_lazy as _

from baiying.cases import access, effects
from baiying.cases.actions import closing
from baiying.cases.actions.judge import MOST_CHARACTERS
from baiying.cases.actions.sentences import refused_as_sentence
from baiying.cases.actions.step import Deed, carry_out, deed_of, done_before
from baiying.cases.actions.tasks import check, check_led, drop_tasks, end_task, open_task
from baiying.cases.models import Case, Task
from baiying.cases.queries import free
from baiying.cases.queries.above import other_of
from baiying.cases.queries.late import below
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import chance, door, moment
from baiying.kit import number as numbers
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network

DUPLICATE, FINAL_REFUSAL = "duplicate", "final_refusal"


def ask_set_aside(asker: door.Asker, number: str, ground: str, text: str, key: str, other: str = "") -> None:
    """The unit that leads asks the level above to end a case for a ground. Nothing stands still meanwhile.

    ``other``: for a duplicate, the number of the case that goes on. Raises Unseen, Refusal.
    """
    check(text)
    with door.open(asker):
        case = access.one(asker, number, lock=True)
        check_led(case)
        refused_as_sentence(lambda: flow.set_aside(case.stage, ground))
        above = network.upper(case.unit, moment.today())
        if ground == FINAL_REFUSAL and above is not None:
            raise Refusal(_("Only the highest level can refuse for good. Refuse with your reasons: if she says it is "
                            "not solved, it goes to %(unit)s."), unit=network.unit_said(above))
        if ground == FINAL_REFUSAL and not (case.stage in flow.WAITING and case.verdict == "not_solved"):
            raise Refusal(_("A final refusal comes after an answer that she has judged as not solved. "
                            "Answer first, and wait for her word."))
        about = f"{ground}:{another(case, other)}" if ground == DUPLICATE else ground
        waiting = access.tasks_of(case).filter(kind=Task.Kind.SET_ASIDE, state=Task.State.OPEN)
        if not waiting.exists():  # asked once more, or by a colleague too, it is one request
            to = free.upper_of(case.unit, free.recused(case)) or case.unit
            open_task(case, Task.Kind.SET_ASIDE, to, key=f"{asker.who}:{key}", text=text, about=about)


def another(case: Case, typed: str) -> str:
    """The number of the other case of a duplicate, as it is stored. Raises Refusal."""
    found = numbers.read(typed)
    if found == case.number:
        raise Refusal(_("This is the number of this very case. Please give the number of the other one, "
                        "in which she is being helped."))
    return found


def decide_set_aside(asker: door.Asker, number: str, yes: bool, text: str, key: str) -> None:
    """The level above ends the case, or sends the request back. ``text`` says why: she reads it, or the unit does.

    Nobody decides what she asked for herself. Raises Unseen, Refusal.
    """
    check(text)
    wide = replace(asker, units=asker.units | below(asker.units))
    with door.open(wide):
        case, tasks = access.by_task(asker, number, [Task.Kind.SET_ASIDE], True, Task.State.values)
        deed_id = deed_of(case, "set_aside", asker.who, key, yes, text)
        task = next((one for one in tasks if one.state == Task.State.OPEN), None)
        if done_before(deed_id) or task is None:
            if task is None and not done_before(deed_id):
                raise Unseen
            return
        if task.asked_by_id == asker.who:
            raise Refusal(_("You asked for this end yourself, so another person has to decide it."))
        if not yes:
            end_task(task, case, Task.State.REFUSED, text)
            return
        ground, other = task.about.partition(":")[0], other_of(task.about)
        if other:
            goes_on(wide, case, other)
        step = refused_as_sentence(lambda: flow.set_aside(case.stage, ground))
        end_task(task, case, Task.State.DONE, text)
        drop_tasks(case, [kind for kind in Task.Kind.values if kind != Task.Kind.COMPLAINT])
        carry_out(case, catalogue.matter_of(case.declaration_id),
                  Deed(deed_id, "set_aside", step, words=text, reason=task.about, party=flow.UPPER, unit=task.unit))
        effects.cause("tell_her", case, catalogue.matter_of(case.declaration_id))


def goes_on(wide: door.Asker, case: Case, other: str) -> None:
    """Refuse a duplicate of a case that is not there, or that was itself set aside: two would end each other.

    In a district one duplicate is decided after the other, so that no ring of them ends at the same moment.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [chance.uuid_for(case.district, DUPLICATE).int % 2**63])
    found = access.visible(wide).filter(number=other).first()
    if found is None or found.stage in (flow.SET_ASIDE, flow.WITHDRAWN):
        raise Refusal(_("The other case cannot be found here, or it is at its end itself: then this one is no "
                        "duplicate. Send the request back, or ask the unit for the right number."))


def contest(entry: bytes, text: str, key: str) -> None:
    """She says that this end is wrong: the case is open again, one level up. Once. Raises Unseen, Refusal."""
    if len(text) > MOST_CHARACTERS:
        raise Refusal(_("Please keep your words under %(most)d characters."), most=MOST_CHARACTERS)
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker(), lock=True)
        deed_id = deed_of(case, "contest", key, text)
        if done_before(deed_id):
            return
        closing.still_taken(case)
        matter = catalogue.matter_of(case.declaration_id)
        step = refused_as_sentence(lambda: flow.contest(matter, case.stage, case.contested))
        case.contested = True
        carry_out(case, matter, Deed(deed_id, "contested", step, words=text))
