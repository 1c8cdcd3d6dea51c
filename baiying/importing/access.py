"""Which sheets one may see; the rest is row security (migration 0002)."""

from __future__ import annotations

from django.db.models import QuerySet

from baiying.importing.models import Brought, Sheet
from baiying.kit.errors import Unseen


def sheets() -> QuerySet[Sheet]:
    """The sheets that the open door shows, newest first."""
    return Sheet.objects.order_by("-at", "ref")


def sheet(ref: str) -> Sheet:
    """One sheet. Raises Unseen."""
    found = Sheet.objects.filter(ref=ref).first()
    if found is None:
        raise Unseen
    return found


def brought(found: Sheet) -> QuerySet[Brought]:
    """What a sheet brought and has not taken back, in the order in which it was entered."""
    return Brought.objects.filter(sheet=found, taken_back=False).order_by("id")
