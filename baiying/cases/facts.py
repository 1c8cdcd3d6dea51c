"""What rules and moves may ask about a case."""

from __future__ import annotations

import json
from datetime import date

from baiying.cases import access
from baiying.cases.models import Case
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, sealing


def roles_in(case: Case, asker: door.Asker) -> frozenset[str]:
    """The parties of the case that this asker speaks for."""
    if asker.door is not None:
        return frozenset({flow.ASKER})
    if case.unit_id not in asker.units:
        return frozenset()
    return frozenset({flow.LEAD, flow.UPPER} if case.times_reopened else {flow.LEAD})


def facts_of(case: Case) -> dict[str, object]:
    """The answers of the person who asked (`ask.<question>`) and the case's own facts."""
    return {**flow.facts_of(answers_of(case)), "case.verdict": case.verdict or None}


def answers_of(case: Case) -> dict[str, object]:
    """Her answers, typed as the matter's questions say; the case must be looked at."""
    row = access.sealed(case).filter(field="answers").first()
    if row is None or case.key is None:
        return {}
    raw = json.loads(sealing.unseal(case.wrapped, case.id, "answers", bytes(row.blob)))
    asks = catalogue.matter_of(case.declaration_id).asks
    return {key: _typed(asks[key].kind, value) for key, value in raw.items() if key in asks}


def _typed(kind: str, value: object) -> object:
    if kind == "date" and isinstance(value, str):
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
