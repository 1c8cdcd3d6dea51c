"""The proof of the log: every line as it was written, every link in its place, nothing cut, nothing copied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from baiying.kit import door
from baiying.kit.log.lines import mac_holds
from baiying.kit.log.sealer import START, ChainCut, chain, link_waiting

PAGE = 5_000
PORTION = 100_000  # links at once: each portion looks through all lines
STREAM = """
    SELECT k.seq, k.line_id, k.chained, l.mac, l.at, l.who, l.verb, l.subject, l.payload
    FROM (SELECT seq, line_id, chained FROM kit_link WHERE seq > %s ORDER BY seq LIMIT %s) k
    LEFT JOIN kit_line l ON l.id = k.line_id ORDER BY k.seq"""


@dataclass(frozen=True)
class Broken:
    """The first broken link. ``what``: gap (a link is gone), missing (its line is gone), mac (the line was altered
    or forged), chain (link or line stand where they were not put), copy (a line stands twice), end (the chain
    was cut or lengthened at its end, and waiting lines could not be linked)."""

    seq: int
    line_id: int | None
    what: str


@dataclass(frozen=True)
class Proof:
    """``waiting``: lines that the proof had to link first; ``linked``: links that hold; ``broken``: the first that
    does not, or None."""

    waiting: int
    linked: int
    broken: Broken | None


def verify() -> Proof:
    """Link what waits, then prove every line and link in the order of the chain, a page at a time.

    Opens its own doors; call it outside of any other.
    """
    waiting, cut = 0, False
    try:
        while count := link_waiting(PORTION, everything=True):
            waiting += count
    except ChainCut:
        cut = True
    with door.errand("verify"), connection.cursor() as cursor:
        linked, broken = _walk(cursor)
        if broken is None:
            broken = Broken(linked + 1, None, "end") if cut else _copy(cursor)
    return Proof(waiting, linked, broken)


def _walk(cursor: Any) -> tuple[int, Broken | None]:
    """How many links hold from the first on, and the first that does not."""
    previous, held = START, 0
    for seq, line_id, chained, mac, *fields in _links(cursor):
        if seq != held + 1:
            return held, Broken(held + 1, None, "gap")
        if mac is None:
            return held, Broken(seq, line_id, "missing")
        at, who, verb, subject, payload = fields
        if not mac_holds(bytes(mac), at, who, verb, subject, None if payload is None else bytes(payload)):
            return held, Broken(seq, line_id, "mac")
        expected = chain(previous, seq, line_id, bytes(mac))
        if bytes(chained) != expected:
            return held, Broken(seq, line_id, "chain")
        previous, held = expected, seq
    return held, None


def _links(cursor: Any) -> Iterator[tuple[Any, ...]]:
    """All links with their lines in order, a page at a time, so that a long log needs no memory."""
    after = 0
    while True:
        cursor.execute(STREAM, [after, PAGE])
        page = cursor.fetchall()
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1][0]


def _copy(cursor: Any) -> Broken | None:
    """The first line whose mac another line before it has: macs are unique, so it is a copy."""
    cursor.execute(
        "SELECT k.seq, k.line_id FROM kit_link k JOIN kit_line l ON l.id = k.line_id WHERE l.mac IN "
        "(SELECT mac FROM kit_line GROUP BY mac HAVING count(*) > 1) ORDER BY k.seq OFFSET 1 LIMIT 1")
    row = cursor.fetchone()
    return Broken(row[0], row[1], "copy") if row else None
