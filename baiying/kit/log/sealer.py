"""The sealer: one at a time, it links committed lines into the chain, a moment after they were written.

Which lines wait is told by the transaction that wrote them. The sealer keeps the snapshot (pg_snapshot) in which
it last looked: what that snapshot showed is linked; what it did not show, because it was then still running or
had not begun, is looked at now. A long transaction is thus one entry of a list and stops nobody.
Snapshots mean nothing in another cluster: after a restore everything is looked at once.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from baiying.kit import door
from baiying.kit.errors import Refusal
from baiying.kit.keys import keyring

LOCK = 0x6261_6979_696E_67  # "baiying": the advisory lock of the one sealer
START = b"\x00" * 32
NEVER = "1:1:"  # the snapshot of one who has seen nothing
WAITING = """
    SELECT l.id, l.mac, pg_current_snapshot()::text FROM kit_line l
    WHERE (l.xid >= %s::xid8 OR l.xid = ANY (%s::xid8[]))
      AND NOT EXISTS (SELECT 1 FROM kit_link k WHERE k.line_id = l.id)
    ORDER BY l.id LIMIT %s"""


class ChainCut(Refusal):
    """The end of the chain is not where the sealer left it: links or the seal itself were altered."""

    status = 500


@dataclass(frozen=True)
class Tip:
    """The last link, and the snapshot (xmin:xmax:running) up to which everything is linked."""

    seq: int
    chained: bytes
    seen: str


def link_waiting(limit: int = 10_000, *, everything: bool = False) -> int:
    """Link up to ``limit`` committed lines that wait; gives how many. 0 also when another sealer is at work.

    ``everything`` waits for the other sealer and looks at all lines instead of those the last snapshot did not
    show. Raises ChainCut when the chain's end was altered. Opens its own door; call it outside of any other.
    """
    with door.errand("sealer"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)" if everything else "SELECT pg_try_advisory_xact_lock(%s)",
                       [LOCK])
        if cursor.fetchone()[0] is False:
            return 0
        cluster = _cluster(cursor)
        tip = read_tip(cursor, cluster)
        _oldest, beyond, running = (NEVER if everything else tip.seen).split(":")
        cursor.execute(WAITING, [beyond, running.split(",") if running else [], limit + 1])
        found = cursor.fetchall()
        if not found:
            return 0
        whole, found = len(found) <= limit, found[:limit]
        chained = _append(cursor, tip, [(line_id, bytes(mac)) for line_id, mac, _snapshot in found])
        _keep_tip(cursor, cluster, Tip(tip.seq + len(found), chained, found[0][2] if whole else tip.seen))
        return len(found)


def chain(previous: bytes, seq: int, line_id: int, mac: bytes) -> bytes:
    """The keyed hash of a link: of the one before it, its own place, the line's id and the line's mac."""
    told = previous + seq.to_bytes(8, "big") + line_id.to_bytes(8, "big") + mac
    return hmac.digest(keyring().subkey("log chain"), told, "sha256")


def read_tip(cursor: Any, cluster: int) -> Tip:
    """Where the chain ends, as the sealer left it. Raises ChainCut when the links tell otherwise."""
    cursor.execute("SELECT cluster, seq, chained, mac, seen::text FROM kit_seal WHERE id = 1")
    kept = cursor.fetchone()
    cursor.execute("SELECT seq, chained FROM kit_link ORDER BY seq DESC LIMIT 1")
    last = cursor.fetchone()
    if kept is None and last is None:
        return Tip(0, START, NEVER)
    if kept is None or not hmac.compare_digest(bytes(kept[3]), _tip_mac(kept[1], bytes(kept[2]))):
        raise ChainCut(_("The record of where the log's chain ends was altered or removed, so no line is linked. "
                         "Compare the database with a backup, and keep both: this is evidence."))
    if last is None or (last[0], bytes(last[1])) != (kept[1], bytes(kept[2])):
        raise ChainCut(_("The log's chain should end with link %(wanted)d but ends with link %(found)d: links were "
                         "removed or added outside this program. Compare the database with a backup, and keep both: "
                         "this is evidence."), wanted=kept[1], found=last[0] if last else 0)
    return Tip(kept[1], bytes(kept[2]), kept[4] if kept[0] == cluster else NEVER)


def _append(cursor: Any, tip: Tip, waiting: list[tuple[int, bytes]]) -> bytes:
    """Write the links of these lines in one statement; gives the last keyed hash."""
    previous, hashes = tip.chained, []
    for seq, (line_id, mac) in enumerate(waiting, start=tip.seq + 1):
        previous = chain(previous, seq, line_id, mac)
        hashes.append(previous)
    numbers = list(range(tip.seq + 1, tip.seq + 1 + len(waiting)))
    cursor.execute("INSERT INTO kit_link (seq, line_id, chained) "
                   "SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[])",
                   [numbers, [line_id for line_id, _mac in waiting], hashes])
    return previous


def _keep_tip(cursor: Any, cluster: int, tip: Tip) -> None:
    cursor.execute(
        "INSERT INTO kit_seal (id, cluster, seq, chained, mac, seen) VALUES (1, %s, %s, %s, %s, %s::pg_snapshot) "
        "ON CONFLICT (id) DO UPDATE SET cluster = excluded.cluster, seq = excluded.seq, chained = excluded.chained, "
        "mac = excluded.mac, seen = excluded.seen",
        [cluster, tip.seq, tip.chained, _tip_mac(tip.seq, tip.chained), tip.seen])


def _tip_mac(seq: int, chained: bytes) -> bytes:
    return hmac.digest(keyring().subkey("log tip"), seq.to_bytes(8, "big") + chained, "sha256")


def _cluster(cursor: Any) -> int:
    """Which cluster this is: its identifier and this database's own number, both new after a restore."""
    cursor.execute("SELECT (s.system_identifier # (d.oid::bigint << 32)) FROM pg_control_system() s, pg_database d "
                   "WHERE d.datname = current_database()")
    return int(cursor.fetchone()[0])
