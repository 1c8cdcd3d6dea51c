"""Lines of the log: ids and sealed payloads only, so that erasing a person is destroying a key and the chain holds.

A line's mac is 8 fresh bytes and the HMAC-SHA256 over them and all of the line's fields; the fresh bytes make
every mac unique, so that a copied line is as visible as a forged one. Its id and place are proved by the chain.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from baiying.kit import inserting, moment, sealing
from baiying.kit.chance import fresh
from baiying.kit.errors import Misuse
from baiying.kit.keys import keyring
from baiying.kit.models import Line

UNDER_CASE, UNDER_HOUSE = b"c", b"h"  # first byte of a payload: which key opens it
FIELD = "kit.line.payload"
SALT_BYTES = 8
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class LineRead:
    """A line as shown to the person it is about. ``erased``: its payload's key was destroyed."""

    id: int
    at: datetime
    who: str
    verb: str
    payload: dict[str, Any] | None
    erased: bool


def write(verb: str, subject: UUID, who: str, payload: dict[str, Any] | None = None, key: bytes | None = None) -> None:
    """Write one line, in the caller's transaction, with one statement; see ``line``."""
    inserting.insert([line(verb, subject, who, payload, key)])


def line(verb: str, subject: UUID, who: str, payload: dict[str, Any] | None = None, key: bytes | None = None) -> Line:
    """A line to be written by ``inserting.insert``, alone or with the rows it tells of.

    ``payload`` is JSON and sealed: by the wrapped key of the case ``subject`` when ``key`` is given, otherwise by
    the house's own key (then it must hold ids only, as erasing a person does not reach it).
    Raises Misuse outside a transaction: a line must be committed with what it tells, or not at all.
    """
    if not connection.in_atomic_block:
        raise Misuse("a line of the log belongs into the transaction of what it tells")
    at = moment.now()
    sealed = _seal(payload, subject, key)
    return Line(at=at, who=who, verb=verb, subject=subject, payload=sealed,
                mac=make_mac(at, who, verb, subject, sealed))


def lines_about(subject: UUID, key: bytes | None = None) -> list[LineRead]:
    """All lines about a case, oldest first, as far as the door lets them be seen (door.look_at(subject)).

    ``key`` is the case's wrapped key; without it what it sealed reads as erased.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, at, who, verb, payload FROM kit_line WHERE subject = %s ORDER BY id", [subject])
        return [LineRead(id, at, who, verb, *_unseal(sealed, subject, key))
                for id, at, who, verb, sealed in cursor.fetchall()]


def make_mac(at: datetime, who: str, verb: str, subject: UUID, sealed: bytes | None) -> bytes:
    """The mac of a new line."""
    salt = fresh(SALT_BYTES)
    return salt + hmac.digest(keyring().subkey("log line"), _canonical(salt, at, who, verb, subject, sealed), "sha256")


def mac_holds(mac: bytes, at: datetime, who: str, verb: str, subject: UUID, sealed: bytes | None) -> bool:
    """Whether a line is as it was written."""
    salt = mac[:SALT_BYTES]
    told = _canonical(salt, at, who, verb, subject, sealed)
    return hmac.compare_digest(mac[SALT_BYTES:], hmac.digest(keyring().subkey("log line"), told, "sha256"))


def _canonical(salt: bytes, at: datetime, who: str, verb: str, subject: UUID, sealed: bytes | None) -> bytes:
    """All fields in one unambiguous row of bytes: lengths before what varies, time in microseconds of UTC."""
    since = (at - EPOCH) // MICROSECOND
    people, doing = who.encode(), verb.encode()
    return b"".join((
        b"baiying line 1", salt, since.to_bytes(8, "big", signed=True),
        len(people).to_bytes(4, "big"), people, len(doing).to_bytes(4, "big"), doing, subject.bytes,
        b"\x00" if sealed is None else b"\x01" + len(sealed).to_bytes(4, "big") + sealed,
    ))


def _seal(payload: dict[str, Any] | None, subject: UUID, key: bytes | None) -> bytes | None:
    if payload is None:
        return None
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    if key is not None:
        return UNDER_CASE + sealing.seal(key, subject, FIELD, text)
    return UNDER_HOUSE + sealing.seal_with(keyring().payload, FIELD.encode() + subject.bytes, text.encode())


def _unseal(sealed: bytes | None, subject: UUID, key: bytes | None) -> tuple[dict[str, Any] | None, bool]:
    """The payload, and whether it is erased."""
    if sealed is None:
        return None, False
    sealed = bytes(sealed)
    if sealed[:1] == UNDER_HOUSE:
        return json.loads(sealing.unseal_with(keyring().payload, FIELD.encode() + subject.bytes, sealed[1:])), False
    if key is None:
        return None, True
    return json.loads(sealing.unseal(key, subject, FIELD, sealed[1:])), False
