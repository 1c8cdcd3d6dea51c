"""Figures are public; what of them may be shown is decided by their size (`queries.published`)."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from baiying.boards.models import Count, Figure


def figures(district: str, since: date, until: date) -> QuerySet[Figure]:
    """The figures of a district for the days from ``since`` up to, not including, ``until``."""
    return Figure.objects.filter(district=district, day__gte=since, day__lt=until).order_by()


def count(district: str, lock: bool = False) -> Count:
    """How far the counting of a district has come; with ``lock`` nobody else counts meanwhile."""
    Count.objects.get_or_create(district=district)
    return (Count.objects.select_for_update() if lock else Count.objects).get(district=district)
