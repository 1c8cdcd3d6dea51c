"""The end of the log's chain, once a day, outside the database: a small signed file that names its predecessor.

Whoever can write the database and holds the log's key could cut the chain and seal it anew. The anchors say where it
stood, and how far the ledger of erasures reached, so that neither end is cut off unseen; they lie in a folder beside
the database and are to be copied to another machine (docs/how-to/backup-and-restore.md). Signed by Ed25519 (RFC 8032)
with a key of its own in the key folder, `ring/anchor`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import connection

from baiying.kit import chance, door, durable, erasures, keys, moment
from baiying.kit.log.lines import lines_about, write
from baiying.kit.log.sealer import link_waiting

KEY_FILE = "anchor"
KEY_BYTES = 32
VERB = "log.anchored"
PORTION = 100_000


@dataclass(frozen=True)
class Torn:
    """An anchor that does not fit. ``what``: missing (the log speaks of a file that is gone), gap (the one before it is
    gone or another one), altered (the file is not as it was written), cut (the chain before it is another one), rolled
    (the database ends before it: cut off, or brought back from a backup), erasures (the ledger of erasures is shorter
    or another one)."""

    day: str
    what: str


@dataclass(frozen=True)
class Anchored:
    """``held``: anchors that fit; ``last``: the day of the last one; ``torn``: all that do not."""

    held: int
    last: str
    torn: tuple[Torn, ...]


def folder() -> Path:
    """Where the anchors lie."""
    return Path(settings.BAIYING_ANCHORS)


def anchor() -> Path | None:
    """Write today's anchor, once a day; gives its file, or nothing when there is one already or the log is empty.

    Links what waits first. Opens its own doors; call it outside of any other. Raises ChainCut.
    """
    day = moment.today().isoformat()
    place = folder() / f"{day}.json"
    if place.exists():
        return None
    while link_waiting(PORTION, everything=True):
        pass
    with door.errand("verify"), connection.cursor() as cursor:
        cursor.execute("SELECT seq, chained FROM kit_link ORDER BY seq DESC LIMIT 1")
        end = cursor.fetchone()
    if end is None:
        return None
    files = names()
    told = {"day": day, "at": moment.now().isoformat(), "seq": end[0], "chained": bytes(end[1]).hex(),
            "key": public().hex(), "previous": digest(files[-1]) if files else "",
            "erased": list(erasures.tip(erasures.path()))}
    told["signature"] = private().sign(canonical(told)).hex()
    put(place, json.dumps(told, indent=1) + "\n")
    with door.errand("anchors"):  # the log itself says that there is such a file
        write(VERB, subject(), "errand:anchors", {"day": day, "file": digest(place)})
    return place


def prove(where: Path | None = None) -> Anchored:
    """Prove every anchor against the chain of this database, those of another folder if one is named.

    Opens its own door. An installation younger than a day has none, and all is well.
    """
    torn, held, before, last = list[Torn](), 0, "", ""
    erased = erasures.marks(erasures.path())
    with door.errand("verify"), connection.cursor() as cursor:
        known, files = noted(), names(where)
        for place in files:
            day, mark, told = place.stem, digest(place), read(place)
            if told is None or told["day"] != day or known.get(day, mark) != mark:
                torn.append(Torn(day, "altered"))
            elif what := fault(cursor, told, erased):
                torn.append(Torn(day, what))
            else:
                held, last = held + 1, day
            if told is not None and told["previous"] != before and not (torn and torn[-1].what == "altered"):
                torn.append(Torn(day, "gap"))
            before = mark
        torn += [Torn(day, "missing") for day in known.keys() - {place.stem for place in files}]
    return Anchored(held, last, tuple(sorted(set(torn), key=lambda one: (one.day, one.what))))


def fault(cursor: Any, told: dict[str, Any], erased: tuple[str, ...]) -> str:
    """What the database, or the ledger of erasures, says against one anchor; empty when nothing. ``erased``: the keyed
    hash of each line of the ledger; an anchor of before it was signed along says nothing of it."""
    cursor.execute("SELECT chained FROM kit_link WHERE seq = %s", [told["seq"]])
    row = cursor.fetchone()
    if row is None:
        return "rolled"
    if bytes(row[0]).hex() != told["chained"]:
        return "cut"
    lines, mac = told.get("erased", [0, erasures.START])
    return "" if (erasures.START, *erased)[lines:lines + 1] == (mac,) else "erasures"


def noted() -> dict[str, str]:
    """The days whose anchors the log itself speaks of, each with the file's hash."""
    return {str(line.payload["day"]): str(line.payload["file"])
            for line in lines_about(subject()) if line.verb == VERB and line.payload}


def subject() -> UUID:
    """What the lines about anchors are about: no case."""
    return chance.uuid_for("anchors", "log")


def read(place: Path) -> dict[str, Any] | None:
    """What an anchor says, if it is signed by this installation's key; nothing when it was altered."""
    try:
        told: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
        signature = bytes.fromhex(told.pop("signature"))
        Ed25519PublicKey.from_public_bytes(public()).verify(signature, canonical(told))
        date.fromisoformat(told["day"])
    except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature):
        return None
    return told


def names(where: Path | None = None) -> list[Path]:
    """The anchors there are, oldest first."""
    return sorted((where or folder()).glob("????-??-??.json"))


def digest(place: Path) -> str:
    return hashlib.sha256(place.read_bytes()).hexdigest()


def canonical(told: dict[str, Any]) -> bytes:
    """What is signed: everything but the signature, in one unambiguous form."""
    return b"baiying anchor 1\n" + json.dumps({key: told[key] for key in sorted(told)}, separators=(",", ":")).encode()


def private() -> Ed25519PrivateKey:
    """The key that signs, made on its first use."""
    place = keys.keyring().folder / KEY_FILE
    if not place.exists():
        keys.write_key(place, chance.fresh(KEY_BYTES))
    return Ed25519PrivateKey.from_private_bytes(keys.read_key(place))


def public() -> bytes:
    """The key by which anybody can prove an anchor; it stands in every one."""
    return private().public_key().public_bytes_raw()


def put(place: Path, text: str) -> None:
    """Write an anchor whole or not at all, and wait until it is on the disk. Everybody may read it: it says nothing."""
    place.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    durable.write(place, text.encode(), mode=0o644)
