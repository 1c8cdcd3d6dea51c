"""`baiying doctor`: says in sentences what is wrong with an installation, and what to do about each."""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import psycopg

from baiying.project import file_archive, key_backups
from baiying.project.database import addresses, is_external
from baiying.project.errand import RUN, Lock, database_up
from baiying.project.errors import Trouble
from baiying.project.folders import CHECKOUT, closed_above, folders
from baiying.project.postgres import Server

LEAST_FREE = 1_000_000_000  # bytes; below it a database may come to a halt in the middle of a day
STRAY_AFTER = 36 * 3600  # seconds; the sweep goes once a night
WRITES = ("fsync", "full_page_writes", "synchronous_commit")


class Advice(str):
    """A sentence about what is no fault, but will be missed one day."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to say."""


def run(chosen: argparse.Namespace) -> int:
    """Exit status 1 when something is wrong. Advice alone (``·``) is no fault."""
    told = list(found())
    faults = [sentence for sentence in told if not isinstance(sentence, Advice)]
    for sentence in told:
        print("·" if isinstance(sentence, Advice) else "✗", sentence)
    if not faults:
        running = is_external() or Lock.holder(folders()) == RUN and held()
        print("Nothing is wrong with this installation."
              + ("" if running else " It is not running; type `make run` to start it."))
    return 1 if faults else 0


def found() -> Iterator[str]:
    """All that is wrong. A database that is not up is started for the time of the look."""
    if not is_external() and not Server(folders()).exists():
        yield (f"There is no installation in {folders().data}. Type `make run` to make one, "
               f"or set BAIYING_DATA to the folder of yours.")
        return
    for look in WITHOUT_DATABASE:
        yield from look()
    with contextlib.ExitStack() as up:
        try:
            up.enter_context(database_up("doctor"))
        except Trouble as trouble:
            yield str(trouble)
            return
        refused = list(database_answers())
        yield from refused
        if not refused:
            for look in WITH_DATABASE:
                yield from look()


def held() -> bool:
    """Whether the product holds its folder right now."""
    lock = Lock.take(folders(), "doctor")
    if lock is not None:
        lock.release()
    return lock is None


def keys_are_private() -> Iterator[str]:
    keys = folders().keys
    if not keys.exists():
        yield (f"There is no key folder {keys}, so nothing sealed can be opened. "
               f"Bring it back from the backup of the keys.")
        return
    loose = [path for path in [keys, *keys.rglob("*")] if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]
    if loose:
        yield f"{loose[0]} can be read by other users. Type: chmod -R go= {keys}"
    if folders().postgres.resolve() in keys.resolve().parents:
        yield f"The key folder {keys} lies inside the database's folder, so a backup of one would hold both. Move it."


def key_backups_expire() -> Iterator[str]:
    """Files of keys live shorter than data backups: while one is there, what was erased since can be read with it."""
    for one in key_backups.too_old():
        yield (f"The file of keys {one.path} was to live until {one.expires}. While it is there, what was erased since "
               f"can be read with an old backup. Type: baiying keys expire")


def data_is_reachable() -> Iterator[str]:
    if os.geteuid() == 0 and not is_external() and (closed := closed_above(folders().data)):
        yield (f"{closed} is closed to the database's own system user, which must pass it. "
               f"Open it for passing (chmod o+x {closed}), or set BAIYING_DATA to a folder elsewhere.")


def disk_has_room() -> Iterator[str]:
    free = shutil.disk_usage(folders().data).free
    if free < LEAST_FREE:
        yield (f"The disk of {folders().data} has {free // 1_000_000} MB left. Make room: "
               f"a full disk stops the database.")


def letters_can_be_printed() -> Iterator[str]:
    from baiying.engine import paper

    if not paper.font():
        yield ("No font of this machine can write Chinese, so letters cannot be made as PDF (Word files can). "
               "Install one, for instance: sudo apt-get install fonts-noto-cjk; then start Baiying again.")


def catalogue_is_whole() -> Iterator[str]:
    from baiying.catalogue import check

    lines, status = check.report(Path(os.environ.get("BAIYING_CATALOGUE", CHECKOUT / "catalogue")))
    if status:
        yield f"The catalogue has faults; `baiying catalogue check` names them all. The first: {lines[0]}"


def database_answers() -> Iterator[str]:
    for role, url in (("owner", addresses().owner), ("web role", addresses().web)):
        try:
            with psycopg.connect(url, connect_timeout=3):
                pass
        except psycopg.OperationalError as error:
            word = str(error).strip().splitlines()[-1]
            names = ("DATABASE_URL" if role == "owner" else "BAIYING_WEB_URL") if is_external() else "BAIYING_DATA"
            yield f"The database does not let the {role} in ({word}). Check {names}, or start it with `make run`."


def roles_are_apart() -> Iterator[str]:
    with psycopg.connect(addresses().web) as web:
        owned = one(web, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        free = one(web, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    if owned:
        yield "The web role owns tables, so row security does not hold it. Set BAIYING_WEB_URL to another role."
    if free:
        yield "The web role is a superuser or bypasses row security. Take both from it: ALTER ROLE … NOSUPERUSER " \
              "NOBYPASSRLS."


#: What the search reads, written by triggers of the owner (cases migration 0010): no row security against the owner.
UNFORCED = ("cases_found", "cases_unread")


def tables_are_protected() -> Iterator[str]:
    """Row security and the triggers of tables that only grow are as the migrations made them."""
    with psycopg.connect(addresses().owner) as owner:
        if not one(owner, "SELECT to_regclass('public.django_migrations') IS NOT NULL"):
            yield "The tables of this installation are not made yet. Type `make run` or `baiying migrate`."
            return
        for (table,) in owner.execute(
                "SELECT DISTINCT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid "
                "WHERE NOT (c.relrowsecurity AND (c.relforcerowsecurity OR c.relname = ANY(%s))) ORDER BY 1",
                [list(UNFORCED)]):
            yield (f"Row security of the table {table} is not in force, so one may see what is another's. "
                   f"Type: ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY.")
        for table, trigger in owner.execute(
                "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                "WHERE t.tgname LIKE 'append_only%' AND t.tgenabled <> 'O' ORDER BY 1, 2"):
            yield (f"The table {table} should only grow, but its trigger {trigger} is switched off. "
                   f"Type: ALTER TABLE {table} ENABLE TRIGGER {trigger}, then `baiying verify log`.")


def writes_are_kept() -> Iterator[str]:
    with psycopg.connect(addresses().web) as web:
        for name in WRITES:
            if one(web, f"SHOW {name}") == "off":
                yield f"{name} is off: a number that was shown could be lost in a crash. Turn it on."


def django_agrees() -> Iterator[str]:
    """What only the installed program can tell: keys, migrations, calendar."""
    import django

    django.setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from baiying.kit import keys
    from baiying.kit.errors import Refusal
    from baiying.setup import queries as setup

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield (f"The tables are older than this program: {len(waiting)} changes wait. "
               f"Type `baiying migrate`, or start it anew.")
        return
    try:
        trouble = keys.disagreement()
    except Refusal as refusal:
        trouble = refusal  # type: ignore[assignment]
    if trouble is not None:
        yield str(trouble)
    yield from calendar_is_there()
    yield from rules_wait()
    yield from one_stands_alone()
    if not setup.done():
        yield ("This installation is not set up yet, so people see only the setup page. "
               "Type `baiying setup`, or `make start` and open the page it names.")


def rules_wait() -> Iterator[str]:
    """A changed catalogue that jumps is not in force before two people have agreed; nor is one that was declined."""
    from django.conf import settings

    from baiying.catalogue import actions as catalogue
    from baiying.catalogue import queries as declared
    from baiying.services.queries import publishing

    try:
        edition = catalogue.read(Path(settings.BAIYING_CATALOGUE)).edition
    except catalogue.Faulty:
        return  # told by catalogue_is_whole
    if not declared.in_force() or declared.in_force() == edition:
        return
    waits = publishing.waiting(settings.BAIYING_DISTRICT)
    if waits is not None and waits.edition == edition:
        yield ("The catalogue in the folder changes who gets what, so the old one stays in force until two people of "
               "the district agree under /publishing/. Type `baiying catalogue publish --look` to see what it changes.")
    elif any(one.edition == edition and one.state == "declined" for one in publishing.last(settings.BAIYING_DISTRICT)):
        yield ("The catalogue in the folder was declined, and the old one stays in force. Put the folder right, or ask "
               "again with `baiying catalogue publish`.")
    else:
        yield ("The catalogue in the folder is not the one in force. Type `baiying catalogue publish`, or start it "
               "anew.")


def one_stands_alone() -> Iterator[str]:
    """A district unit with one person: what needs a second one could be decided by nobody."""
    from baiying.kit import moment
    from baiying.network import queries as network

    today = moment.today()
    for unit in network.units(today):
        if network.stands_alone(unit, today):
            yield Advice(
                f"In {unit.name} one person alone takes in cases, and no unit stands above it, so what needs a second "
                f"person (a relative's demand, for one) can be decided by nobody. An administrator gives a second "
                f"person a post there, under /administration/.")


def calendar_is_there() -> Iterator[str]:
    """The State Council publishes the next year in October or November (report, section 4.1)."""
    from baiying.catalogue import queries
    from baiying.kit import moment

    today, last = moment.today(), queries.calendar().last_year
    if last < today.year or (last == today.year and today >= date(today.year, 12, 1)):
        yield (f"The calendar ends with {last}, and deadlines may already fall into the next year. "
               f"Import it when it is published: baiying calendar import FILE.")


def files_are_there() -> Iterator[str]:
    """Every file that a row names lies on the disk as it was written, and nothing lies there that no row names."""
    from baiying.kit import moment

    with psycopg.connect(addresses().web) as web:
        if not one(web, "SELECT to_regclass('public.cases_file') IS NOT NULL"):
            return
        web.execute("SELECT set_config('baiying.errand', 'files', true)")
        named = {str(row[0]) for row in web.execute("SELECT blob FROM cases_file WHERE blob <> ''")}
    lying = {path.name: path for path in file_archive.blobs()}
    if missing := named - lying.keys():
        yield (f"{len(missing)} files of cases are missing in {folders().files}, although rows name them. "
               f"Bring them back: baiying restore into another folder, then copy its files.")
    damaged = [name for name in named & lying.keys() if sha256(lying[name].read_bytes()).hexdigest() != name]
    if damaged:
        yield (f"{len(damaged)} files of cases are damaged on the disk ({damaged[0][:12]}…). Check the disk, and bring "
               f"them back from a backup.")
    now = moment.now().timestamp()
    stray = [name for name in lying.keys() - named if now - lying[name].stat().st_mtime > STRAY_AFTER]
    if stray:
        yield (f"{len(stray)} files in {folders().files} are named by no row for more than a day. The worker sweeps "
               f"them every night; see whether it runs.")


def one(connection: psycopg.Connection, question: str) -> object:
    """The one value that a question has for an answer."""
    row = connection.execute(question).fetchone()
    return row[0] if row else None


Look = Callable[[], Iterator[str]]
WITHOUT_DATABASE: tuple[Look, ...] = (keys_are_private, key_backups_expire, data_is_reachable, disk_has_room,
                                      letters_can_be_printed, catalogue_is_whole)
WITH_DATABASE: tuple[Look, ...] = (roles_are_apart, writes_are_kept, tables_are_protected, files_are_there,
                                   django_agrees)
