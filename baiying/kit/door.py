"""The one way to open a transaction and say who asks. Nothing said: no rows.

Row-level security compares a row's own columns with what is said here (kit.rows). All of it is local to the
transaction, so nothing leaks through a pooled or persistent connection.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from uuid import UUID
from weakref import WeakKeyDictionary

import psycopg
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus

from baiying.kit.errors import Misuse

SAY = ("SELECT set_config('baiying.who', '%s', true), set_config('baiying.units', '%s', true), "
       "set_config('baiying.case', '%s', true), set_config('baiying.door', '%s', true), "
       "set_config('baiying.errand', '%s', true)")
NOBODY = [""] * 5
PLAIN = re.compile(r"[0-9a-z_,-]*")  # identifiers, hexadecimal digits and names of errands: never typed text
ERRAND = re.compile(r"[a-z][a-z_]{0,40}")


@dataclass(frozen=True)
class Asker:
    """Who asks. A member of staff by ``who`` and the ``units`` of the posts held; one who comes with number and
    code by ``door`` (kit.number.entry); a party without an account by ``outside`` (the keyed hash of a link's token); a
    job by ``errand``, which excludes all others; nobody by nothing.

    ``case`` is the one case that is open from the start. ``roles`` are carried for the powers; the database
    does not look at them.
    """

    who: UUID | None = None
    units: frozenset[UUID] = frozenset()
    roles: frozenset[str] = frozenset()
    case: UUID | None = None
    door: bytes | None = None
    errand: str = ""
    outside: bytes | None = None

    def __post_init__(self) -> None:
        if self.errand and (self.who or self.units or self.door or self.outside or not ERRAND.fullmatch(self.errand)):
            raise Misuse("an errand is a system's own, with a plain name; a person never runs one")
        if self.door is not None and len(self.door) != 32:
            raise Misuse("the door of a case is the 32 bytes of kit.number.entry")
        if self.outside is not None and (len(self.outside) != 32 or self.door or self.who or self.units):
            raise Misuse("a link from outside is 32 bytes, and whoever comes by it has nothing else")

    @property
    def name(self) -> str:
        """How the log calls this asker: a person's id, `errand:<name>`, `door`, `outside` or `nobody`."""
        if self.who is not None:
            return str(self.who)
        if self.errand:
            return f"errand:{self.errand}"
        if self.outside is not None:
            return "outside"
        return "door" if self.door is not None else "nobody"

    def said(self) -> list[str]:
        """The five settings, in the order of SAY."""
        return [
            str(self.who or ""),
            ",".join(sorted(str(unit) for unit in self.units)),
            str(self.case or ""),
            (self.door or self.outside or b"").hex(),  # either one is compared with a column of its own
            self.errand,
        ]


_inside: WeakKeyDictionary[BaseDatabaseWrapper, Asker] = WeakKeyDictionary()


@contextmanager
def open(asker: Asker, using: str = "default") -> Iterator[Asker]:
    """A transaction in which this asker sees what is theirs. Commits at the end, rolls back on an exception.

    Inside one another: the same asker joins the open transaction; another one is refused (Misuse), because
    what the first was allowed to see would otherwise reach the second.
    """
    connection = connections[using]
    present = _inside.get(connection)
    if present is not None:
        if present != asker:
            raise Misuse(f"{present.name} has the door open; {asker.name} must wait until it is closed")
        with transaction.atomic(using=using, savepoint=False):
            yield asker
        return
    alone = not connection.in_atomic_block
    with transaction.atomic(using=using):
        _say(connection, asker.said())
        _inside[connection] = asker
        try:
            yield asker
        finally:
            del _inside[connection]
        if not alone and not connection.needs_rollback:  # in a test's transaction: forget what was said
            _say(connection, NOBODY)


def _say(connection: BaseDatabaseWrapper, said: list[str]) -> None:
    """Say it in one round trip, which begins the transaction too if it has not begun.

    By libpq itself: beginning and saying by the driver's way cost two round trips and a tenth of a submission.
    """
    if not all(PLAIN.fullmatch(word) for word in said):
        raise Misuse("what is said at the door is made of identifiers only")
    link = connection.connection.pgconn
    begin = "BEGIN; " if link.transaction_status == TransactionStatus.IDLE else ""
    with connection.wrap_database_errors:
        result = link.exec_((begin + SAY % tuple(said)).encode())
        if link.status != ConnStatus.OK:
            raise psycopg.OperationalError(result.error_message.decode(errors="replace"))
        if result.status != ExecStatus.TUPLES_OK:
            raise psycopg.errors.error_from_result(result)


def errand(name: str, using: str = "default") -> AbstractContextManager[Asker]:
    """The door for a job of the system, e.g. ``with door.errand("sealer"):``."""
    return open(Asker(errand=name), using)


def asker(using: str = "default") -> Asker:
    """Who has the door open now. Raises Misuse when nobody has."""
    present = _inside.get(connections[using])
    if present is None:
        raise Misuse("no door is open: say who asks before reading or writing")
    return present


def is_open(using: str = "default") -> bool:
    """Whether a door is open on this connection."""
    return connections[using] in _inside


def look_at(case: UUID | None, using: str = "default") -> None:
    """Say which case is open from here on, until the door closes or another case is named (one round trip)."""
    asker(using)
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT set_config('baiying.case', %s, true)", [str(case or "")])
