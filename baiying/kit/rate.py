"""How often something may be done: so many times in a window of so many seconds.

An unlogged table and one statement in a transaction of its own, outside of any door: the count stands even when
what follows fails, and nobody waits behind a slow request. Keys (telephones, addresses, entry hashes) are stored
as keyed hashes. The answer and its cost do not depend on whether a key was known before.
"""

from __future__ import annotations

import hmac
from datetime import UTC, datetime

from django.db import connection

from baiying.kit import door, moment
from baiying.kit.errors import Misuse
from baiying.kit.keys import keyring

COUNT = """
    INSERT INTO kit_rate AS r (key, until, count) VALUES (%s, %s, 1)
    ON CONFLICT (key) DO UPDATE SET until = greatest(r.until, excluded.until),
        count = CASE WHEN r.until < excluded.until THEN 1 ELSE least(r.count, 1000000000) + 1 END
    RETURNING count"""


def allow(purpose: str, key: str | bytes, limit: int, seconds: int) -> bool:
    """Count this attempt and say whether it is within ``limit`` in the present window of ``seconds``.

    Windows begin at multiples of ``seconds`` since 1970. Raises Misuse inside a door.
    """
    if door.is_open():
        raise Misuse("ask the rate before opening the door: its count is a transaction of its own")
    until = datetime.fromtimestamp((int(moment.now().timestamp()) // seconds + 1) * seconds, UTC)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [_hashed(purpose, key), until])
        return bool(cursor.fetchone()[0] <= limit)


def forgive(purpose: str, key: str | bytes) -> None:
    """Take back one count: the attempt was no attack. Raises Misuse inside a door."""
    if door.is_open():
        raise Misuse("forgive before opening the door: the count is a transaction of its own")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kit_rate SET count = count - 1 WHERE key = %s AND count > 0", [_hashed(purpose, key)])


def _hashed(purpose: str, key: str | bytes) -> bytes:
    told = key.encode() if isinstance(key, str) else key
    return hmac.digest(keyring().subkey("rate"), purpose.encode() + b"\x00" + told, "sha256")


def sweep() -> int:
    """Delete the counts of windows that have ended; gives how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kit_rate WHERE until < %s", [moment.now()])
        return int(cursor.rowcount)
