"""Telling the person who asked that something waits for her, by the contact she gave and without a word of what."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from baiying.cases import access
from baiying.cases.models import Case
from baiying.catalogue import queries as catalogue
from baiying.kit import door, log, messages, number, sealing


def tell_her(case_id: str) -> None:
    """Send the neutral notice. Without a telephone, nothing is sent; a job run twice may send it twice.

    Nor is anything sent where a telephone that lights up may put her in danger: in a matter of safety, after words of
    danger, or when she has said how she is to be reached. No machine reads such a wish; the unit does.
    """
    with door.errand("tell"):
        door.look_at(UUID(case_id))
        case = access.by_id(UUID(case_id))
        row = access.sealed(case).filter(field="phone").first() if case is not None and case.wrapped else None
        if case is None or row is None or not may_ring(case):
            return
        phone = sealing.unseal(case.wrapped, case.id, "phone", bytes(row.blob))
        log.write("case.told", case.id, door.asker().name, {"port": messages.PORT}, case.wrapped)
    messages.send(phone, _("Something new waits under your number %(number)s. Open it with your query code.")
                  % {"number": number.shown(case.number)})


def may_ring(case: Case) -> bool:
    """Whether a message may go out by itself. The case must be looked at."""
    safe = catalogue.matter_of(case.declaration_id).safe
    return not (safe or case.danger or access.sealed(case).filter(field="contact").exists())
