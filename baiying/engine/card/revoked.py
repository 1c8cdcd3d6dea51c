"""The list of lost cards as one counter gets it: for its number and one day, dated, signed, padded.

version 1 | key id 4 | counter 4 | made 4 | day 4 | count 2 | handles 8 each, in order | signature 64; in base64url.
Only cards that were lost on that very day stand on it: a card that is lost gets no new code, and no code outlives its
day.
"""

from __future__ import annotations

import base64
import binascii
import struct
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from baiying.engine.card.marks import HANDLE_BYTES
from baiying.engine.card.token import KEY_ID_BYTES, SIGNATURE_BYTES, VERSION, Malformed, key_id, public_bytes

BOUND = b"baiying card list 1\n"
HEAD = struct.Struct(f">B{KEY_ID_BYTES}sIIIH")
MOST = 0xFFFF


@dataclass(frozen=True, slots=True)
class Revoked:
    """``made``: seconds since 1970; ``day``: days since 1970. ``handles``: of the cards lost, and padding."""

    counter: int
    made: int
    day: int
    handles: frozenset[bytes]


def write_list(counter: int, made: int, day: int, handles: Collection[bytes], key: Ed25519PrivateKey) -> str:
    """The signed list. Raises ValueError when it holds more than 65,535 or one that is none."""
    held = sorted(set(handles))
    if len(held) > MOST or any(len(one) != HANDLE_BYTES for one in held):
        raise ValueError(f"a list holds at most {MOST} handles of {HANDLE_BYTES} bytes")
    body = HEAD.pack(VERSION, key_id(public_bytes(key)), counter, made, day, len(held)) + b"".join(held)
    return base64.urlsafe_b64encode(body + key.sign(BOUND + body)).decode().rstrip("=")


def read_list(text: str, keys: Mapping[bytes, bytes]) -> Revoked:
    """The list, believed. ``keys``: public keys by id. Raises Malformed when it is none or nobody known signed it."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        body, signature = raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]
        version, signer, counter, made, day, count = HEAD.unpack_from(body)
        if version != VERSION or len(body) != HEAD.size + count * HANDLE_BYTES:
            raise Malformed("not a list of lost cards")
        Ed25519PublicKey.from_public_bytes(keys[signer]).verify(signature, BOUND + body)
    except (binascii.Error, struct.error, KeyError, InvalidSignature, ValueError) as error:
        raise Malformed("not a list of lost cards that somebody known signed") from error
    starts = range(HEAD.size, len(body), HANDLE_BYTES)
    return Revoked(counter, made, day, frozenset(body[start : start + HANDLE_BYTES] for start in starts))
