"""A new master key: the keys of all cases are wrapped anew, what they seal stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from baiying.kit import door, keys
from baiying.kit.errors import Refusal
from baiying.kit.keys import WRAP_FORMAT
from baiying.kit.sealing.box import rewrap

BATCH = 1000


@dataclass(frozen=True)
class KeyColumn:
    """A column of wrapped keys: its table, its name, and the column with the uuid of the case it is bound to."""

    table: str
    column: str
    case_column: str


_columns: dict[tuple[str, str], KeyColumn] = {}


def register(table: str, column: str, case_column: str = "id") -> None:
    """An app that keeps wrapped keys says where, once, in its AppConfig.ready."""
    _columns[table, column] = KeyColumn(table, column, case_column)


def columns() -> tuple[KeyColumn, ...]:
    """Every column that holds wrapped keys."""
    return tuple(_columns.values())


def rotate(*, drop_old: bool = False, progress: Callable[[int, int], None] | None = None) -> int:
    """Make a new master key and wrap every case's key under it; gives how many were wrapped.

    Only as the owner (Refusal), who alone sees every row. May be interrupted and run again; everything opens at
    every moment in between. ``progress(done, all)`` is told after each batch. With ``drop_old`` the old master keys
    are destroyed once nothing is wrapped by them; backups made before then open only with the key folder of that
    time, and open drafts are lost.
    """
    _refuse_if_blind()
    keys.add_master()
    return finish(drop_old=drop_old, progress=progress)


def finish(*, drop_old: bool = False, progress: Callable[[int, int], None] | None = None) -> int:
    """Wrap what older master keys still wrap; the second half of ``rotate``, and the way on after an interruption."""
    _refuse_if_blind()
    total = sum(_waiting(place) for place in columns())
    done = 0
    for place in columns():
        while count := _rewrap_batch(place):
            done += count
            if progress is not None:
                progress(done, total)
    ring = keys.keyring()
    if drop_old and not any(_waiting(place) for place in columns()):
        for old in set(ring.masters) - {ring.current}:
            keys.drop_master(old)
    return done


def _refuse_if_blind() -> None:
    """One who does not see every row would take the unseen for done, and drop the key that opens it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(bool_and(pg_has_role(relowner, 'USAGE')), true) FROM pg_class "
                       "WHERE oid = ANY (%s::regclass[])", [[place.table for place in columns()]])
        if not cursor.fetchone()[0]:
            raise Refusal(_("Keys are rotated as the owner of the tables, who alone sees every row; this process is "
                            "not. Nothing was changed. Use baiying keys rotate."))


def _current_head() -> bytes:
    return WRAP_FORMAT + keys.keyring().current


def _names(place: KeyColumn) -> dict[str, sql.Identifier]:
    return {"table": sql.Identifier(place.table), "key": sql.Identifier(place.column),
            "case": sql.Identifier(place.case_column)}


def _waiting(place: KeyColumn) -> int:
    """How many keys of this column an older master key wraps."""
    with door.errand("keys"), connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM {table} WHERE substr({key}, 1, 5) <> %s")
                       .format(**_names(place)), [_current_head()])
        return int(cursor.fetchone()[0])


def _rewrap_batch(place: KeyColumn) -> int:
    """Wrap up to BATCH keys anew; a key that is destroyed meanwhile stays destroyed."""
    with door.errand("keys"), connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT {case}, {key} FROM {table} WHERE substr({key}, 1, 5) <> %s LIMIT %s FOR UPDATE")
                       .format(**_names(place)), [_current_head(), BATCH])
        found = cursor.fetchall()
        cursor.execute(sql.SQL("UPDATE {table} t SET {key} = n.fresh FROM unnest(%s::uuid[], %s::bytea[]) n(id, fresh) "
                               "WHERE t.{case} = n.id").format(**_names(place)),
                       [[case for case, _old in found], [rewrap(old, case) for case, old in found]])
        return len(found)
