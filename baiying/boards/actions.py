"""Writing figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from baiying.boards.models import Figure
from baiying.kit.chance import uuid_for


def enter_generated(district: str, rows: Iterable[tuple[UUID, str, date, bool, Mapping[str, int]]]) -> int:
    """Enter an invented past: unit, matter, month, whether protected, counts. Rows already there stay as they are."""
    figures = [
        Figure(
            id=uuid_for(f"{unit}:{matter}:{month}", "figure"),
            district=district,
            unit_id=unit,
            matter=matter,
            month=month,
            protected=protected,
            generated=True,
            **counts,
        )
        for unit, matter, month, protected, counts in rows
    ]
    with transaction.atomic():
        known = set(Figure.objects.filter(district=district).values_list("id", flat=True))
        return len(Figure.objects.bulk_create([one for one in figures if one.id not in known], batch_size=2000))
