"""What rules and moves may ask about a case. The case must be looked at."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from uuid import UUID

from baiying.cases.dossier import Dossier
from baiying.cases.models import Case, Task
from baiying.engine import flow
from baiying.kit import door, moment

LIMIT_EVENT = "limit_date"
SUBMITTED = "submitted"
#: Facts that a room above knows of a case, by their names in words.toml (see `tells`).
Telling = Callable[[Case], Mapping[str, object]]
_tellers: dict[str, Telling] = {}


def tells(name: str) -> Callable[[Telling], Telling]:
    """Register a function of a room above that tells moves facts of a case, which is looked at. ``name``: the room."""
    def register(function: Telling) -> Telling:
        _tellers[name] = function
        return function
    return register


def roles_in(held: Dossier, asker: door.Asker) -> frozenset[str]:
    """The parties of the case that this asker speaks for. A case that waits for a lead to be named moves for nobody
    but her."""
    if asker.door is not None:
        return frozenset({flow.ASKER})
    parts = {task.party for task in working(held) if task.unit_id in asker.units}
    if held.case.unit_id in asker.units and not held.case.unassigned:
        parts |= {flow.LEAD, flow.UPPER} if held.case.times_reopened else {flow.LEAD}
    return frozenset(parts)


def played(held: Dossier) -> frozenset[str]:
    """The parties that a unit of their own plays; the lead speaks for all others, and writes down what one outside
    decided."""
    return frozenset(task.party for task in working(held) if task.unit_id is not None)


def own_marks(held: Dossier, asker: door.Asker) -> frozenset[str]:
    """The marks that this very person made last, in whatever post, and the submission where she asked herself: what a
    move that wants another person looks at."""
    if asker.who is None:
        return frozenset()
    last: dict[str, UUID | None] = {SUBMITTED: held.case.asker_id}
    for move in held.moves:
        last |= dict.fromkeys(move.marks, move.person_id)
    return frozenset(mark for mark, person in last.items() if person == asker.who)


def working(held: Dossier) -> list[Task]:
    """The open tasks of those brought in."""
    return [task for task in held.tasks if task.kind == Task.Kind.WORK and task.state == Task.State.OPEN]


def facts_of(held: Dossier, answers: Mapping[str, object] | None = None) -> dict[str, object]:
    """The answers (`ask.<question>`), of the case or those given, and the case's own facts."""
    told = held.answers if answers is None else answers
    return {**flow.facts_of(told), **own_facts(held, told)}


def own_facts(held: Dossier, answers: Mapping[str, object]) -> dict[str, object]:
    """What the case itself says of itself."""
    limits = [day for event, day in flow.told_events(held.matter, answers).items() if event == LIMIT_EVENT]
    return {
        "case.verdict": held.case.verdict or None,
        "case.band": held.case.band or None,
        "case.returns": held.case.returns,
        "case.days_to_limit": (min(limits) - moment.today()).days if limits else None,
        **{name: value for teller in _tellers.values() for name, value in teller(held.case).items()},
    }


def history_of(held: Dossier, answers: Mapping[str, object]) -> list[flow.Happening]:
    """All that clocks hear of: the submission, every move, and the days that were told."""
    happened: list[flow.Happening] = [(flow.begin(held.matter).events, held.case.received_at)]
    happened += [(tuple(move.marks), move.at) for move in held.moves if move.marks]
    return happened + list(flow.told_events(held.matter, answers).items())


def as_kept(answers: Mapping[str, object]) -> str:
    """Answers as they are sealed."""
    return json.dumps(answers, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Iterable):
        return list(value)
    raise TypeError(f"an answer of type {type(value).__name__} cannot be kept")
