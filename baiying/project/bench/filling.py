"""A database as full as that of a city after years: cases, clocks, moves and sealed texts, loaded by INSERT … SELECT.

Every row is a copy of one real case, spread over the units that lead cases; of a hundred, five run by a clock, five
wait for her word, the others have ended. The owner writes it, who may write every row on the errand of a backup.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import psycopg
from psycopg import sql

from baiying.kit import moment
from baiying.project.postgres import OWNER, WEB, Server

LIST = """
    CREATE TABLE IF NOT EXISTS bench_list (id bigint PRIMARY KEY, unit integer NOT NULL, number varchar(10) NOT NULL,
                                           due_at timestamptz NOT NULL, words text NOT NULL);
    CREATE INDEX IF NOT EXISTS bench_list_unit ON bench_list (unit, due_at);
    GRANT SELECT ON bench_list TO """ + WEB
RUNNING, WAITING = "n % 20 = 0", "n % 20 = 1"
DUE = "%(now)s::timestamptz + interval '1 day' + (n % 20000) * interval '1 minute'"
CASE = {
    "id": "md5('case' || n)::uuid",
    "number": "'0' || lpad(upper(to_hex(n)), 9, '0')",  # no number of ours has a 0
    "entry": "decode(md5('entry' || n) || md5('door' || n), 'hex')",
    # Twenty in a row have one unit, so that every unit has its share of what runs and of what waits.
    "unit_id": "(%(units)s::uuid[])[1 + (n / 20) %% %(count)s]",
    "received_at": "%(now)s::timestamptz - (n % 1000) * interval '1 day'",
    "changed_at": "%(now)s::timestamptz - (n % 1000) * interval '1 day'",
    "ended": f"NOT ({RUNNING} OR {WAITING})",
    "next_due_at": f"CASE WHEN {RUNNING} THEN {DUE} END",
    "verdict": f"CASE WHEN {RUNNING} OR {WAITING} THEN '' ELSE 'solved' END",
    "stage": f"CASE WHEN {RUNNING} THEN seed.stage WHEN {WAITING} THEN 'answered' ELSE 'closed' END",
}
HANGING: Mapping[str, Mapping[str, str]] = {
    "cases_clock": {
        "id": "md5('clock' || n)::uuid", "case_id": "md5('case' || n)::uuid", "started_at": CASE["received_at"],
        "due_at": DUE, "met_at": f"CASE WHEN {RUNNING} THEN NULL ELSE %(now)s::timestamptz END", "next_rung_at": "NULL",
    },
    "cases_sealed": {"id": "md5('sealed' || n)::uuid", "case_id": "md5('case' || n)::uuid"},
    "cases_move": {"id": "md5('move' || n)::uuid", "case_id": "md5('case' || n)::uuid", "at": CASE["received_at"]},
}


def fill(server: Server, seed: UUID, units: list[UUID], since: int, until: int) -> None:
    """Bring in the cases numbered after ``since`` up to ``until``, copies of ``seed``, and the floor's list as long."""
    named: dict[str, object] = {"units": units, "count": len(units), "seed": seed, "since": since, "until": until,
             "now": moment.now()}
    with psycopg.connect(server.url(OWNER)) as connection:
        connection.execute("SELECT set_config('baiying.errand', 'backup', false)")
        connection.execute(LIST)
        copy(connection, "cases_case", "seed.id", CASE, named)
        for table, changed in HANGING.items():
            copy(connection, table, "seed.case_id", changed, named)
        connection.execute(
            "INSERT INTO bench_list SELECT n, n %% 10, '0' || lpad(upper(to_hex(n)), 9, '0'), "
            "%(now)s::timestamptz + (n %% 20000) * interval '1 minute', repeat('工资', 20) "
            "FROM generate_series(%(since)s + 1, %(until)s) n", named)
        connection.commit()
        connection.autocommit = True
        for table in ("cases_case", *HANGING, "bench_list"):
            connection.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(table)))


def copy(connection: psycopg.Connection[tuple[object, ...]], table: str, key: str, changed: Mapping[str, str],
         named: Mapping[str, object]) -> None:
    """Copies of the one row of this table that belongs to the seed, each with its own values where they are told."""
    columns = [row[0] for row in connection.execute(
        "SELECT column_name::text FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position",
        [table])]
    values = ", ".join(str(changed.get(str(name), f"seed.{name}")) for name in columns)
    source = f"(SELECT * FROM {table} seed WHERE {key} = %(seed)s LIMIT 1)"
    statement = (f"INSERT INTO {table} ({', '.join(map(str, columns))}) SELECT {values} "
                 f"FROM generate_series(%(since)s + 1, %(until)s) n, {source} seed")
    connection.execute(escaped(statement).encode(), named)


def escaped(statement: str) -> str:
    """The statement with its plain % doubled, as the driver wants where there are parameters."""
    return statement.replace("%%", "%").replace("%", "%%").replace("%%(", "%(")
