"""A second way to count, slow and plain: every case's story is read line by line, and its last word kept."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

from baiying.cases.models import Case, Clock, Move
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, moment

Key = tuple[UUID | None, str, date, bool]


def recounted(district: str = "110107") -> dict[Key, dict[str, int]]:
    """What the figures should be, by unit, matter, day and whether protected; noughts are left out."""
    with door.errand("figures"):
        ids = list(Case.objects.filter(district=district).values_list("id", flat=True))
    found: dict[Key, Counter[str]] = {}
    for one in ids:
        with door.open(door.Asker(case=one)):
            key, names = told(Case.objects.get(id=one))
            found.setdefault(key, Counter()).update(names)
    return {key: dict(counts) for key, counts in found.items()}


def told(case: Case) -> tuple[Key, list[str]]:
    """Where a case counts, and the names of the counts it is in."""
    story = list(Move.objects.filter(case=case).order_by("at", "turn", "id"))
    first = next((line.unit_id for line in story if line.unit_id and (not line.party or line.verb == "passed_on")),
                 case.unit_id)
    outcome, contact, reopened, answered_at = "waiting", None, False, None
    for line in story:
        if line.after in flow.WAITING and line.before not in flow.WAITING:
            outcome, answered_at = "within_30_days", answered_at or line.at
        elif line.verb == "shelved":
            outcome = "unrated"
        elif "contacted_in_time" in line.marks or "not_contacted_in_time" in line.marks or line.verb in WORDS:
            if line.reason in flow.VERDICTS:
                outcome = line.reason
                contact = said_contact(line)
                reopened = reopened or line.after not in (*flow.WAITING, *flow.ENDED)
        elif line.verb == "withdrawn":
            outcome = "ended"
        elif line.verb == "set_aside":
            outcome = outcome if outcome == "not_solved" else "ended"
        elif line.verb == "contested":
            outcome = "not_solved" if outcome == "not_solved" else "waiting"
    names = ["received", outcome]
    if outcome in flow.VERDICTS and contact is not None:
        names.append("contacted" if contact else "not_contacted")
    if outcome not in ("waiting", "ended"):
        names += ["in_time"] if in_time(case, answered_at) else []
        names += ["reopened"] if reopened else []
    names += ["returned"] if any(line.verb == "returned" for line in story) else []
    day = moment.shanghai(case.received_at).date()
    if case.guarded:
        return (None, "", day, True), names
    return (first, catalogue.matter_of(case.declaration_id).key, day, False), names


WORDS = ("judged", "recorded")


def said_contact(line: Move) -> bool | None:
    """Her word on the contact, as it was given with this verdict."""
    if "contacted_in_time" in line.marks:
        return True
    return False if "not_contacted_in_time" in line.marks else None


def in_time(case: Case, answered_at: object) -> bool:
    """None of our own clocks that end with an answer had run out before the first answer."""
    assert answered_at is not None
    declared = catalogue.matter_of(case.declaration_id).clocks
    for clock in Clock.objects.filter(case=case, owner="ours"):
        ends_with_answer = any(stage in declared[clock.name].until for stage in flow.WAITING)
        if ends_with_answer and clock.started_at <= answered_at and clock.due_at is not None:
            done = min(clock.met_at or answered_at, answered_at)
            if done > clock.due_at:
                return False
    return True
