"""The shares of a grant or promise: what the paying unit bears, and what others declared to add."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from baiying.cases.models import Case
from baiying.kit import moment
from baiying.ledger import actions as ledger
from baiying.ledger import queries as books
from baiying.ledger.actions import Share
from baiying.ledger.marks import budget_id
from baiying.services.queries import sharing

A_HUNDRED = 100_00  # fen, to which every declared share adds something


def hold(payer: UUID, service: str) -> None:
    """Nobody else grants out of these budgets until this is done: before a promise is ended and anything is granted."""
    units = [payer, *(one.unit for one in books.additions(payer, service, A_HUNDRED))]
    ledger.hold(budget_id(unit, service, moment.today().year) for unit in units)


def shares(case: Case, payer: UUID, service: str, fen: int) -> Sequence[Share]:
    """The paying unit's share first. What has no room any more is not added, and the page said so."""
    more = [one for one in sharing.additions(case, payer, service, fen) if one.fits]
    return [Share(payer, fen), *(Share(one.unit, one.fen, one.matching) for one in more)]
