"""Installations for the tests of the product's operation: one prepared folder, of which tests take copies."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from baiying.project.folders import Folders
from baiying.project.postgres import SUPERUSER, Server
from tests import live as product


@pytest.fixture
def folder() -> Iterator[Path]:
    """A copy of the prepared folder."""
    data = product.copy()
    yield data
    product.remove(data)


@pytest.fixture(scope="session")
def standing() -> Iterator[product.Live]:
    """One running product for all tests of operation that leave it as they found it."""
    data = product.copy()
    running = product.start(data, product.free_port())
    yield running
    running.stop()
    product.remove(data)


@pytest.fixture
def own(folder) -> Iterator[product.Live]:
    """A running product of this test's own."""
    running = product.start(folder, product.free_port())
    yield running
    if running.process.poll() is None:
        running.stop()


@pytest.fixture
def baiying(folder) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Type `baiying …` for the stopped installation of `folder`."""
    return product.Live(folder, product.free_port(), None).command  # type: ignore[arg-type]


@pytest.fixture
def bare() -> Iterator[Path]:
    """An empty folder that a database server may use."""
    data = product.new_folder()
    yield data
    product.remove(data)


def inside(data: Path, role: str = SUPERUSER) -> psycopg.Connection:
    """A connection to the database of a running installation, as a role that tests may use."""
    if role == SUPERUSER:
        return psycopg.connect(Server(Folders(data)).url(role), dbname="baiying", autocommit=True)
    return psycopg.connect(Server(Folders(data)).url(role), autocommit=True)


def processes_of(data: Path) -> dict[int, str]:
    """{process id: command line} of everything that belongs to an installation, read from /proc."""
    found: dict[int, str] = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit() or int(entry) == os.getpid():
            continue
        try:
            words = Path(f"/proc/{entry}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            ours = f"BAIYING_DATA={data}".encode() in Path(f"/proc/{entry}/environ").read_bytes().split(b"\0")
            inside_it = os.readlink(f"/proc/{entry}/cwd").startswith(str(data))
        except OSError:
            continue
        if words and (ours or inside_it or str(data) in words):
            found[int(entry)] = words.strip()
    return found


def wait_until_gone(data: Path, patience: float = 30.0) -> dict[int, str]:
    """Wait until nothing of an installation runs; gives what is left when patience ends."""
    until = time.monotonic() + patience
    while (left := processes_of(data)) and time.monotonic() < until:
        time.sleep(0.1)
    return left


@contextlib.contextmanager
def server_of(data: Path) -> Iterator[Server]:
    """The database of a stopped installation, for the time of a look."""
    server = Server(Folders(data))
    server.start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def started() -> Callable[[Path], contextlib.AbstractContextManager[Server]]:
    """`with started(folder):` the database of a stopped installation."""
    return server_of
