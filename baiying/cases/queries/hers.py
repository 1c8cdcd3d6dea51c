"""The cases of the person who is signed in."""

from __future__ import annotations

from django.db.models import F

from baiying.cases import access
from baiying.cases.dossier import Dossier
from baiying.cases.queries.today import Row
from baiying.catalogue import queries as catalogue
from baiying.kit import door
from baiying.kit.errors import Unseen

AT_ONCE = 100


def hers(asker: door.Asker) -> list[Row]:
    """Her cases, those that wait for her word on top, then by what runs out first, the ended ones last.

    Behind a trusted device only (web.guard): on another one not even their number is told. A matter of safety and a
    case with words of danger are on no list, whatever the device.
    """
    with door.open(asker):
        found = (access.hers(asker).filter(danger=False).select_related("unit")
                 .order_by("ended", F("answered_at").asc(nulls_last=True), F("next_due_at").asc(nulls_last=True),
                           "-received_at")[:AT_ONCE])
        rows = [Row(case, catalogue.matter_of(case.declaration_id)) for case in found]
        return [row for row in rows if not row.matter.safe]


def told_in(entry: bytes) -> str:
    """What she wrote when she sent it; empty once it was erased. Hers to read: no reading is noted. Raises Unseen."""
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker())
        return case.words or Dossier(case).opened("words")


def has_none(asker: door.Asker) -> bool:
    """Whether no case is tied to her account."""
    with door.open(asker):
        return not access.hers(asker).exists()


def her_entry(asker: door.Asker, typed_number: str) -> bytes:
    """What opens one case of her list, as number and code would. Raises Unseen."""
    with door.open(asker):
        case = access.hers(asker).filter(number=access.read(typed_number)).first()
        if case is None or case.danger or catalogue.matter_of(case.declaration_id).safe:
            raise Unseen
        return bytes(case.entry)
