"""What a sheet may change in units that are there already, and taking back exactly what a sheet brought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Model, ProtectedError

from baiying.network.actions.settling import changing
from baiying.network.models import Area, Post, Tie, Unit

#: What may be corrected without anything passing to another unit.
AMENDED = ("telephone", "name_en", "roles", "area_id", "opened_on")
ROWS: dict[str, type[Model]] = {"unit": Unit, "tie": Tie, "post": Post}


def amend_units(changes: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Correct some fields of units: telephone, English name, roles, area, day of opening; all or none."""
    with changing():
        for unit_id, fields in changes.items():
            told = {name: value for name, value in fields.items() if name in AMENDED}
            if "area_id" in told and not Area.objects.filter(code=told["area_id"]).exists():
                del told["area_id"]
            if isinstance(told.get("opened_on"), str):
                told["opened_on"] = date.fromisoformat(told["opened_on"])
            Unit.objects.filter(id=unit_id).update(**told)


def take_back(rows: Iterable[tuple[str, UUID]]) -> tuple[list[tuple[str, UUID]], list[tuple[str, UUID]]]:
    """Delete rows that a sheet brought (``unit``, ``tie``, ``post`` with their ids), in this order; gives those that
    are gone and those that stay because something newer stands on them (a case, a member, a unit below)."""
    gone: list[tuple[str, UUID]] = []
    kept: list[tuple[str, UUID]] = []
    with changing():
        for what, row_id in rows:
            (gone if _deleted(ROWS[what], row_id) else kept).append((what, row_id))
    return gone, kept


def _deleted(model: type[Model], row_id: UUID) -> bool:
    """Whether the row could be deleted. The database itself is asked: row security hides who stands on it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            model._default_manager.filter(pk=row_id).delete()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except (ProtectedError, IntegrityError):
        return False
    return True
