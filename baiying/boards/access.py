"""Figures are public; what of them may be shown is decided by their size (queries)."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from baiying.boards.models import Figure


def figures(district: str, since: date, until: date) -> QuerySet[Figure]:
    """The figures of a district for the months from ``since`` up to, not including, ``until``."""
    return Figure.objects.filter(district=district, month__gte=since, month__lt=until)
