"""`baiying doctor`: says in sentences what is wrong with an installation, and what to do about each."""

from __future__ import annotations

import argparse
import os
import stat
from collections.abc import Callable, Iterator
from datetime import date

import psycopg

from baiying.project.database import addresses
from baiying.project.folders import closed_above, folders


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to say."""


def run(chosen: argparse.Namespace) -> int:
    """Exit status 1 when something is wrong."""
    faults = [sentence for look in LOOKS for sentence in look()]
    for sentence in faults:
        print("✗", sentence)
    if not faults:
        print("Nothing is wrong with this installation.")
    return 1 if faults else 0


def keys_are_private() -> Iterator[str]:
    keys = folders().keys
    if not keys.exists():
        yield f"There is no key folder {keys}. It is made on the first `make run`; for a restore, bring it with --keys."
        return
    for path in [keys, *keys.rglob("*")]:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield f"{path} can be read by others. Type: chmod -R go= {keys}"
    if folders().postgres in keys.parents:
        yield f"The key folder {keys} lies inside the database's folder, so a backup of one would hold both. Move it."


def data_is_reachable() -> Iterator[str]:
    if os.geteuid() == 0 and addresses().embedded and (closed := closed_above(folders().data.parent)):
        yield (f"The data folder lies below {closed}, which is closed to the database's system user. "
               f"Set BAIYING_DATA to a folder outside it.")


def database_answers() -> Iterator[str]:
    for role, url in (("owner", addresses().owner), ("web role", addresses().web)):
        try:
            with psycopg.connect(url, connect_timeout=3):
                pass
        except psycopg.OperationalError as error:
            word = str(error).strip().splitlines()[-1]
            yield f"The database does not let the {role} in: {word} Start it with `make run`, or check DATABASE_URL."


def roles_are_apart() -> Iterator[str]:
    try:
        with psycopg.connect(addresses().web, connect_timeout=3) as connection:
            owned = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' "
                                       "AND tableowner = current_user").fetchone()
            powers = connection.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles "
                                        "WHERE rolname = current_user").fetchone()
    except psycopg.OperationalError:
        return
    if owned and owned[0]:
        yield "The web role owns tables, so row security does not hold it. Set BAIYING_WEB_URL to another role."
    if powers and powers[0]:
        yield "The web role is a superuser or bypasses row security. Give it neither."


def writes_are_kept() -> Iterator[str]:
    try:
        with psycopg.connect(addresses().web, connect_timeout=3) as connection:
            for name in ("fsync", "full_page_writes", "synchronous_commit"):
                row = connection.execute(f"SHOW {name}").fetchone()
                if row and row[0] == "off":
                    yield f"{name} is off: a number that was shown could be lost in a crash. Turn it on."
    except psycopg.OperationalError:
        return


def catalogue_is_whole() -> Iterator[str]:
    from django.conf import settings

    from baiying.catalogue import check

    lines, status = check.report(settings.BAIYING_CATALOGUE)
    if status:
        yield f"The catalogue has faults; `baiying catalogue check` names them all. The first: {lines[0]}"


def calendar_is_there() -> Iterator[str]:
    """The State Council publishes the next year in October or November (report, section 4.1)."""
    import django

    django.setup()
    from baiying.catalogue import queries
    from baiying.kit import moment

    today, last = moment.today(), queries.calendar().last_year
    if last < today.year or (last == today.year and today >= date(today.year, 12, 1)):
        yield (f"The calendar ends with {last}, and deadlines may already fall into the next year. "
               f"Import it when it is published: baiying calendar import FILE.")


LOOKS: tuple[Callable[[], Iterator[str]], ...] = (
    keys_are_private, data_is_reachable, database_answers, roles_are_apart, writes_are_kept, catalogue_is_whole,
    calendar_is_there,
)

