"""What of the network one may see and do. The network itself is public; only changing it asks for a post."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from baiying.network.models import Absence, Place, Post, Proposal, Unit


def units() -> QuerySet[Unit]:
    """All units; everybody may know who there is."""
    return Unit.objects.select_related("area")


def places() -> QuerySet[Place]:
    """All places; everybody may know where to walk in."""
    return Place.objects.select_related("area").prefetch_related("units")


def posts(on: date) -> QuerySet[Post]:
    """The posts of that day that somebody holds: in force, in an open unit, the holder active, away or not."""
    return _in_force(on).filter(holder__active=True)


def posts_of(person_id: UUID, on: date) -> QuerySet[Post]:
    """The posts of that day that this person holds or in which she stands in, in one question: every page of the staff
    asks it. Who holds them is not read along."""
    away = Absence.objects.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on, substitute=person_id,
                                  substitute__active=True)
    hers = Q(holder_id=person_id, holder__active=True) | Q(id__in=away.values("post_id"))
    return _in_force(on).filter(hers).select_related(None).select_related("unit")


def receiving(unit_id: UUID, on: date) -> frozenset[UUID]:
    """The people who take in cases in this unit on that day: the active holders who are not away, and who stands in."""
    away = Absence.objects.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)
    absent = dict(away.filter(post__unit_id=unit_id).values_list("post_id", "substitute_id"))
    posts = list(_in_force(on).filter(unit_id=unit_id, receives=True))
    here = {post.holder_id for post in posts if post.id not in absent and post.holder and post.holder.active}
    standing_in = {absent[post.id] for post in posts if post.id in absent} - {None}
    if standing_in:  # nobody stands in who is away herself, or has no account any more
        elsewhere = away.filter(post__holder_id__in=standing_in).values_list("post__holder_id", flat=True)
        active = away.filter(substitute__active=True).values_list("substitute_id", flat=True)
        here |= (standing_in & set(active)) - set(elsewhere)
    return frozenset(one for one in here if one is not None)


def _in_force(on: date) -> QuerySet[Post]:
    in_force = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))
    open_unit = Q(unit__opened_on__lte=on) & (Q(unit__closed_on__isnull=True) | Q(unit__closed_on__gt=on))
    return Post.objects.select_related("unit", "holder").filter(in_force, open_unit)


def unit(unit_id: UUID) -> Unit | None:
    """One unit, or nothing."""
    return units().filter(id=unit_id).first()


def proposals() -> QuerySet[Proposal]:
    """Proposals as far as the door lets them be seen: by those who may confirm them."""
    return Proposal.objects.select_related("unit", "person", "by", "decided_by")
