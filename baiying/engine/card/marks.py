"""What stands in a code instead of a person.

A **mark** is one block of AES-256 over (who, counter, day): the same all day at one counter, and to whoever lacks the
key unlike anything else: of another counter, another day, another person. Whoever has the key opens it and finds `who`,
itself a keyed short hash and no person. A **handle** says the same of one card, so that a lost one can be listed for a
counter and a day without touching the card that replaced it.
"""

from __future__ import annotations

import hmac
import struct

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

WHO_BYTES, MARK_BYTES, HANDLE_BYTES = 8, 16, 8
PLACE = struct.Struct(">II")  # counter, day (since 1970)


def seal_mark(key: bytes, who: bytes, counter: int, day: int) -> bytes:
    """The mark of somebody at a counter on a day. ``key``: 32 bytes; ``who``: 8.

    A single block of a keyed permutation, each input at most once a day and counter: here ECB is what is wanted.
    """
    if len(who) != WHO_BYTES:
        raise ValueError(f"who is {WHO_BYTES} bytes")
    sealing = Cipher(AES(key), ECB()).encryptor()
    return sealing.update(who + PLACE.pack(counter, day)) + sealing.finalize()


def open_mark(key: bytes, mark: bytes) -> tuple[bytes, int, int]:
    """(who, counter, day) of a mark; of bytes that are no mark something meaningless, which the caller compares."""
    opening = Cipher(AES(key), ECB()).decryptor()
    plain = opening.update(mark) + opening.finalize()
    counter, day = PLACE.unpack(plain[WHO_BYTES:])
    return plain[:WHO_BYTES], counter, day


def handle(key: bytes, card: bytes, counter: int, day: int) -> bytes:
    """By which one card is listed as lost for a counter and a day (HMAC-SHA256, cut to 8 bytes)."""
    return hmac.digest(key, card + PLACE.pack(counter, day), "sha256")[:HANDLE_BYTES]
