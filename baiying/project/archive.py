"""Backup and restore by PostgreSQL's own programs, as the owner, with row security on under the errand `backup`."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from baiying.project.database import addresses
from baiying.project.errors import Trouble
from baiying.project.folders import folders, make_private
from baiying.project.postgres import Server, wheel_programs

ERRAND = "-c baiying.errand=backup"
OF_THE_SERVER = "postgres.json"  # the passwords of this installation's own roles: never part of a backup


@contextlib.contextmanager
def database_up() -> Iterator[None]:
    """The embedded server for the time of an errand: started if it was not up, and stopped again then."""
    server = Server(folders()) if addresses().embedded else None
    if server is not None:
        server.prepare()
        server.start()
    try:
        yield
    finally:
        if server is not None:
            server.stop()


def dump(path: Path) -> None:
    """Write the whole database to a file, complete or not at all, readable by its owner only."""
    fresh = path.with_name(path.name + ".part")
    with database_up(), private_umask():
        program("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--enable-row-security",
                f"--file={fresh}", f"--dbname={addresses().owner}")
    fresh.replace(path)


def restore(path: Path) -> None:
    """Bring a backup into an empty database, then give the web role its rights again."""
    if not path.exists():
        raise Trouble(f"There is no file {path}. Name the file that `baiying backup` wrote.")
    with database_up():
        refuse_full_database()
        program("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
                f"--dbname={addresses().owner}", str(path))
        from baiying.project.installation import migrate

        migrate()


def refuse_full_database() -> None:
    """A restore never writes over anything."""
    with psycopg.connect(addresses().owner) as connection:
        count = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    if count and count[0]:
        raise Trouble(f"The database already holds {count[0]} tables, and a restore never writes over anything. "
                      f"Set BAIYING_DATA (or DATABASE_URL) to an empty one and try again.")


def save_keys(path: Path) -> None:
    """Write the key folder to a file of its own, without this installation's passwords."""
    keys = folders().keys
    with private_umask(), tarfile.open(path, "w:gz") as book:
        for file in sorted(keys.rglob("*")):
            if file.is_file() and file.name != OF_THE_SERVER:
                book.add(file, arcname=str(file.relative_to(keys)))


def bring_keys(path: Path) -> None:
    """Unpack saved keys into the key folder, which must hold none yet."""
    keys = make_private(folders().keys)
    held = [file.name for file in keys.iterdir() if file.name != OF_THE_SERVER]
    if held:
        raise Trouble(f"The key folder {keys} already holds keys ({', '.join(sorted(held)[:3])}, …). "
                      f"Set BAIYING_DATA to a new folder, or move these away first.")
    with private_umask(), tarfile.open(path) as book:
        book.extractall(keys, filter="data")
    for file in keys.rglob("*"):
        file.chmod(0o700 if file.is_dir() else 0o600)


def program(name: str, *words: str) -> None:
    """Run one of PostgreSQL's programs: the wheel's, or the system's own."""
    wheel = wheel_programs() / "bin" / name
    found = str(wheel) if wheel.exists() else shutil.which(name)
    if not found:
        raise Trouble(f"The program {name} of PostgreSQL is not installed.")
    done = subprocess.run([found, *words], env={**os.environ, "PGOPTIONS": ERRAND}, capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no word of why"])[0]
        raise Trouble(f"{name} did not succeed: {last}")


@contextlib.contextmanager
def private_umask() -> Iterator[None]:
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
