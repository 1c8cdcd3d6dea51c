"""Keys that sign for a while (Ed25519, RFC 8032), beside the ring in the key folder, one file a key.

A key is `<purpose>-<day>-<id>`: it signs from its day on, until the next one begins. Public keys are given out before
that day, so that who verifies without a network has the next one already, and for some time afterwards. Dropping a key
that has leaked takes it out at once: whatever it signed is then signed by nobody known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils.translation import gettext_lazy as _

from baiying.kit import chance, keys, moment
from baiying.kit.errors import Refusal

AHEAD = timedelta(days=7)  # a key is known for so long before it signs
AFTER = timedelta(days=45)  # and believed for so long after the next one began
NAME = re.compile(r"([a-z]+)-(\d{4}-\d{2}-\d{2})-([0-9a-f]{8})")
ID_BYTES = 4


@dataclass(frozen=True)
class SigningKey:
    """One key: the day it begins to sign, its short name, and its two halves."""

    begins: date
    id: str
    private: Ed25519PrivateKey = field(repr=False)

    @property
    def public(self) -> bytes:
        """The 32 bytes that verify."""
        return self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def signer(purpose: str) -> SigningKey:
    """The key that signs today; made on the first use."""
    begun = [one for one in _held(purpose) if one.begins <= moment.today()]
    return begun[-1] if begun else add(purpose, moment.today())


def publics(purpose: str) -> tuple[bytes, ...]:
    """The public keys that count today: the one that signs, those before it for a while, the next one."""
    signer(purpose)
    held = _held(purpose)
    ends = [later.begins for later in held[1:]] + [date.max]
    return tuple(one.public for one, end in zip(held, ends, strict=True) if end >= moment.today() - AFTER)


def add(purpose: str, begins: date | None = None) -> SigningKey:
    """Make the next key; without a day it begins when whoever verifies will have heard of it."""
    begins = begins or moment.today() + AHEAD
    made = chance.fresh(ID_BYTES).hex()
    keys.write_key(keys.keyring().folder / f"{purpose}-{begins.isoformat()}-{made}", chance.fresh(keys.KEY_BYTES))
    return next(one for one in _held(purpose) if one.id == made)


def drop(purpose: str, key_id: str) -> None:
    """Destroy a key that somebody else may have seen. Raises Refusal when there is none of that name."""
    found = [path for path in _paths(purpose) if path.name.endswith(f"-{key_id}")]
    if not found:
        raise Refusal(
            _("There is no signing key called %(id)s in the key folder. baiying keys cards lists them."), id=key_id
        )
    found[0].unlink()


def held(purpose: str) -> tuple[SigningKey, ...]:
    """Every key that lies in the folder, in the order in which they sign."""
    return _held(purpose)


def _paths(purpose: str) -> list[Path]:
    """The files of these keys by day; of one day the one that was written last signs."""
    found = (path for path in keys.keyring().folder.glob(f"{purpose}-*") if NAME.fullmatch(path.name))
    return sorted(found, key=lambda path: (path.name[: len(purpose) + 11], path.stat().st_mtime_ns, path.name))


def _held(purpose: str) -> tuple[SigningKey, ...]:
    return tuple(_key(path) for path in _paths(purpose))


@lru_cache(maxsize=64)
def _key(path: Path) -> SigningKey:
    """A key file never changes."""
    match = NAME.fullmatch(path.name)
    assert match is not None  # `_paths` has looked
    return SigningKey(date.fromisoformat(match[2]), match[3], Ed25519PrivateKey.from_private_bytes(keys.read_key(path)))
