"""The row of a referral, written with the task of the party that is brought in."""

from __future__ import annotations

from datetime import datetime

from baiying.cases.models import Case, Referral, Task
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.engine.clock import reckon
from baiying.kit import moment


def refer(task: Task, case: Case, *, granted: bool, duty: str = "") -> Referral:
    """Write what this party's task needs; open to it at once only where she need not be asked. A duty of the law opens
    who she is, how she is reached and what she answered, never her own words, the story or the papers."""
    part = flow.part_of(catalogue.matter_of(case.declaration_id), task.party)
    asked = [group for group in flow.groups_of(part) if not duty or group not in flow.NOT_BY_DUTY]
    return Referral.objects.create(
        task=task, case=case, number=case.number, declaration_id=case.declaration_id, district=case.district,
        party=task.party, lead_id=case.unit_id, entry=bytes(case.entry), unit_id=task.unit_id, state=task.state,
        due_at=task.due_at, guarded=case.guarded, asked=asked, granted=asked if granted else [], duty=duty,
        receipt_due_at=receipt_due(part, task.opened_at) if task.state == Task.State.OPEN else None)


def receipt_due(part: flow.Part, at: datetime) -> datetime | None:
    """By when the party says that the task has arrived."""
    return reckon(part.receipt_rule, at, catalogue.calendar()).due_at


def begun(referral: Referral, part: flow.Part) -> None:
    """Her yes has come: from now on the party is waited for. Not stored: the caller saves the row."""
    referral.consented_at = moment.now()
    referral.receipt_due_at = receipt_due(part, referral.consented_at)
