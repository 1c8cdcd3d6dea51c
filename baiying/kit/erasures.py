"""The ledger of erasures: what was destroyed on purpose, outside the database, so that a restore destroys it again.

One line an erasure in `<keys>/erased.jsonl`: the day, what kind of thing, a keyed hash of its id, and a keyed hash over
this line and the one before. Nobody without the keyring learns from it what was erased; a line that is altered, moved
or cut out from between is found. It lies with the keys, because a backup of the database must never be able to bring
it back to an older state; `baiying backup --keys` takes it along, and a restore reads every ledger it is given.
"""

from __future__ import annotations

import fcntl
import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baiying.kit import moment
from baiying.kit.errors import Refusal
from baiying.kit.keys import keyring

FILE = "erased.jsonl"
START = ""


class LedgerCut(Refusal):
    """The ledger does not hold together; the sentence says where."""

    status = 500


@dataclass(frozen=True)
class Erased:
    """One line: the day (ISO), the kind of thing (case, person, incident), its hashed id, and the chained keyed hash,
    in hex."""

    at: str
    kind: str
    what: str
    mac: str

    def follows(self, previous: str) -> bool:
        """Whether this line was written by us right after the one with this keyed hash."""
        return hmac.compare_digest(self.mac, _mac(previous, self.at, self.kind, self.what))


def path() -> Path:
    """Where this installation's ledger lies."""
    return Path(settings.BAIYING_KEYS) / FILE


def hashed(kind: str, what: UUID) -> str:
    """How the ledger names a thing."""
    return hmac.digest(keyring().subkey("log erasures"), kind.encode() + what.bytes, "sha256").hex()


def note(kind: str, what: UUID) -> None:
    """Write down that this is erased; on the disk before it returns. The same thing twice is one line more, no harm.

    Called inside the transaction that erases it: what is rolled back is erased when it is tried again, and between
    commit and line no crash may come.
    """
    place = path()
    descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "r+", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        text = file.read()
        if not text.endswith("\n"):  # a crash cut the last line short
            file.truncate(len(text.rpartition("\n")[0] + "\n") if "\n" in text else 0)
        previous = _last(text)
        day, name = moment.today().isoformat(), hashed(kind, what)
        line = {"at": day, "kind": kind, "what": name, "mac": _mac(previous, day, kind, name)}
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read(place: Path) -> tuple[Erased, ...]:
    """Every line of a ledger, proved. A last line that a crash cut short is passed over. Raises LedgerCut, OSError."""
    found, previous = list[Erased](), START
    for number, line in enumerate(_lines(place.read_text("ascii")), start=1):
        if not line.follows(previous):
            raise LedgerCut(_("Line %(line)d of the ledger of erasures %(file)s was altered, or lines before it are "
                              "gone. Bring the ledger from a newer backup of the keys, and keep this file: it is "
                              "evidence."), line=number, file=place)
        found.append(line)
        previous = line.mac
    return tuple(found)


def marks(place: Path) -> tuple[str, ...]:
    """The keyed hash of each line of a ledger, which an anchor is compared with; none of one that was altered."""
    try:
        return tuple(line.mac for line in read(place)) if place.exists() else ()
    except (LedgerCut, ValueError):
        return ()


def tip(place: Path) -> tuple[int, str]:
    """How many lines a ledger has and the keyed hash of the last one: what an anchor signs. (0, "") for none."""
    lines = read(place) if place.exists() else ()
    return len(lines), lines[-1].mac if lines else START


def names(places: list[Path]) -> frozenset[tuple[str, str]]:
    """(kind, hashed id) of everything that any of these ledgers says was erased. Raises LedgerCut."""
    return frozenset((line.kind, line.what) for place in places if place.exists() for line in read(place))


def _lines(text: str) -> Iterator[Erased]:
    whole = text if text.endswith("\n") or not text else text.rpartition("\n")[0]
    for line in whole.splitlines():
        yield Erased(**json.loads(line))


def _last(text: str) -> str:
    lines = list(_lines(text))
    return lines[-1].mac if lines else START


def _mac(previous: str, day: str, kind: str, name: str) -> str:
    told = "\0".join((previous, day, kind, name)).encode()
    return hmac.digest(keyring().subkey("log erasures chain"), told, "sha256").hex()
