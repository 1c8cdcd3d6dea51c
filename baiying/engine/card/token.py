"""The code itself: 103 bytes, signed by Ed25519 (RFC 8032), written as 165 letters and digits that any scanner types.

version 1 | key id 4 | counter 4 | made 4 (seconds since 1970) | lasts 2 (minutes) | mark 16 | handle 8 | signature 64.
Nothing in it names a person or a service: that it was made for this counter says that its service is hers.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from baiying.engine.card.marks import HANDLE_BYTES, MARK_BYTES

VERSION = 1
KEY_ID_BYTES = 4
SIGNATURE_BYTES = 64
BOUND = b"baiying card 1\n"  # so that this signature is never taken for one of something else
BODY = struct.Struct(f">B{KEY_ID_BYTES}sIIH{MARK_BYTES}s{HANDLE_BYTES}s")
LETTERS = -(-(BODY.size + SIGNATURE_BYTES) * 8 // 5)
PADDING = "=" * (-LETTERS % 8)


class Malformed(ValueError):
    """Not a code of a card at all: another text, cut off, or of a version that is not known here."""


@dataclass(frozen=True, slots=True)
class Token:
    """What a code says. ``counter``: the number of the one counter it is for; ``made``: seconds since 1970;
    ``lasts``: minutes; ``mark``: hers at this counter on this day; ``handle``: her card's, likewise, for the list of
    lost cards."""

    counter: int
    made: int
    lasts: int
    mark: bytes
    handle: bytes

    @property
    def until(self) -> int:
        """The second since 1970 after which it is over."""
        return self.made + self.lasts * 60


@dataclass(frozen=True, slots=True)
class Written:
    """A code as it was read, not yet believed."""

    key: bytes
    token: Token
    body: bytes
    signature: bytes

    @property
    def signed(self) -> bytes:
        return BOUND + self.body

    @property
    def serial(self) -> str:
        """By which the same code is known again, however it was written down."""
        return self.body.hex()


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of the public key."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(public: bytes) -> bytes:
    """By which a code says who signed it."""
    return hashlib.sha256(public).digest()[:KEY_ID_BYTES]


def write(token: Token, key: Ed25519PrivateKey) -> str:
    """The signed code in letters and digits."""
    body = BODY.pack(
        VERSION, key_id(public_bytes(key)), token.counter, token.made, token.lasts, token.mark, token.handle
    )
    return base64.b32encode(body + key.sign(BOUND + body)).decode().rstrip("=")


def read(text: str) -> Written:
    """What a code says, however a scanner or a hand wrote it down. Raises Malformed."""
    plain = "".join(unicodedata.normalize("NFKC", text[:1000]).split()).replace("-", "").upper()
    if len(plain) != LETTERS or not plain.isascii():
        raise Malformed(f"a code has {LETTERS} letters and digits")
    try:
        raw = base64.b32decode(plain + PADDING)
    except binascii.Error as error:
        raise Malformed("not the letters of a code") from error
    body, signature = raw[: BODY.size], raw[BODY.size :]
    version, key, *told = BODY.unpack(body)
    if version != VERSION:
        raise Malformed(f"version {version} is not known here")
    return Written(key, Token(*told), body, signature)
