"""The shares of a grant or promise: what the paying unit bears, and what others declared to add."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from baiying.cases.models import Case
from baiying.ledger.actions import Share
from baiying.services.queries import sharing


def shares(case: Case, payer: UUID, service: str, fen: int) -> Sequence[Share]:
    """The paying unit's share first. What has no room any more is not added, and the page said so."""
    more = [one for one in sharing.additions(case, payer, service, fen) if one.fits]
    return [Share(payer, fen), *(Share(one.unit, one.fen, one.matching) for one in more)]
