"""Backup and restore by PostgreSQL's own programs, as the owner, with row security on under the errand `backup`."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import psycopg

from baiying.project import erasing, key_backups
from baiying.project.children import die_with_parent
from baiying.project.database import addresses, as_environment
from baiying.project.errand import database_up
from baiying.project.errors import Trouble
from baiying.project.folders import folders, make_private, umask
from baiying.project.programs import program

ERRAND = "-c baiying.errand=backup"
OF_THE_SERVER = "postgres.json"  # the passwords of this installation's own roles: never part of a backup
RING = "ring"  # the keyring's folder among the keys (kit.keys)


def dump(path: Path) -> None:
    """Write the whole database to a file, complete or not at all, readable by its owner only."""
    with replacing(path) as fresh, database_up("backup"):
        call("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--enable-row-security",
             f"--file={fresh}")


def restore(path: Path, ledgers: Sequence[Path] = ()) -> int:
    """Bring a backup into an empty database, give the web role its rights again, and erase again what was erased since
    (erasing; ``ledgers``: beside the one in the key folder). Gives how many that were.

    Whole or not at all: one transaction, so a damaged file leaves the database as empty as it was.
    """
    refuse_unreadable(path)
    from baiying.project.installation import migrate

    with database_up("restore", may_make=True):
        refuse_full_database()
        erasing.refuse_damaged(ledgers)
        erasing.begin()
        try:
            call("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
                 f"--dbname={database_name()}", str(path))
        except Trouble as trouble:
            erasing.end()
            raise Trouble(f"{trouble} The file {path} is damaged or was made for another database; "
                          f"nothing of it was kept. Try an older backup.") from trouble
        try:
            migrate()
        except Trouble as trouble:
            take_back()
            raise Trouble("The backup does not fit the keys or the program of this installation, for the reason above. "
                          "Bring the keys of its own installation.") from trouble
        try:
            done = erasing.replay(ledgers)
        except Trouble:
            take_back()
            raise
    erasing.end()
    return done


def take_back() -> None:
    """Empty our own database again; in another server's what came stays, and the mark keeps it from being served."""
    if addresses().embedded:
        empty_again()
        erasing.end()


def empty_again() -> None:
    """Take back what a restore brought into our own database, which was empty before."""
    with psycopg.connect(addresses().owner, autocommit=True) as owner:
        owner.execute("DROP OWNED BY CURRENT_USER CASCADE")


def refuse_unreadable(path: Path) -> None:
    """A file that is no backup is refused before anything is made or started."""
    if not path.exists():
        raise Trouble(f"There is no file {path}. Name the file that `baiying backup` wrote.")
    try:
        call("pg_restore", "--list", str(path), database=False)
    except Trouble as trouble:
        raise Trouble(f"The file {path} is no whole backup that `baiying backup` wrote, so nothing was touched. "
                      f"({trouble})") from trouble


def refuse_full_database() -> None:
    """A restore never writes over anything."""
    with psycopg.connect(addresses().owner) as connection:
        count = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    if count and count[0]:
        raise Trouble(f"The database already holds {count[0]} tables, and a restore never writes over anything. "
                      f"Set BAIYING_DATA (or DATABASE_URL) to an empty one and try again.")


def save_keys(path: Path) -> date:
    """Write the key folder with the ledger of erasures to a file of its own, without this installation's passwords;
    gives the last day on which the file may exist."""
    keys = folders().keys
    if not (keys / RING).is_dir():
        raise Trouble(f"There are no keys in {keys}. Start the product once, or set BAIYING_DATA to its folder.")
    with replacing(path) as fresh, tarfile.open(fresh, "w:gz") as book:
        for file in sorted(keys.rglob("*")):
            if file.is_file() and file.name != OF_THE_SERVER:
                book.add(file, arcname=str(file.relative_to(keys)))
        expires = key_backups.stamp(book)
    key_backups.remember(path, expires)
    return expires


def refuse_strange_keys(path: Path) -> None:
    """A file that `baiying backup --keys` did not write is refused before anything is touched."""
    if not path.exists():
        raise Trouble(f"There is no file {path}. Name the file that `baiying backup --keys` wrote.")
    try:
        with tarfile.open(path) as book:
            names = book.getnames()
            for member in book:
                if member.isfile() and (inside := book.extractfile(member)):
                    inside.read()
    except (tarfile.TarError, OSError, EOFError) as error:
        raise Trouble(f"The file {path} cannot be read as a file of keys, so nothing was touched ({error}).") from error
    if not any(name.startswith(f"{RING}/") for name in names):
        raise Trouble(f"The file {path} holds no keyring. Name the file that `baiying backup --keys` wrote.")


def refuse_held_keys() -> None:
    """Keys are never mixed: the key folder must hold no keyring yet."""
    keys = folders().keys
    if (keys / RING).exists():
        raise Trouble(f"The key folder {keys} already holds a keyring. "
                      f"Set BAIYING_DATA to a new folder, or move it away first.")


def bring_keys(path: Path) -> None:
    """Unpack saved keys into the key folder, all of them or none."""
    keys = make_private(folders().keys)
    with umask(0o077), tempfile.TemporaryDirectory(prefix=".brought-", dir=keys) as fresh:
        with tarfile.open(path) as book:
            book.extractall(fresh, filter="data")
        for file in Path(fresh).rglob("*"):
            file.chmod(0o700 if file.is_dir() else 0o600)
        others = [one for one in Path(fresh).iterdir() if one.name not in (RING, key_backups.EXPIRES)]
        for one in others:
            one.replace(keys / one.name)
        (Path(fresh) / RING).rename(keys / RING)  # last: a keyring is what counts as having keys


def forget_keys() -> None:
    """Take back what `bring_keys` brought, when the database could not be."""
    shutil.rmtree(folders().keys / RING, ignore_errors=True)
    (folders().keys / erasing.LEDGER).unlink(missing_ok=True)


def call(name: str, *words: str, database: bool = True) -> None:
    """Run one of PostgreSQL's programs. The address goes by the environment: `ps` shows command lines to everybody."""
    environment = {**os.environ, "PGOPTIONS": ERRAND, "LC_MESSAGES": "C"}
    if database:
        environment |= as_environment(addresses().owner)
    done = subprocess.run([str(program(name)), *words], env=environment, capture_output=True, text=True,
                          errors="replace", preexec_fn=die_with_parent())
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no word of why"])[0]
        raise Trouble(f"{name} did not succeed: {last}")


def database_name() -> str:
    return as_environment(addresses().owner).get("PGDATABASE", "")


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file beside its place, moved there when it is complete; what was there stays until then."""
    if not path.parent.is_dir():
        raise Trouble(f"There is no folder {path.parent}. Make it, or name another file.")
    if path.is_dir():
        raise Trouble(f"{path} is a folder. Name a file to write to.")
    fresh = path.with_name(path.name + ".part")
    try:
        with umask(0o077):
            yield fresh
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
