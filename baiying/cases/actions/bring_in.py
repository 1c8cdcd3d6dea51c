"""The lead brings in whoever else is needed: co-handlers and partners, each with a task of its own.

Where what she told is protected, she is asked first (actions.consent). A duty that the law names needs no consent; its
article stands in her story and on her page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.cases import access, clocks, effects, referring
from baiying.cases.actions.step import Deed, deed_of, done_before
from baiying.cases.actions.tasks import check, open_task, stay, still
from baiying.cases.dossier import Dossier
from baiying.cases.facts import facts_of
from baiying.cases.models import Case, Task
from baiying.cases.queries import free
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, moment
from baiying.kit.errors import Refusal
from baiying.network.models import Unit


@dataclass(frozen=True)
class Call:
    """Whom to bring in, for what, until when (the last day in time), and under which duty of the matter if any."""

    party: str
    unit: UUID
    text: str
    due_on: date | None = None
    duty: str = ""


def bring_in(asker: door.Asker, number: str, call: Call, key: str) -> None:
    """Ask a unit to play a party. Raises Unseen, Refusal; then nobody was asked."""
    check(call.text)
    with door.open(asker):
        case = access.one(asker, number, lock=True)
        deed_id = deed_of(case, "brought_in", asker.who, key, call.party, call.unit, call.text, call.due_on)
        if done_before(deed_id):
            return
        matter = catalogue.matter_of(case.declaration_id)
        unit = fitting(case, matter, call)
        duty = duty_of(case, matter, call.party, call.duty)
        asks_her = duty is None and is_asked(case, matter, call.party, unit.id)
        said = basis_said(duty) if duty else ""
        open_task(case, Task.Kind.WORK, unit, key=str(deed_id), party=call.party, text=call.text,
                  due_at=clocks.day_after(call.due_on) if call.due_on else None,
                  state=Task.State.PROPOSED if asks_her else Task.State.OPEN, granted=not asks_her, duty=said)
        heard = () if asks_her else flow.heard_of(call.party, "called")
        stay(case, Deed(deed_id, "consent_asked" if asks_her else "brought_in", still(case, *heard), reason=said,
                        party=call.party, unit=unit))
        effects.cause("tell_her", case, matter)


def fitting(case: Case, matter: flow.Matter, call: Call) -> Unit:
    """The unit named, if it can play that party now. Raises Refusal."""
    check_part(case, call.party, call.due_on)
    unit = next((one for one in free.fitting(case, call.party) if one.id == call.unit), None)
    if unit is None:
        raise Refusal(_("This unit cannot take the task: it is closed, has nobody in office, or is not of that kind. "
                        "Please choose another one."))
    check_vacant(case, call.party, unit)
    return unit


def check_part(case: Case, party: str, due_on: date | None) -> None:
    """Whether anybody can be brought in for this part by that day. Raises Refusal."""
    if case.ended or case.unassigned:
        raise Refusal(_("Nobody can be brought in now: the case is at its end, or waits for a lead to be named."))
    if party not in catalogue.words().parties or party in (flow.ASKER, flow.LEAD, flow.UPPER):
        raise Refusal(_("Please choose from the list whom to bring in."))
    if due_on is not None and due_on < moment.today():
        raise Refusal(_("The day %(day)s is over. Please choose today or a later day."), day=due_on.isoformat())


def check_vacant(case: Case, party: str, unit: Unit | None = None) -> None:
    """Nobody plays the part yet; of units that help to handle, each one once. Raises Refusal."""
    waiting = access.tasks_of(case).filter(kind=Task.Kind.WORK, party=party,
                                           state__in=[Task.State.OPEN, Task.State.PROPOSED])
    if waiting.exists() and (party != flow.CO or waiting.filter(unit=unit).exists()):
        raise Refusal(_("Somebody was already brought in for this part. Their answer comes first."))


def is_asked(case: Case, matter: flow.Matter, party: str, unit: UUID | None) -> bool:
    """Whether she is asked first: as the matter says of this party, else wherever the matter is protected; after words
    of danger, and once she has said no to it or taken something back, always. The case must be looked at."""
    return case.danger or flow.part_of(matter, party).consent or referring.taken_back(case, party, unit)


def duty_of(case: Case, matter: flow.Matter, party: str, label: str) -> flow.Duty | None:
    """The duty to tell that is named, if the matter has it for this party and nothing known speaks against it. Raises
    Refusal for any other name."""
    if not label:
        return None
    facts = facts_of(Dossier(case))
    found = next((one for one in matter.duties if one.label == label and party in one.tells
                  and flow.all_hold(one.when, facts) is not False), None)
    if found is None:
        raise Refusal(_("The law names no such duty for this part in this kind of case. Ask the person first."))
    return found


def basis_said(duty: flow.Duty) -> str:
    """The article behind a duty, as the story shows it."""
    return f"{duty.label}: {duty.basis_zh}"[:200]
