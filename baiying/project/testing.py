"""Starts the embedded PostgreSQL for the tests before Django is set up (pytest -p baiying.project.testing).

Each run has a server and a data folder of its own, so that several runs never meet.
With DATABASE_URL set, that server is used instead (its owner needs CREATEDB).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

MARK = "BAIYING_TEST_DATA"
server = None
lock = None  # held as the product holds it, so that no errand under test starts or stops this server


def start() -> None:
    """Start the server unless a parent run (xdist) already has, and point the environment at it."""
    global server, lock
    os.environ["DJANGO_SETTINGS_MODULE"] = "baiying.project.settings"
    os.environ["BAIYING_DEMO"] = "1"
    if os.environ.get("PYTEST_XDIST_WORKER") or os.environ.get(MARK):
        return
    data = Path(tempfile.mkdtemp(prefix="baiying-test-", dir="/var/tmp"))
    data.chmod(0o711)
    os.environ["BAIYING_DATA"] = os.environ[MARK] = str(data)
    if os.environ.get("DATABASE_URL"):
        return
    import psycopg

    from baiying.project import errand, postgres
    from baiying.project.folders import folders

    postgres.SETTINGS |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    lock = errand.Lock.take(folders(), errand.RUN)
    server = postgres.Server(folders())
    server.prepare()
    server.start()
    with psycopg.connect(server.url(postgres.SUPERUSER), autocommit=True) as connection:
        connection.execute(f"ALTER ROLE {postgres.OWNER} CREATEDB")


start()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what this run started and leave nothing behind."""
    if os.environ.get("PYTEST_XDIST_WORKER"):
        return
    if server is not None:
        server.stop()
    shutil.rmtree(os.environ.pop(MARK, "") or "/nonexistent", ignore_errors=True)
