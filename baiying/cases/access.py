"""Which cases one may see. The database says so too (migration 0002): nothing said, no rows."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from baiying.cases.models import Case, Clock, Move, Sealed
from baiying.kit import door, number
from baiying.kit.errors import Refusal, Unseen


def visible(asker: door.Asker) -> QuerySet[Case]:
    """The cases this asker may list and open: those of the units whose posts are held; hers by number and code."""
    if asker.door is not None:
        return Case.objects.filter(entry=asker.door)
    if asker.errand:
        return Case.objects.all()
    return Case.objects.filter(Q(unit_id__in=asker.units))


def one(asker: door.Asker, typed_number: str | None = None, lock: bool = False) -> Case:
    """The one case asked for, opened: from here on its own rows may be read. Raises Unseen."""
    found = visible(asker)
    if typed_number is not None:
        try:
            found = found.filter(number=number.read(typed_number))
        except Refusal:
            raise Unseen from None
    case = (found.select_for_update(of=("self",)) if lock else found).select_related("unit").first()
    if case is None:
        raise Unseen
    door.look_at(case.id)
    return case


def by_id(case: UUID, lock: bool = False) -> Case | None:
    """A case by its key, for errands and for a submission that was sent twice; the door must look at it."""
    found = Case.objects.filter(id=case).select_related("unit")
    return (found.select_for_update(of=("self",)) if lock else found).first()


def clocks(case: Case) -> QuerySet[Clock]:
    return Clock.objects.filter(case=case).order_by("due_at", "id")


def moves(case: Case) -> QuerySet[Move]:
    return Move.objects.filter(case=case).select_related("unit").order_by("at", "id")


def sealed(case: Case) -> QuerySet[Sealed]:
    return Sealed.objects.filter(case=case)
