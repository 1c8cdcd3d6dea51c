"""The database as it stands after migrating: two roles apart, protected tables forced, nothing reads a clock."""

from __future__ import annotations

import io
import re

import pytest
from django.core.management import call_command
from django.db import connection

# Tables that say which case a row belongs to and may still be seen without opening it; each with its reason.
OPEN_BY_REASON: dict[str, str] = {
    "cases_found": "read by a function of the owner alone, which asks for the units that the door was told",
    "cases_unread": "written by a trigger of the owner whoever changes the case; holds a key and nothing else",
}


def rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_the_web_role_owns_nothing_and_stands_under_row_security(db):
    assert rows("SELECT tablename FROM pg_tables WHERE tableowner = current_user") == []
    assert rows("SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles "
                "WHERE rolname = current_user") == [(False, False, False, False)]


def test_the_web_role_may_not_change_tables_or_the_book_of_migrations(db):
    assert rows("SELECT has_schema_privilege(current_user, 'public', 'CREATE'), "
                "has_table_privilege(current_user, 'django_migrations', 'INSERT, UPDATE, DELETE')") == [(False, False)]


def test_every_table_that_hangs_on_a_case_is_forced_under_row_security(db):
    hanging = {name for (name,) in rows("SELECT table_name FROM information_schema.columns "
                                        "WHERE table_schema = 'public' AND column_name = 'case_id'")}
    forced = {name for (name,) in rows("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")}
    assert hanging and hanging - forced - OPEN_BY_REASON.keys() == set()
    assert {"cases_case", "cases_sealed", "cases_move", "cases_clock", "kit_line"} <= forced


def test_append_only_tables_are_closed_by_two_locks(db):
    for table in ("kit_line", "kit_link"):
        assert rows(f"SELECT has_table_privilege(current_user, '{table}', 'UPDATE'), "
                    f"has_table_privilege(current_user, '{table}', 'DELETE'), "
                    f"has_table_privilege(current_user, '{table}', 'TRUNCATE')") == [(False, False, False)]
        assert rows(f"SELECT count(*) FROM pg_trigger WHERE tgrelid = '{table}'::regclass "
                    f"AND tgname LIKE 'append_only%'")[0][0] >= 2


def test_no_column_of_ours_fills_itself_from_the_servers_clock(db):
    found = rows("SELECT c.relname, pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d "
                 "JOIN pg_class c ON c.oid = d.adrelid WHERE c.relname NOT LIKE 'procrastinate%'")
    clocks = re.compile(r"\bnow\(\)|CURRENT_(TIME|DATE)|LOCALTIME|_timestamp\(\)", re.IGNORECASE)
    assert [one for one in found if clocks.search(one[1])] == []


def test_protected_text_stands_in_no_index(db):
    indexed = rows("SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid "
                   "AND a.attnum = ANY (i.indkey) "
                   "WHERE i.indrelid IN ('cases_sealed'::regclass, 'cases_case'::regclass)")
    assert not {"blob", "words", "key"} & {name for (name,) in indexed}


@pytest.mark.parametrize("app", ["kit", "catalogue", "network", "members", "cases", "boards", "importing", "setup"])
def test_the_migrations_are_in_step_with_the_models(db, app):
    call_command("makemigrations", app, check=True, dry_run=True, stdout=io.StringIO())
