"""A real installation for the time of a measurement: own data folder, database with full durability, web process."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from baiying.project.children import Child
from baiying.project.commands.run import prepare, web, worker
from baiying.project.errand import RUN, Lock
from baiying.project.errors import Trouble
from baiying.project.folders import folders
from baiying.project.postgres import OWNER, SUPERUSER, WEB, Server

DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


@dataclass(frozen=True)
class Installation:
    """Where the measured product answers."""

    port: int
    server: Server


@contextlib.contextmanager
def installation(threads: int = 4, serving: bool = True) -> Iterator[Installation]:
    """Start database, web and worker on a fresh data folder; stop and remove all of it afterwards.

    Not ``serving``: the database alone, where nobody else is to do anything meanwhile."""
    data = Path(tempfile.mkdtemp(prefix="baiying-bench-", dir="/var/tmp"))
    data.chmod(0o711)
    os.environ.update(BAIYING_DATA=str(data), BAIYING_BENCH="1", BAIYING_DEMO="1", BAIYING_THREADS=str(threads),
                      BAIYING_SENDS="1000000000")
    os.environ.pop("DATABASE_URL", None)
    server = Server(folders())
    children: list[Child] = []
    lock = Lock.take(folders(), RUN)  # a command that is measured finds the product running, as in an office
    try:
        server.prepare()
        server.start()
        prepare(demo=True)
        make_floor(server)
        assert_durable(server)
        port = free_port()
        children = [web(port), worker()] if serving else []
        for child in children:
            child.start()
        if serving:
            wait_until_up(port)
        yield Installation(port, server)
    finally:
        for child in children:
            child.stop()
        server.stop()
        if lock is not None:
            lock.release()
        shutil.rmtree(data, ignore_errors=True)


def make_floor(server: Server) -> None:
    """The table of the bare view: one text column beside its key."""
    with psycopg.connect(server.url(OWNER)) as connection:
        connection.execute("CREATE TABLE bench_floor (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, words text)")
        connection.execute(f"GRANT INSERT, SELECT ON bench_floor TO {WEB}")


def assert_durable(server: Server) -> None:
    """Refuse to measure a database that could lose what it acknowledged."""
    with psycopg.connect(server.url(SUPERUSER)) as connection:
        for name in DURABLE:
            value = connection.execute(f"SHOW {name}").fetchone()
            if value is None or value[0] != "on":
                raise Trouble(f"{name} is {value and value[0]}; a measurement without it would say nothing.")


def free_port() -> int:
    """A port of the loopback that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_up(port: int, patience: float = 30.0) -> None:
    """Wait for the first healthy answer."""
    until = time.monotonic() + patience
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        if time.monotonic() > until:
            raise Trouble("The web process did not answer in time.")
        time.sleep(0.1)
