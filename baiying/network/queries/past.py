"""Who held an office, for whoever asks how long a name must be kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from baiying.network.models import Absence, Post


def in_office_since(people: Iterable[UUID], since: date) -> frozenset[UUID]:
    """Those among these people who hold a post, or stand in for somebody, or did so after that day."""
    ids, lately = list(people), Q(until=None) | Q(until__gt=since)
    held = Post.objects.filter(lately, holder_id__in=ids).values_list("holder_id", flat=True)
    stood_in = Absence.objects.filter(lately, substitute_id__in=ids).values_list("substitute_id", flat=True)
    return frozenset(one for one in (*held, *stood_in) if one is not None)
