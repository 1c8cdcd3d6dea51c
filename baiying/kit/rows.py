"""Migration helpers: who sees which rows, and tables that only grow.

A policy compares a row's own columns with what the door said and never asks another table: a sub-select in a
policy cost 553 ms in the trial. The expressions below are constant within a statement, so indexes serve them.
"""

from __future__ import annotations

from django.db import migrations

WHO = "nullif(current_setting('baiying.who', true), '')::uuid"
UNITS = "string_to_array(nullif(current_setting('baiying.units', true), ''), ',')::uuid[]"
CASE = "nullif(current_setting('baiying.case', true), '')::uuid"
DOOR = "decode(nullif(current_setting('baiying.door', true), ''), 'hex')"
ERRAND = "current_setting('baiying.errand', true)"
OWNERS_ERRANDS = ("backup", "keys")  # what the owner of the tables may say to see and write every row


def is_who(column: str) -> str:
    """The row belongs to the person who asks."""
    return f"{column} = {WHO}"


def in_units(column: str) -> str:
    """The row belongs to one of the units in which the asker holds a post."""
    return f"{column} = ANY ({UNITS})"


def is_case(column: str) -> str:
    """The row belongs to the case that is open now."""
    return f"{column} = {CASE}"


def is_door(column: str) -> str:
    """The row's entry hash is that of the number and code just given."""
    return f"{column} = {DOOR}"


def on_errand(*names: str) -> str:
    """A job of the system asks, on one of these errands."""
    return f"{ERRAND} IN ({', '.join(_literal(name) for name in names)})"


def protect(table: str, seen: str, *, insert: str | None = None, update: str | None = None,
            delete: str = "false") -> migrations.RunSQL:
    """Force row-level security on a table, for everybody including its owner.

    ``seen``: the condition under which a row is seen. ``insert``: what a new row must satisfy, ``update``: which
    rows may be changed (and what they must still satisfy), both by default what is seen; ``delete``: by default
    nothing. ``true`` allows all. The owner, and no other role, sees and writes everything on the errands of
    OWNERS_ERRANDS, e.g. pg_dump --enable-row-security with PGOPTIONS="-c baiying.errand=backup".

    PostgreSQL asks the ``seen`` condition of new rows too when an INSERT says RETURNING or ON CONFLICT.
    """
    name = _plain(table)
    grown, changed = insert or seen, update or seen
    owners = on_errand(*OWNERS_ERRANDS)
    forward = [
        f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY {name}_seen ON {name} FOR SELECT USING ({seen})",
        f"CREATE POLICY {name}_insert ON {name} FOR INSERT WITH CHECK ({grown})",
        f"CREATE POLICY {name}_update ON {name} FOR UPDATE USING ({changed}) WITH CHECK ({changed})",
        f"CREATE POLICY {name}_delete ON {name} FOR DELETE USING ({delete})",
        f"CREATE POLICY {name}_owner ON {name} TO CURRENT_USER USING ({owners}) WITH CHECK ({owners})",
    ]
    backward = [f"DROP POLICY {name}_{suffix} ON {name}" for suffix in ("owner", "delete", "update", "insert", "seen")]
    backward += [f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY", f"ALTER TABLE {name} DISABLE ROW LEVEL SECURITY"]
    return _statements(forward, backward)


def append_only(table: str) -> migrations.RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE on a table to every role, its owner included.

    The name of the triggers is known to project.roles, which grants the web role no change either.
    """
    name = _plain(table)
    return _statements(
        [f"CREATE TRIGGER append_only_row BEFORE UPDATE OR DELETE ON {name} "
         "FOR EACH ROW EXECUTE FUNCTION kit_append_only()",
         f"CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON {name} "
         "FOR EACH STATEMENT EXECUTE FUNCTION kit_append_only()"],
        [f"DROP TRIGGER append_only_row ON {name}", f"DROP TRIGGER append_only_truncate ON {name}"],
    )


APPEND_ONLY_FUNCTION = migrations.RunSQL(
    """CREATE FUNCTION kit_append_only() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
    BEGIN
        RAISE EXCEPTION 'the table % only grows: % is refused; correct by a new row', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END $$""",
    "DROP FUNCTION kit_append_only()",
)


def _statements(forward: list[str], backward: list[str]) -> migrations.RunSQL:
    return migrations.RunSQL([(statement, None) for statement in forward],
                             [(statement, None) for statement in backward])


def _plain(table: str) -> str:
    """Only our own plain table names are ever written into SQL."""
    if not table.replace("_", "").isalnum() or not table.isascii() or not table.islower():
        raise ValueError(f"not a plain table name: {table!r}")
    return table


def _literal(name: str) -> str:
    return "'" + _plain(name) + "'"
