"""Bringing an installation from nothing to running: migrate, grant, catalogue, demo district."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

from baiying.project.database import AS_OWNER, addresses
from baiying.project.errors import Trouble

Progress = Callable[[str, int, int], None]


def quiet(what: str, done: int, total: int) -> None:
    """A progress that shows nothing."""


def migrate() -> None:
    """Bring the tables up to date as the owner and give the web role its use of them.

    In a process of its own, so that this process never holds the owner's connection.
    """
    environment = {**os.environ, AS_OWNER: "1"}
    code = "from baiying.project.installation import migrate_here; migrate_here()"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise Trouble("The tables could not be brought up to date. " + done.stderr.strip().splitlines()[-1])


def migrate_here() -> None:
    """Migrate and grant in this process, which must work as the owner."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baiying.project.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from baiying.project.roles import ensure_web_role, grant

    found = addresses()
    if not found.embedded:
        ensure_web_role(found.owner, found.web)
    call_command("migrate", verbosity=0, interactive=False)
    grant(settings.BAIYING_WEB_ROLE)


def fill(demo: bool, progress: Progress = quiet) -> None:
    """Load the catalogue and, in a demo, the demo district into an empty database. Twice is once."""
    from django.conf import settings

    from baiying.catalogue import actions as catalogue

    catalogue.load(settings.BAIYING_CATALOGUE)
    if demo:
        from baiying.project.demo import seed

        seed(progress)


def tell_needs(progress: Progress = quiet) -> None:
    """Let the cast of the demo ask, once the district stands."""
    from baiying.project.demo import needs

    needs.tell(progress)
