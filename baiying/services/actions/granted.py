"""What the ledger tells: somebody was granted a service, so she has it; it was taken back, so she has it no longer.

The ledger tells it inside the transaction of whoever granted; the register of people is read on an errand of its own,
so a job does the rest. Services that are told in private have no mark: the ledger is asked when she looks.
"""

from __future__ import annotations

from uuid import UUID

from baiying.kit import door, log, moment, queue
from baiying.kit.chance import uuid_for
from baiying.ledger import queries as ledger
from baiying.members.queries import unit_of
from baiying.services.actions import standing
from baiying.services.models import Served
from baiying.services.queries.rulebook import current
from baiying.services.words import ERRAND


def granted(person: UUID | None, service: str, district: str, line: UUID) -> None:
    """News: something was granted."""
    if person is not None and current().bit(service) is not None:
        queue.later("served", line=str(line), person=str(person))


def taken_back(line: UUID) -> None:
    """News: a grant was taken back, wholly or in part."""
    queue.later("served_no_more", line=str(line))


def tell_her(case: UUID | None) -> None:
    """News: something was taken back, or the bank sent it back. Her page says what; a word tells her to look."""
    if case is not None:
        queue.later("tell_her", case=str(case))


def note_served(line: UUID, person: UUID) -> None:
    """She has the service of this grant, if it still stands. Twice is once."""
    grant = ledger.standing(line)
    if grant is None or not grant.stands:
        return
    with door.errand(ERRAND):
        made, unit = uuid_for(str(line), "served"), unit_of(person)
        if not Served.objects.filter(person_id=person, service=grant.service, ended_at=None).exists():
            Served.objects.get_or_create(
                id=made,
                defaults={
                    "district": grant.district,
                    "person_id": person,
                    "unit_id": unit[0] if unit else None,
                    "service": grant.service,
                    "on": moment.today(),
                    "at": moment.now(),
                    "by": person,
                },
            )
            log.write("services.served", made, door.asker().name)
        standing.reckon([person])


def note_served_no_more(line: UUID) -> None:
    """She has it no longer, when this grant was taken back wholly and no other one stands."""
    grant = ledger.standing(line)
    if grant is None or grant.stands:
        return
    with door.errand(ERRAND):
        row = Served.objects.filter(id=uuid_for(str(line), "served"), ended_at=None).first()
        if row is None or ledger.used(grant.service, ledger.whom(row.person_id)):
            return
        row.ended_at = moment.now()
        row.save(update_fields=["ended_at"])
        log.write("services.served_no_more", row.id, door.asker().name)
        standing.reckon([row.person_id])
