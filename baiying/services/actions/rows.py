"""Writing rows of standing: many by one statement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from baiying.services.models import Standing


@dataclass(frozen=True)
class Stand:
    """How one person stands, as one packed row. `unit` None: a member nowhere."""

    who: UUID
    district: str
    unit: UUID | None
    quiet: bool
    yes: bytes
    unknown: bytes
    served: bytes


UPSERT = """INSERT INTO services_standing (person_id, district, unit_id, rulebook, "on", yes, unknown, served, quiet)
    SELECT n.person, n.district, n.unit, %s, %s, n.yes, n.unknown, n.served, n.quiet
    FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::bytea[], %s::bytea[], %s::bytea[], %s::boolean[])
         AS n (person, district, unit, yes, unknown, served, quiet)
    ON CONFLICT (person_id) DO UPDATE SET district = excluded.district, unit_id = excluded.unit_id,
        rulebook = excluded.rulebook, "on" = excluded."on", yes = excluded.yes, unknown = excluded.unknown,
        served = excluded.served, quiet = excluded.quiet"""


def upsert(rulebook: str, on: date, rows: Sequence[Stand]) -> None:
    """Write these rows, new or instead of those that are there."""
    if rows:
        columns = [
            [getattr(one, name) for one in rows]
            for name in ("who", "district", "unit", "yes", "unknown", "served", "quiet")
        ]
        run(UPSERT, [rulebook, on, *columns])


def delete(people: Collection[UUID]) -> None:
    """Take out the rows of these people."""
    if people:
        Standing.objects.filter(person_id__in=list(people)).delete()


def run(statement: str, values: Sequence[Any]) -> None:
    """Run a statement that is the same each time, prepared: planning it anew costs more than a few rows."""
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement, values, prepare=True)
