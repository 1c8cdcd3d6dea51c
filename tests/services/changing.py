"""Changed catalogues for tests: the one in force with another rule, and a look at every row of the database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db import connection

from baiying.catalogue import queries as declared
from baiying.catalogue.actions import Read
from baiying.engine import loader
from baiying.kit import door

#: Swept for everybody; all members of the demo are entitled, and nobody else is.
MEMBERS = "union.rehab.retreat"
ACTIVE = {"fact": "member.active", "is": True, "otherwise": "要是工会会员。", "otherwise_en": "A member."}
OLD = {"fact": "person.age", "at_least": 120, "otherwise": "要年满120周岁。", "otherwise_en": "You must be 120."}

HASH = """SELECT md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) FROM "{}" t"""

Table = dict[str, Any]


def edited(key: str, edit: Callable[[Table], object], kind: str = "service") -> Read:
    """The catalogue in force with one declaration changed."""
    return read(
        *(
            declaration(one, edit) if (one.kind, one.key) == (kind, key) else one
            for one in declared.declarations_of(declared.in_force())
        )
    )


def declaration(one: loader.Declaration, edit: Callable[[Table], object], key: str = "") -> loader.Declaration:
    table = json.loads(one.body)
    edit(table)
    return loader.Declaration(one.kind, key or one.key, json.dumps(table, ensure_ascii=False))


def read(*declarations: loader.Declaration) -> Read:
    edition = hashlib.sha256("\n".join(one.id for one in declarations).encode()).hexdigest()
    return Read(edition, declarations, {})


def asks(*who: Table, **other: object) -> Callable[[Table], object]:
    """Let a service ask these clauses, and say this otherwise."""
    return lambda table: table.update(who=list(who), **other)


def rows() -> dict[str, str]:
    """A hash of every table as the register's errand sees it."""
    with door.errand("members"), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [name for (name,) in cursor.fetchall()]
        found = {}
        for name in tables:
            cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [f'public."{name}"'])
            if cursor.fetchone()[0]:
                cursor.execute(HASH.format(name))
                found[name] = cursor.fetchone()[0]
    return found


def written() -> int:
    """How many rows this transaction has inserted, updated and deleted, in whatever table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables")
        return int(cursor.fetchone()[0])
