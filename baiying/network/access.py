"""What of the network one may see and do. The network itself is public; only changing it asks for a post."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from baiying.network.models import Place, Post, Unit


def units() -> QuerySet[Unit]:
    """All units; everybody may know who there is."""
    return Unit.objects.select_related("area")


def places() -> QuerySet[Place]:
    """All places; everybody may know where to walk in."""
    return Place.objects.select_related("area").prefetch_related("units")


def posts(on: date) -> QuerySet[Post]:
    """The living posts of that day: in force, held, and the holder active."""
    in_force = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))
    open_unit = Q(unit__opened_on__lte=on) & (Q(unit__closed_on__isnull=True) | Q(unit__closed_on__gt=on))
    return Post.objects.select_related("unit", "holder").filter(in_force, open_unit, holder__active=True)


def unit(unit_id: UUID) -> Unit | None:
    """One unit, or nothing."""
    return units().filter(id=unit_id).first()

