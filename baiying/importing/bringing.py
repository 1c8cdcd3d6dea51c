"""Writing down what a sheet brings, before it is entered: so that taking back finds it whatever happens between."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from baiying.importing.models import Brought, Sheet
from baiying.kit import door

ERRAND = "importing"
Row = tuple[int, str, UUID, dict[str, Any] | None, dict[str, Any] | None]


def note(sheet: Sheet, rows: Iterable[Row]) -> None:
    """Rows of (line, what, id, what it was, what it becomes); those noted before are not noted twice."""
    with door.errand(ERRAND):
        known = set(Brought.objects.filter(sheet=sheet, taken_back=False).values_list("what", "row_id"))
        Brought.objects.bulk_create(
            Brought(sheet=sheet, what=what, row_id=row_id, line=line, was=was, now=now)
            for line, what, row_id, was, now in rows if (what, row_id) not in known)
