"""Whose facts and standing one may see. Row security says the same: a profile is hers alone, a standing hers and her
unit's; everything by the errand `members`, which reads the register.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from baiying.services.models import Cover, Missed, MonthCover, Profile, Rulebook, Served, Standing


def profile(person_id: UUID, lock: bool = False) -> Profile | None:
    """What is known of a person, as far as the door lets it be seen."""
    return (Profile.objects.select_for_update() if lock else Profile.objects).filter(person_id=person_id).first()


def standings(unit_ids: Iterable[UUID] | None = None) -> QuerySet[Standing]:
    """How people stand, of these units or of all."""
    found = Standing.objects.order_by("person_id")
    return found if unit_ids is None else found.filter(unit_id__in=list(unit_ids))


def served(people: Iterable[UUID]) -> QuerySet[Served]:
    """Marks that stand that these people have a service."""
    return Served.objects.filter(person_id__in=list(people), ended_at=None)


def missed(unit_id: UUID) -> QuerySet[Missed]:
    """What a unit did for its people whom a service had missed, the last first."""
    return Missed.objects.filter(unit_id=unit_id).order_by("-at", "id")


def covers(district: str) -> QuerySet[Cover]:
    """The counts of a district."""
    return Cover.objects.filter(district=district).order_by("service", "unit_id")


def months(district: str) -> QuerySet[MonthCover]:
    """The counts of a district as its months began, the last month first."""
    return MonthCover.objects.filter(district=district).order_by("-month", "service")


def rulebook() -> Rulebook | None:
    """The rulebook that was swept last."""
    return Rulebook.objects.order_by("-at").first()
