"""A house of its own for a run: data folder, embedded database, demo district; removed afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from psycopg.conninfo import make_conninfo

from baiying.project import postgres
from baiying.project.errand import RUN, Lock
from baiying.project.folders import folders

# What the machine loses when it falls is thrown away at the end anyway.
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "jit": "off"}


@contextlib.contextmanager
def house() -> Iterator[tuple[str, Path]]:
    """Start a database with the demo in it; gives the address of a role that may make databases, and a folder."""
    data = Path(tempfile.mkdtemp(prefix="baiying-leaks-", dir="/var/tmp"))
    data.chmod(0o711)
    os.environ.update(BAIYING_DATA=str(data), BAIYING_DEMO="1")
    os.environ.pop("DATABASE_URL", None)
    postgres.SETTINGS |= HASTY
    server = postgres.Server(folders())
    lock = Lock.take(folders(), RUN)
    try:
        server.prepare()
        server.start()
        fill()
        yield make_conninfo(server.url(postgres.SUPERUSER), dbname="postgres"), data
    finally:
        server.stop()
        if lock is not None:
            lock.release()
        shutil.rmtree(data, ignore_errors=True)


def fill() -> None:
    """Tables, catalogue and the demo district, on the day on which the worlds begin."""
    from baiying.project import installation

    installation.migrate()
    import django

    django.setup()
    from django.db import connection

    from baiying.kit import moment
    from baiying.project.leaks.stillness import BEGAN

    with moment.frozen(BEGAN):
        installation.fill(demo=True)
    connection.close()
