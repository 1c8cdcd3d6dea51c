"""Rows of several tables written by one statement, where the ORM would send one for each table.

On the path of a submission the ORM's own work was a third of the time; the rows are the same. The statement is the
driver's own, numbered and prepared: reading and planning it anew each time cost more than the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections, models

Shape = tuple[type[models.Model], tuple[str, ...]]


def insert(rows: Sequence[models.Model]) -> None:
    """Write new rows in the order given. What is None is left to the column: NULL, or an identity of its own.

    Raises IntegrityError as the ORM would.
    """
    database = connections[DEFAULT_DB_ALIAS]  # looked up once, not once a value
    shapes: list[Shape] = []
    values: list[Any] = []
    for row in rows:
        given = [field for field in row._meta.concrete_fields if getattr(row, field.attname) is not None]
        shapes.append((type(row), tuple(str(field.column) for field in given)))
        values += [field.get_db_prep_save(getattr(row, field.attname), database) for field in given]
    database.ensure_connection()
    with database.wrap_database_errors, psycopg.RawCursor(database.connection) as cursor:
        cursor.execute(statement(tuple(shapes)), values, prepare=True)
    for row in rows:
        row._state.adding, row._state.db = False, database.alias


@lru_cache(maxsize=256)
def statement(shapes: tuple[Shape, ...]) -> str:
    """One statement for rows of these models and columns: a WITH of one INSERT a run of the same shape."""
    quote = connection.ops.quote_name
    parts: list[str] = []
    numbers = count(1)
    for index, (model, columns) in enumerate(shapes):
        places = f"({', '.join(f'${next(numbers)}' for _column in columns)})"
        if index and shapes[index - 1] == shapes[index]:
            parts[-1] += f", {places}"
            continue
        named = ", ".join(quote(column) for column in columns)
        parts.append(f"INSERT INTO {quote(model._meta.db_table)} ({named}) VALUES {places}")
    *first, last = parts
    before = ", ".join(f"part{number} AS ({part})" for number, part in enumerate(first))
    return f"WITH {before} {last}" if before else last
