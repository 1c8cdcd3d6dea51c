"""Who may see declarations: everybody. What is promised is public, old promises too."""

from __future__ import annotations

from django.db.models import QuerySet

from baiying.catalogue.models import Declaration, Edition


def declarations() -> QuerySet[Declaration]:
    return Declaration.objects.all()


def editions() -> QuerySet[Edition]:
    return Edition.objects.all()
