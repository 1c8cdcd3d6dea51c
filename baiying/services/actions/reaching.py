"""What a unit does for its people whom a service missed, and the mark that somebody has a service."""

from __future__ import annotations

from uuid import UUID

from baiying.kit import door, log, moment
from baiying.kit.chance import uuid_for
from baiying.kit.door import Asker
from baiying.services.actions import standing
from baiying.services.models import Missed, Served
from baiying.services.queries import unserved
from baiying.services.words import ERRAND, Result, Step


def note(asker: Asker, key: str, person_id: UUID, service: str, step: Step, result: Result) -> None:
    """Write down what was done for one person and how it ended; the same key twice is once.

    Who has it already counts as served from now on. Raises Unseen: she is of no unit of the asker's, wants quiet, or
    the service is told in private.
    """
    held = unserved.one_of(asker, person_id, service)
    assert held.unit_id is not None and asker.who is not None  # one_of looks in the units of somebody signed in
    with door.errand(ERRAND):
        row, new = Missed.objects.get_or_create(
            id=uuid_for(key, "missed"),
            defaults={
                "district": held.district,
                "unit_id": held.unit_id,
                "person_id": person_id,
                "service": service,
                "step": step,
                "result": result,
                "on": moment.today(),
                "at": moment.now(),
                "by": asker.who,
            },
        )
        if new:
            log.write("services.reached", row.id, asker.name)
        if new and result == Result.HAS_IT:
            mark(person_id, service, held.district, held.unit_id, asker.who)


def mark(person_id: UUID, service: str, district: str, unit: UUID | None, by: UUID) -> None:
    """A person has a service: inside the errand's door. Twice is once. The ledger will say so by itself."""
    made = uuid_for(f"{person_id}:{service}:{moment.now().isoformat()}", "served")
    if not Served.objects.filter(person_id=person_id, service=service, ended_at=None).exists():
        Served.objects.create(
            id=made,
            district=district,
            person_id=person_id,
            unit_id=unit,
            service=service,
            on=moment.today(),
            at=moment.now(),
            by=by,
        )
        log.write("services.served", made, str(by))
    standing.reckon([person_id])


def unmark(person_id: UUID, service: str, by: UUID) -> None:
    """The mark was wrong, or she has it no longer."""
    with door.errand(ERRAND):
        for row in Served.objects.filter(person_id=person_id, service=service, ended_at=None):
            row.ended_at = moment.now()
            row.save(update_fields=["ended_at"])
            log.write("services.served_no_more", row.id, str(by))
        standing.reckon([person_id])
