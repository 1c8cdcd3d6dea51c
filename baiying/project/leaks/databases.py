"""Worlds as databases: cloned from a prepared one, dropped when they were walked."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg
from django.db import connection
from psycopg import sql


@dataclass
class Databases:
    """Clones of one database. ``maker``: the address of a role that may make databases; ``owner``: whose they are."""

    maker: str
    owner: str
    source: str
    made: list[str] = field(default_factory=list)

    def clone(self, name: str, template: str = "") -> str:
        """A copy of the template (the source when none is named), which nobody may use meanwhile; gives its name."""
        full = f"{self.source}_leaks{os.getpid()}_{name}"
        connection.close()
        with self._open() as link:
            self._drop(link, full)
            link.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(
                sql.Identifier(full), sql.Identifier(template or self.source), sql.Identifier(self.owner)))
        self.made.append(full)
        return full

    def drop(self, name: str) -> None:
        """Remove one of them."""
        with self._open() as link:
            self._drop(link, name)
        self.made.remove(name)

    def close(self) -> None:
        """Remove all that are left."""
        for name in list(self.made):
            self.drop(name)

    @contextlib.contextmanager
    def _open(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(self.maker, autocommit=True) as link:
            yield link

    def _drop(self, link: psycopg.Connection, name: str) -> None:
        link.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                     " WHERE datname = %s AND backend_type = 'client backend'", [name])
        link.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def use(name: str) -> None:
    """Let this process work in that database from now on."""
    connection.close()
    connection.settings_dict["NAME"] = name
