"""What a counter may conclude from a code, without asking anybody: one word of a closed list, no reason of hers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from baiying.engine.card.token import Malformed, Written, read

SKEW = 120  # seconds that two clocks may differ without a word about it


class Verdict(StrEnum):
    """The answer of a counter, in the order in which it is found."""

    NOT_A_CODE = "not_a_code"
    UNKNOWN_KEY = "unknown_key"  # signed by nobody this counter knows: a new key, or somebody else's
    FORGED = "forged"
    ELSEWHERE = "elsewhere"  # a good code, for another counter
    EARLY = "early"  # made later than now: the clock here is slow
    EXPIRED = "expired"
    LOST = "lost"
    SHOWN = "shown"  # this very code has served already
    USED = "used"  # she has used it here today, where once a day is the limit
    YES = "yes"


def verify(
    text: str,
    *,
    counter: int,
    keys: Mapping[bytes, bytes],
    now: int,
    lost: Collection[bytes] = frozenset(),
    shown: Collection[str] = frozenset(),
    used: Collection[bytes] = frozenset(),
) -> tuple[Verdict, Written | None]:
    """The verdict, and what the code says as far as its signature holds.

    ``keys``: public keys by id; ``now``: seconds since 1970; ``lost``: handles of the list; ``shown``: serials of codes
    that served here; ``used``: marks of today, empty where there is no limit of once a day.
    """
    try:
        written = read(text)
    except Malformed:
        return Verdict.NOT_A_CODE, None
    public = keys.get(written.key)
    if public is None:
        return Verdict.UNKNOWN_KEY, None
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(written.signature, written.signed)
    except (InvalidSignature, ValueError):
        return Verdict.FORGED, None
    return _of(written, counter, now, lost, shown, used), written


def _of(
    written: Written,
    counter: int,
    now: int,
    lost: Collection[bytes],
    shown: Collection[str],
    used: Collection[bytes],
) -> Verdict:
    """The verdict on a code that we signed."""
    token = written.token
    if token.counter != counter:
        return Verdict.ELSEWHERE
    if token.made > now + SKEW:
        return Verdict.EARLY
    if token.until + SKEW < now:
        return Verdict.EXPIRED
    if token.handle in lost:
        return Verdict.LOST
    if written.serial in shown:
        return Verdict.SHOWN
    return Verdict.USED if token.mark in used else Verdict.YES
