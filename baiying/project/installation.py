"""Bringing an installation from nothing to running: migrate, grant, catalogue, demo district."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from baiying.project.children import die_with_parent
from baiying.project.database import AS_OWNER, addresses
from baiying.project.errors import Trouble
from baiying.project.progress import Bars, Progress, quiet

WAITS = ("The catalogue in the folder changes who gets what, so it waits for two people; the old one stays in force. "
         "They look at it under /publishing/; `baiying catalogue publish` shows it here.\n"
         "目录里的规则改动较大，要两个人看过才生效，现在仍按原来的规则。请到 /publishing/ 查看。")
OLDEST = 15_00_00  # PostgreSQL's own numbering; what the tables need is there from 15 on


def migrate() -> None:
    """Bring the tables up to date as the owner and give the web role its use of them.

    In a process of its own, so that this process never holds the owner's connection; its bar is shown.
    """
    code = "import sys; from baiying.project.installation import migrate_here; sys.exit(migrate_here())"
    child = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, AS_OWNER: "1"},
                             preexec_fn=die_with_parent())
    try:
        status = child.wait()
    except BaseException:
        child.kill()
        child.wait()
        raise
    if status:
        raise Trouble("The tables could not be brought up to date, for the reason above. Nothing was started.")


def migrate_here() -> int:
    """Migrate and grant in this process, which must work as the owner; gives the exit status."""
    import psycopg

    try:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baiying.project.settings")
        found = addresses()
        if not found.embedded:
            refuse_old(found.owner)
        _migrate(found.embedded)
    except (Trouble, psycopg.Error) as error:
        print(str(error).strip(), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _migrate(embedded: bool) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import Error

    from baiying.kit.errors import Refusal
    from baiying.project.migrating import Migrating
    from baiying.project.roles import ensure_web_role, grant

    try:
        if not embedded:
            ensure_web_role(addresses().owner, addresses().web)
        call_command(Migrating(Bars()), verbosity=0, interactive=False)
        grant(settings.BAIYING_WEB_ROLE)
    except (Refusal, Error) as error:
        raise Trouble(str(error)) from error


def refuse_old(owner: str) -> None:
    """Say in a sentence when the named server cannot be used."""
    import psycopg

    try:
        with psycopg.connect(owner, connect_timeout=10) as direct:
            version = direct.info.server_version
            encoding = direct.execute("SHOW server_encoding").fetchone()
    except psycopg.OperationalError as error:
        last = (str(error).strip().splitlines() or ["no word of why"])[-1]
        raise Trouble(f"The server of DATABASE_URL does not let us in: {last}. Check address, name and password."
                      ) from error
    if version < OLDEST:
        raise Trouble(f"The server of DATABASE_URL is PostgreSQL {version // 10000}; 百应 needs 15 or newer.")
    if encoding != ("UTF8",):
        raise Trouble("The database of DATABASE_URL does not keep UTF-8. Make one with CREATE DATABASE … "
                      "ENCODING 'UTF8' TEMPLATE template0.")


def fill(demo: bool, progress: Progress = quiet) -> None:
    """Bring the catalogue and, in a demo, the demo district into an empty database. Twice is once.

    A catalogue that changes who gets what, beyond its measures, waits for two people; the old one stays in force.
    """
    from django.conf import settings

    from baiying.catalogue import actions as catalogue
    from baiying.services.actions import publishing

    if not publishing.publish(catalogue.read(Path(settings.BAIYING_CATALOGUE))).in_force:
        print(WAITS, flush=True)
    if demo:
        from baiying.project.demo import seed

        seed(progress)


def tell_needs(progress: Progress = quiet) -> None:
    """Let the cast of the demo ask, once the district stands."""
    from baiying.project.demo import needs

    needs.tell(progress)
