"""Rows written by one prepared statement."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from baiying.kit import door, log

SUBJECT = UUID(int=7)


def test_the_statement_of_a_row_is_planned_once_for_all_that_come_after_it(db):
    with door.errand("sealer"):
        for number in range(8):
            log.write("tests.prepared", SUBJECT, "errand:sealer", {"number": number})
        with connection.cursor() as cursor:
            cursor.execute("SELECT generic_plans, custom_plans FROM pg_prepared_statements "
                           "WHERE statement LIKE 'INSERT INTO \"kit_line\"%'")
            rows = cursor.fetchall()
    assert len(rows) == 1, "one statement, prepared once"
    assert rows[0][0] > 0, "after the first few its plan is kept"
