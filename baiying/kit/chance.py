"""Where everything random comes from.

Derived: from the installation's seed, a key (as a rule an idempotency key) and a purpose, so that a retry
gives the same number. Fresh: for keys only, which must not be derivable, because destroying a key is how
a person is forgotten.
"""

from __future__ import annotations

import hmac
import os
from uuid import UUID

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31, a prime; none is taken for another (no 0 O 1 I L)
FAIR = 256 - 256 % len(LETTERS)


def fresh(count: int) -> bytes:
    """Bytes that nothing derives, from the operating system; for keys and nonces alone."""
    return os.urandom(count)


def bytes_for(key: str | bytes, purpose: str, count: int) -> bytes:
    """``count`` bytes that are always the same for this key and purpose, and say nothing about them."""
    from baiying.kit.keys import keyring

    seed = keyring().seed
    name = purpose.encode()
    told = key.encode() if isinstance(key, str) else key
    context = len(name).to_bytes(4, "big") + name + told
    blocks = (hmac.digest(seed, number.to_bytes(4, "big") + context, "sha256") for number in range(-(-count // 32)))
    return b"".join(blocks)[:count]


def uuid_for(key: str | bytes, purpose: str) -> UUID:
    """An identifier, unique across databases; version 8 of RFC 9562 section 5.8 (122 derived bits)."""
    bits = int.from_bytes(bytes_for(key, "uuid:" + purpose, 16), "big")
    bits = bits & ~(0xF << 76) | 8 << 76
    bits = bits & ~(0x3 << 62) | 2 << 62
    return UUID(int=bits)


def letters_for(key: str | bytes, purpose: str, count: int) -> str:
    """``count`` letters of the alphabet without look-alikes, each equally likely."""
    letters = ""
    asked = count + 16
    while len(letters) < count:
        stream = bytes_for(key, "letters:" + purpose, asked)
        letters = "".join(LETTERS[byte % len(LETTERS)] for byte in stream if byte < FAIR)
        asked *= 2
    return letters[:count]
