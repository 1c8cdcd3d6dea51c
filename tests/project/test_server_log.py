"""What a person typed never reaches the database server's log, also when a statement fails."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from baiying.cases import actions
from baiying.cases.actions import Submission

SECRET = "没有人会在日志里读到这句话"


def server_log() -> str:
    return (Path(os.environ["BAIYING_DATA"]) / "log" / "postgres.log").read_text(errors="replace")


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="the log of a server that is not ours lies elsewhere")
def test_neither_a_failing_statement_nor_a_duplicate_puts_her_words_into_the_log(db):
    before = len(server_log())
    for _ in range(2):
        actions.submit(Submission(key="k", words=SECRET))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO cases_case (id, words) VALUES (%s, %s)", ["6" * 8, SECRET])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT %s::int", [SECRET])
    assert "ready to accept connections" in server_log(), "this is the log of the server that failed"
    assert SECRET not in server_log()[before:]
