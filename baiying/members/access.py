"""Whose data one may see. A person sees herself; names of post holders are public with their posts."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from baiying.members.models import Person


def people() -> QuerySet[Person]:
    """Everybody with a login, without the sealed telephone."""
    return Person.objects.defer("telephone_sealed", "telephone_index", "key")


def herself(person_id: UUID) -> Person | None:
    """The person with everything that is hers, or nothing."""
    return Person.objects.filter(id=person_id).first()
