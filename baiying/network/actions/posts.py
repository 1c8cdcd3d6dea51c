"""Posts: given, ended, held vacant, stood in for. The days that lie behind are never changed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baiying.kit import queries as kit
from baiying.kit.chance import uuid_for
from baiying.kit.errors import Refusal
from baiying.network.actions.settling import changing
from baiying.network.actions.units import appointed, enter
from baiying.network.models import Absence, Level, Organisation, Post, Unit

ADMINISTER = "post.manage"


def appoint(
    key: str, unit: Unit, role: str, holder: UUID | None, since: date, until: date | None = None, receives: bool = True
) -> Post:
    """Give a post to a person (or leave it vacant) from a day on.

    :raises Refusal: she already holds that post of that unit on one of these days, or the unit is closed by then.
    """
    if unit.closed_on is not None and unit.closed_on <= since:
        raise Refusal(_("%(name)s is closed by that day. Choose the unit that took over."), name=unit.name)
    post = appointed(key, unit, role, holder, since, until, receives)
    enter(posts=[post])
    return post


def end_post(post: Post, on: date) -> None:
    """The post is held no longer from that day on; a post that had not begun is taken back.

    :raises Refusal: it is the last administrator's of a district unit.
    """
    with changing():
        retire_post(post, on)


def vacate(key: str, post: Post, on: date) -> Post:
    """The holder leaves, the office stays: from that day on it is held by nobody, for as long as it was to last.

    :raises Refusal: as :func:`end_post`, or it has ended by then.
    """
    with changing():
        post = Post.objects.select_related("unit").get(id=post.id)
        if post.until is not None and post.until <= on:
            raise Refusal(_("This post has ended by that day already."))
        until, since = post.until, max(on, post.since)
        retire_post(post, on)
        vacant = appointed(key, post.unit, post.role, None, since, until, post.receives)
        Post.objects.bulk_create([vacant], ignore_conflicts=True)
    return vacant


def retire_post(post: Post, on: date) -> None:
    """End a post inside a change of the network. What ended earlier stays as it is."""
    found = Post.objects.select_related("unit").filter(id=post.id).first()
    if found is None or (found.until is not None and found.until <= on):
        return
    refuse_last_administrator(found, on)
    Absence.objects.filter(post=found, since__gte=on).delete()
    if found.since >= on:
        found.delete()
        return
    Absence.objects.filter(Q(until__isnull=True) | Q(until__gt=on), post=found).update(until=on)
    Post.objects.filter(id=found.id).update(until=on)


def be_absent(key: str, post: Post, since: date, until: date | None, substitute: UUID | None) -> Absence:
    """The holder is away (or the post is vacant) from ``since`` up to, not including, ``until``; somebody stands in,
    or nobody. The same key twice is once.

    :raises Refusal: the days overlap with another absence, lie outside the post, or she would stand in for herself.
    """
    if substitute is not None and substitute == post.holder_id:
        raise Refusal(_("Nobody stands in for herself. Choose another person."))
    if since < post.since or (post.until is not None and since >= post.until):
        raise Refusal(_("The post is not held on these days. Choose days on which it is."))
    absence = Absence(id=uuid_for(key, "absence"), district=post.district, post=post, since=since, until=until,
                      substitute_id=substitute)  # fmt: skip
    try:
        with changing():
            if not Absence.objects.filter(id=absence.id).exists():
                Absence.objects.bulk_create([absence])
    except IntegrityError as error:
        raise Refusal(_("Another absence is already noted for some of these days, or the days are the wrong way round. "
                        "End that one first.")) from error
    return absence


def end_absence(absence: Absence, on: date) -> None:
    """She is back from that day on; an absence that had not begun is taken back, one that ended stays."""
    with changing():
        if absence.since >= on:
            Absence.objects.filter(id=absence.id).delete()
        else:
            Absence.objects.filter(Q(until__isnull=True) | Q(until__gt=on), id=absence.id).update(until=on)


def refuse_last_administrator(post: Post, on: date, heir: Unit | None = None) -> None:
    """A district unit of a federation never loses its last administrator: nobody could ever name another one.

    ``heir``: the unit that takes over when this one closes; there the other one is looked for.

    :raises Refusal: no other one is in office on that day without an end in sight.
    """
    if post.unit.level != Level.DISTRICT or post.unit.organisation == Organisation.PARTNER:
        return
    if ADMINISTER not in kit.powers_of([post.role]) or post.holder_id is None:
        return
    others = Post.objects.filter(unit=heir or post.unit, until__isnull=True, since__lte=on, holder__active=True)
    if not any(ADMINISTER in kit.powers_of([other.role]) for other in others.exclude(id=post.id)):
        raise Refusal(_("This is the last administrator of %(name)s. Name another one first, without an end date; "
                        "then this post can end."), name=post.unit.name)
