"""Fixtures of every test: a database made by the owner, used as the web role."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import hypothesis
import pytest

from tests.once import alone, once
from tests.shared import shared as _shared

# `make deep` runs with this profile: many more examples wherever a test does not say how many.
hypothesis.settings.register_profile("deep", max_examples=2_000, deadline=None)

FILLED = "test_baiying_filled"  # the database that the others are copies of

# Whole folders that walk long ways: part of `make test`, not of `make quick`.
LONG = ("tests/stories/", "tests/permissions/", "tests/engine/flow/test_walks.py",
        "tests/engine/loader/test_any_toml.py", "tests/engine/loader/test_faults.py",
        "tests/engine/rules/test_parity.py", "tests/engine/cells/test_suppression.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in the folders of LONG."""
    for item in items:
        if item.nodeid.startswith(LONG):
            item.add_marker(pytest.mark.long)


@pytest.fixture
def shared():
    """The function that finds shared material (tests.shared.shared)."""
    return _shared


def use_role(role: str) -> None:
    """Let Django's connections work as the 'owner' or the 'web' role from now on."""
    from django.db import connection
    from psycopg.conninfo import conninfo_to_dict

    from baiying.project.database import addresses

    words = conninfo_to_dict(getattr(addresses(), role))
    connection.close()
    connection.settings_dict.update(USER=str(words["user"]), PASSWORD=str(words.get("password") or ""))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings) -> Iterator[None]:
    """Make the test database as the owner, fill catalogue and demo district, then step down to the web role."""
    from django.conf import settings
    from django.db import connection

    from baiying.project.installation import fill
    from baiying.project.roles import grant

    def make() -> None:
        """The filled database that every process of this run takes a copy of."""
        own = connection.settings_dict["TEST"]["NAME"]
        connection.settings_dict["TEST"]["NAME"] = FILLED
        use_role("owner")
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        grant(settings.BAIYING_WEB_ROLE)
        use_role("web")
        fill(demo=True)
        connection.close()
        empty_log(FILLED)
        connection.settings_dict["TEST"]["NAME"] = own

    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        once("database", make)
        name = connection.creation._get_test_db_name()
        with owner_of_server() as direct:
            drop(direct, name)
            direct.execute(f'CREATE DATABASE "{name}" TEMPLATE "{FILLED}"')
        use_role("web")
        connection.settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        use_role("owner")
        connection.creation.destroy_test_db(before, verbosity=0)
        with alone("database") as made, owner_of_server() as direct:
            made.unlink(missing_ok=True)  # who comes later makes it anew
            drop(direct, FILLED)


def empty_log(name: str) -> None:
    """Take away what filling wrote into the log: tests have keys of their own, and count lines from none."""
    import psycopg

    from baiying.project.database import addresses

    with psycopg.connect(addresses().owner, dbname=name) as direct:
        for table in ("kit_line", "kit_link"):
            direct.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        direct.execute("TRUNCATE kit_line, kit_link")
        for table in ("kit_line", "kit_link"):
            direct.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def owner_cursor(db) -> Iterator[object]:
    """A cursor of the owner on a connection of its own: sees only what is committed."""
    import psycopg
    from django.db import connection

    from baiying.project.database import addresses

    with psycopg.connect(addresses().owner, dbname=connection.settings_dict["NAME"], autocommit=True) as direct:
        yield direct.cursor()


@pytest.fixture
def committed_db(django_db_setup, django_db_blocker) -> Iterator[str]:
    """A fresh copy of the test database in which commits are real; dropped afterwards. Gives its name."""
    from django.db import connection

    with django_db_blocker.unblock():
        original = connection.settings_dict["NAME"]
        copy = original + "_committed"
        connection.close()
        with owner_of_server() as direct:
            drop(direct, copy)
            direct.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{original}"')
        connection.settings_dict["NAME"] = copy
        try:
            yield copy
        finally:
            connection.close()
            connection.settings_dict["NAME"] = original
            with owner_of_server() as direct:
                drop(direct, copy)


def drop(direct, name: str) -> None:
    """Drop a test database. Not WITH (FORCE): that is refused while autovacuum, a superuser's process, is in it."""
    direct.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                   " WHERE datname = %s AND backend_type = 'client backend'", [name])
    direct.execute(f'DROP DATABASE IF EXISTS "{name}"')


@contextmanager
def owner_of_server() -> Iterator[object]:
    """A connection of the owner outside the test database, to make and drop databases."""
    import psycopg

    from baiying.project.database import addresses

    with psycopg.connect(addresses().owner, dbname="postgres", autocommit=True) as direct:
        yield direct


@pytest.fixture(scope="session")
def live() -> Iterator[object]:
    """The running product, one for all tests of a session that need it (group them with xdist_group("live"))."""
    from tests import live as product

    data = product.copy()
    running = product.start(data, product.free_port())
    yield running
    running.stop()
    product.remove(data)
