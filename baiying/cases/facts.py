"""What rules and moves may ask about a case."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date

from baiying.cases import access
from baiying.cases.models import Case, Task
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, moment, sealing

ANSWERS = "answers"  # the field of what she answered at first; `answers:<move>` holds what was answered at a move
LIMIT_EVENT = "limit_date"


def roles_in(case: Case, asker: door.Asker) -> frozenset[str]:
    """The parties of the case that this asker speaks for. A case that waits for a lead to be named moves for nobody
    but her."""
    if asker.door is not None:
        return frozenset({flow.ASKER})
    parts = {task.party for task in working(case) if task.unit_id in asker.units}
    if case.unit_id in asker.units and not case.unassigned:
        parts |= {flow.LEAD, flow.UPPER} if case.times_reopened else {flow.LEAD}
    return frozenset(parts)


def played(case: Case) -> frozenset[str]:
    """The parties that a unit of their own plays; the lead speaks for all others."""
    return frozenset(task.party for task in working(case))


def working(case: Case) -> list[Task]:
    """The open tasks of those brought in. The case must be looked at."""
    return list(access.tasks_of(case).filter(kind=Task.Kind.WORK, state=Task.State.OPEN))


def facts_of(case: Case, answers: Mapping[str, object] | None = None) -> dict[str, object]:
    """The answers (`ask.<question>`) and the case's own facts; the case must be looked at."""
    told = answers_of(case) if answers is None else answers
    return {**flow.facts_of(told), **own_facts(case, told)}


def own_facts(case: Case, answers: Mapping[str, object]) -> dict[str, object]:
    """What the case itself says of itself."""
    matter = catalogue.matter_of(case.declaration_id)
    limits = [day for event, day in flow.told_events(matter, answers).items() if event == LIMIT_EVENT]
    return {
        "case.verdict": case.verdict or None,
        "case.band": case.band or None,
        "case.returns": case.returns,
        "case.days_to_limit": (min(limits) - moment.today()).days if limits else None,
    }


def answers_of(case: Case) -> dict[str, object]:
    """All answers so far, typed as the matter's questions say, a later one in place of an earlier; the case must be
    looked at."""
    if case.key is None:
        return {}
    asks = catalogue.matter_of(case.declaration_id).asks
    rows = {row.field: row for row in access.sealed(case).filter(field__startswith=ANSWERS)}
    told_later = bool(rows.keys() - {ANSWERS})
    later = [f"{ANSWERS}:{move}" for move in access.moves(case).values_list("id", flat=True)] if told_later else []
    found: dict[str, object] = {}
    for field in (ANSWERS, *later):
        if field in rows:
            raw = json.loads(sealing.unseal(case.wrapped, case.id, field, bytes(rows[field].blob)))
            found |= {key: typed(asks[key].kind, value) for key, value in raw.items() if key in asks}
    return found


def history_of(case: Case, matter: flow.Matter, answers: Mapping[str, object]) -> list[flow.Happening]:
    """All that clocks hear of: the submission, every move, and the days that were told. The case must be looked at."""
    happened: list[flow.Happening] = [(flow.begin(matter).events, case.received_at)]
    happened += [(tuple(marks), at) for marks, at in access.moves(case).values_list("marks", "at") if marks]
    return happened + list(flow.told_events(matter, answers).items())


def typed(kind: str, value: object) -> object:
    """An answer as the engine knows it, from how it is kept."""
    if kind == "date" and isinstance(value, str):
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def as_kept(answers: Mapping[str, object]) -> str:
    """Answers as they are sealed."""
    return json.dumps(answers, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Iterable):
        return list(value)
    raise TypeError(f"an answer of type {type(value).__name__} cannot be kept")
