"""Whether one use of a card stands already: what a counter sends twice is once."""

from __future__ import annotations

from baiying.kit.chance import uuid_for
from baiying.ledger import access
from baiying.ledger.words import Kind


def is_redeemed(key: str) -> bool:
    """Whether `actions.redeem` has written a line under this key; inside any door."""
    return access.stands(uuid_for(f"{key}:0", f"ledger {Kind.REDEEM}"))
