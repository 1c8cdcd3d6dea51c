"""Fixtures of the kit: keyrings of their own, and the owner of the tables as a second, hostile or careful, hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from baiying.kit import keys


@pytest.fixture
def ring(tmp_path: Path, settings) -> keys.Keyring:
    """A keyring in a folder of this test alone."""
    settings.BAIYING_KEYS = tmp_path / "keys"
    keys.create(keys.folder())
    return keys.keyring()


@pytest.fixture
def other_ring(tmp_path: Path, settings) -> Callable[[], keys.Keyring]:
    """Changes to another keyring when called."""

    def change() -> keys.Keyring:
        settings.BAIYING_KEYS = tmp_path / "other"
        keys.create(keys.folder())
        return keys.keyring()

    return change


@pytest.fixture
def owner(committed_db: str) -> Iterator[psycopg.Cursor]:
    """A cursor of the owner of the tables in the database of this test; each statement commits."""
    from baiying.project.database import addresses

    with psycopg.connect(addresses().owner, dbname=committed_db, autocommit=True) as direct:
        yield direct.cursor()


@pytest.fixture
def second(committed_db: str) -> Iterator[psycopg.Connection]:
    """A second connection of the web role, in a transaction of its own."""
    from baiying.project.database import addresses

    with psycopg.connect(addresses().web, dbname=committed_db) as direct:
        yield direct
        direct.rollback()
