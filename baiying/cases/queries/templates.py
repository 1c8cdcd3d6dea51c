"""The texts that a unit uses again and again."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from baiying.cases.models import AnswerTemplate
from baiying.kit import door


def in_use(asker: door.Asker, unit_id: UUID | None = None) -> QuerySet[AnswerTemplate]:
    """The templates in use of the asker's units, or of one of them. The door must be open."""
    units = asker.units if unit_id is None else asker.units & {unit_id}
    return AnswerTemplate.objects.filter(unit_id__in=units, retired_on=None).select_related("unit").order_by(
        "title", "unit_id")


def templates(asker: door.Asker) -> list[AnswerTemplate]:
    """The templates in use of the asker's units, by title; each with its unit."""
    with door.open(asker):
        return list(in_use(asker))
