"""Where she stays: opened for her handler and for the one party that goes there, each time noted where she sees it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from baiying.cases import access
from baiying.cases.dossier import Dossier
from baiying.cases.models import Referral, Task
from baiying.cases.queries.reading import note_reading
from baiying.kit import door, moment
from baiying.kit.errors import Unseen
from baiying.network import queries as network


@dataclass(frozen=True)
class Address:
    """Where she stays and the task whose unit goes there, if one does."""

    where: str
    task: UUID | None = None


def of(held: Dossier) -> Address | None:
    """The address as she told it last; nothing when she told none, or took it back. The caller notes the reading."""
    told = held.opened("address")
    found = json.loads(told) if told else None
    return Address(found["where"], UUID(found["task"]) if found["task"] else None) if found else None


def keeper(held: Dossier) -> UUID | None:
    """Her handler: the one person of the leading unit, at work today, who moved the case last; before anybody did, who
    holds it. Nobody where there is none. The case must be looked at."""
    case = held.case
    here = network.receiving(case.unit_id, moment.today())
    moved = (move.person_id for move in reversed(held.moves)
             if move.unit_id == case.unit_id and move.person_id and not move.party)
    return next((person for person in (*moved, *(case.named or ())) if person in here), None)


def for_handler(asker: door.Asker, number: str) -> str:
    """Where she stays, for her handler alone: no colleague even learns that there is an address. Raises Unseen."""
    with door.open(asker):
        case = access.one(asker, number, may_take=False)
        held = Dossier(case)
        found = of(held) if asker.who is not None and keeper(held) == asker.who else None
        if found is None:
            raise Unseen
        note_reading(case, asker, why="address")
        return found.where


def for_party(asker: door.Asker, number: str) -> str:
    """Where she stays, for the unit whose open task goes there. Raises Unseen."""
    with door.open(asker):
        case, tasks = access.by_task(asker, number, (Task.Kind.WORK,))
        found = of(Dossier(case))
        task = next((one for one in tasks if found is not None and one.id == found.task), None)
        if found is None or task is None or taken_back(task):
            raise Unseen
        note_reading(case, asker, task.unit, "address")
        return found.where


def goes_there(held: Dossier, task: Task) -> bool:
    """Whether she named this task's unit to come to her."""
    found = of(held)
    return found is not None and found.task == task.id and not taken_back(task)


def taken_back(task: Task) -> bool:
    """Whether she took her consent back: the party then reads the words of its own task alone."""
    referral = Referral.objects.filter(task=task).first()
    return referral is not None and referral.withdrawn_at is not None and not referral.granted


def may_ask(asker: door.Asker, held: Dossier) -> bool:
    """Whether the page of the case offers the address to this person. The case must be looked at."""
    return asker.who is not None and "address" in held.sealed and keeper(held) == asker.who
