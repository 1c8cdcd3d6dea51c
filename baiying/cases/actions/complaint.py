"""She complains about how she is handled: one level up, with a clock of its own, and without a trace below.

The unit that leads sees no task, no line and no new version of the case; the answer stands in her story alone.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from baiying.cases import access, effects
from baiying.cases.actions import closing
from baiying.cases.actions.judge import MOST_CHARACTERS
from baiying.cases.actions.step import deed_of
from baiying.cases.actions.tasks import check, end_task, open_task
from baiying.cases.dossier import Dossier
from baiying.cases.models import Task
from baiying.cases.queries import free
from baiying.catalogue import queries as catalogue
from baiying.engine.clock import Rule, reckon
from baiying.kit import chance, door, moment
from baiying.kit.errors import Refusal, Unseen

# Practice of another city for bad ratings (report 4.1, P-HCPDZ); taken over here for complaints, in no law.
LIMIT, BASIS, GRADE = Rule.parse("5 working days"), "P-HCPDZ", "practice"


def complain(entry: bytes, text: str, key: str) -> None:
    """Send her words to the level above the unit that leads; one complaint at a time. Raises Unseen, Refusal."""
    check(text)
    if len(text) > MOST_CHARACTERS:
        raise Refusal(_("Please keep your words under %(most)d characters."), most=MOST_CHARACTERS)
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker(), lock=True)
        closing.still_taken(case)
        once = str(deed_of(case, "complain", key, text))
        sent = chance.uuid_for(f"{case.id}:{Task.Kind.COMPLAINT}:{once}", "task")  # as open_task makes it
        earlier = access.tasks_of(case).filter(kind=Task.Kind.COMPLAINT)
        if any(task.id == sent for task in earlier):
            return
        if any(task.state == Task.State.OPEN for task in earlier):
            raise Refusal(_("Your complaint is with the level above and not answered yet. Its answer will stand on "
                            "this page; after it you can complain again."))
        above = free.upper_of(case.unit, free.recused(case) | free.concerned(case))
        if above is None:
            raise Refusal(_("Nobody in this system stands above the unit that leads and had no hand in your case. "
                            "Please complain to its own higher level, outside of this system."))
        due_at = reckon(LIMIT, moment.now(), catalogue.calendar()).due_at
        open_task(case, Task.Kind.COMPLAINT, above, key=once, text=text, about=str(case.unit_id), due_at=due_at)


def answer_complaint(asker: door.Asker, number: str, text: str, key: str) -> None:
    """The level above answers her; the answer stands in her story and nowhere else. Raises Unseen, Refusal."""
    check(text)
    with door.open(asker):
        case, tasks = access.by_task(asker, number, [Task.Kind.COMPLAINT], True, (Task.State.OPEN, Task.State.DONE))
        task = next((one for one in tasks if one.state == Task.State.OPEN), None)
        if task is None:
            texts = Dossier(case).texts
            if any(texts.get(f"done:{one.id}") == text for one in tasks):
                return  # the same answer sent twice
            raise Unseen
        end_task(task, case, Task.State.DONE, text)
        effects.cause("tell_her", case, catalogue.matter_of(case.declaration_id))
