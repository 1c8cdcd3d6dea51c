"""One owner of the database server at a time: the lock of the data folder, and the server for the time of an errand.

Whoever holds the lock starts and stops the embedded server. A command that finds the product running uses its
server; one that finds nobody starts the server, does its errand and stops it again; two such wait for one another.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from baiying.project.database import addresses, is_external
from baiying.project.errors import Trouble
from baiying.project.folders import Folders, folders
from baiying.project.postgres import Server

RUN = "run"  # what the lock file says while the product runs; otherwise the name of the errand
STARTING = 120.0  # seconds that an errand waits for a product that is just being started


@dataclass
class Lock:
    """The lock of a data folder; the kernel gives it back when its holder dies, however."""

    file: TextIO

    @classmethod
    def take(cls, where: Folders, what: str) -> Lock | None:
        """The lock, or nothing when another process holds it."""
        where.make()
        file = open(where.data / "run.lock", "a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return None
        file.truncate(0)
        file.write(f"{what} {os.getpid()}\n")
        file.flush()
        return cls(file)

    @staticmethod
    def holder(where: Folders) -> str:
        """What the holder of the lock is doing: `run`, or the name of an errand."""
        with contextlib.suppress(OSError):
            return (where.data / "run.lock").read_text().split(" ")[0]
        return ""

    def release(self) -> None:
        self.file.close()


def take_for_run(where: Folders) -> Lock:
    """Hold the data folder for the product; a second product is refused, an errand under way is waited for."""
    told = False
    while (lock := Lock.take(where, RUN)) is None:
        doing = Lock.holder(where)
        if doing in (RUN, ""):
            raise Trouble(f"百应 is already running on {where.data}. Stop it first (Ctrl-C where it was started), "
                          f"or set BAIYING_DATA and BAIYING_PORT for a second one.")
        if not told:
            print(f"Waiting for `baiying {doing}`, which is using the database …", flush=True)
            told = True
        time.sleep(0.2)
    return lock


@contextlib.contextmanager
def database_up(what: str, *, may_make: bool = False) -> Iterator[None]:
    """The database for the time of an errand: the one that runs, or one started now and stopped afterwards.

    Raises Trouble when there is no installation and the errand is not one that makes one.
    """
    if is_external():
        yield
        return
    where = folders()
    server = Server(where)
    if not may_make and not server.exists():
        raise Trouble(f"There is no installation in {where.data} yet. `make run` makes one; "
                      f"if yours lies elsewhere, set BAIYING_DATA to its folder.")
    lock = owned(where, server, what)
    if lock is None:
        yield
        return
    try:
        server.prepare()
        server.start()
        yield
    finally:
        server.stop()
        lock.release()


def owned(where: Folders, server: Server, what: str) -> Lock | None:
    """The lock, or nothing once the product that holds it has a database that answers."""
    until = time.monotonic() + STARTING
    while (lock := Lock.take(where, what)) is None:
        if Lock.holder(where) == RUN and server.answers():
            return None
        if time.monotonic() > until:
            raise Trouble(f"百应 holds {where.data}, but its database does not answer. "
                          f"Look into {where.logs / 'postgres.log'}, or stop it and try again.")
        time.sleep(0.2)
    return lock


def django_up(*, owner: bool = False) -> None:
    """Set Django up for an errand that reads or writes tables; as the owner of them where it says so."""
    from baiying.project.database import AS_OWNER

    if owner:
        os.environ[AS_OWNER] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baiying.project.settings")
    import django

    django.setup()
    refuse_unmigrated()
    serve_the_district()


def serve_the_district() -> None:
    """An errand serves the district that the installation was set up for."""
    from django.db import ProgrammingError

    from baiying.setup import queries as setup

    try:
        found = setup.district()
    except ProgrammingError:  # tables older than this program: whatever the errand needs will say so
        return
    if found:
        setup.adopt(found)


def refuse_unmigrated() -> None:
    """An errand before the first start finds no tables, and says what to do."""
    import psycopg

    with psycopg.connect(addresses().web) as direct:
        row = direct.execute("SELECT to_regclass('public.django_migrations') IS NOT NULL").fetchone()
    if not row or not row[0]:
        raise Trouble("The tables of this installation are not made yet. "
                      "Type `make run` (or `baiying migrate`) first, then this command again.")
