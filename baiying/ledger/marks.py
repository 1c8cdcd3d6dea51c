"""Who a line is about, without saying it: keyed hashes that only the keyring makes."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from baiying.kit.chance import uuid_for
from baiying.kit.keys import keyring


@dataclass(frozen=True)
class Whom:
    """For whom something is granted: everything by which she is known to be one and the same.

    ``selves``: the keys of her account, and of rows that were merged with it, hers first. ``papers``: blind indexes of
    identity numbers (kit.sealing.blind_index), so that one who has no account, or two, is not paid twice.
    """

    selves: tuple[UUID, ...] = ()
    papers: tuple[bytes, ...] = ()

    @property
    def names(self) -> tuple[bytes, ...]:
        """What is hashed, her account first. Never empty: somebody must be known somehow."""
        found = (*(b"person" + one.bytes for one in self.selves), *(b"paper" + one for one in self.papers))
        if not found:
            raise ValueError("a grant is for somebody: give her account or her identity number")
        return found


def mark_of(service: str, name: bytes) -> bytes:
    """One person under one service. Two services of one person have nothing in common."""
    return _hash("mark", service, name)


def marks_of(service: str, whom: Whom) -> list[bytes]:
    """Every mark under which this person may stand in the ledger for a service."""
    return [mark_of(service, name) for name in whom.names]


def claims_of(service: str, whom: Whom, once: Iterable[str]) -> list[bytes]:
    """Person × rule × period, for everything by which she is known and each period, in one order for everybody."""
    return sorted(_hash("claim", f"{service}\0{period}", name) for period in once for name in whom.names)


def budget_id(unit: UUID, service: str, year: int) -> UUID:
    """The key of a budget, which whoever grants knows without seeing the budget."""
    return uuid_for(f"{unit}:{service}:{year}", "ledger budget")


def _hash(purpose: str, told: str, name: bytes) -> bytes:
    text = told.encode()
    return hmac.digest(keyring().subkey(f"ledger {purpose}"), len(text).to_bytes(4, "big") + text + name, "sha256")
