"""Why a grant is taken back, in words that she reads: sealed under a key of its own, since the ledger knows no case's
key."""

from __future__ import annotations

from baiying.kit import sealing
from baiying.ledger.models import Correction

FIELD = "ledger.correction"


def put(row: Correction, words: str) -> None:
    """Seal the words into a row that is not stored yet."""
    row.key = sealing.new_key(row.id)
    row.sealed = sealing.seal(bytes(row.key), row.id, FIELD, words)


def opened(row: Correction) -> str:
    """The words again; nothing when they went with their case."""
    if row.key is None or row.sealed is None:
        return ""
    return sealing.unseal(bytes(row.key), row.id, FIELD, bytes(row.sealed))
