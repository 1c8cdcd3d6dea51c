"""Whose facts and standing one may see. Row security says the same: a profile is hers alone, a standing hers and her
unit's; everything by the errand `members`, which reads the register.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, QuerySet

from baiying.services.models import (
    Counter,
    Cover,
    Missed,
    MonthCover,
    Profile,
    Publishing,
    Rulebook,
    Served,
    Standing,
    Tally,
)


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


def marked(services: Iterable[str]) -> QuerySet[Served]:
    """Marks that stand that somebody has one of these services."""
    return Served.objects.filter(service__in=list(services), ended_at=None)


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
    return Rulebook.objects.order_by(F("swept_at").desc(nulls_last=True), "-at").first()


def publishings(district: str) -> QuerySet[Publishing]:
    """Changed catalogues that wait or waited for two people, the last first. On the errand of the register alone."""
    return Publishing.objects.filter(district=district).order_by("-at", "id")


def counters() -> QuerySet[Counter]:
    """The counters that are open. Everybody may know where a service is used."""
    return Counter.objects.filter(ended_at=None).order_by("service", "name", "ref")


def counters_kept(unit_ids: Iterable[UUID]) -> QuerySet[Counter]:
    """All counters that these units opened, open ones first."""
    return Counter.objects.filter(unit_id__in=list(unit_ids)).order_by(
        F("ended_at").asc(nulls_first=True), "service", "name"
    )


def tallies(unit_ids: Iterable[UUID]) -> QuerySet[Tally]:
    """How often services were used at the counters of these units, by month, the last month first."""
    return Tally.objects.filter(unit_id__in=list(unit_ids)).order_by("-month", "counter_id")
