"""Budgets: opened once for a unit, service and year; more or less money is a further line, never an edit."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.kit import door, log, moment
from baiying.kit.chance import uuid_for
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal, Unseen
from baiying.ledger import access
from baiying.ledger.actions.posting import post, told
from baiying.ledger.marks import budget_id
from baiying.ledger.models import Budget, Line
from baiying.ledger.words import Kind

#: A hundred thousand million yuan: beyond it somebody typed fen for yuan, or worse.
MOST_FEN = 10**13


def open_budget(asker: Asker, key: str, district: str, unit: UUID, service: str, year: int, fen: int) -> UUID:
    """Set money aside for a service in a year. One that is there already gets so much more (or less, below nought).

    The same key twice is once. :raises Spent: less than was promised and granted. :raises Unseen: no unit of the
    asker's. :raises Refusal: no sum, or one that cannot be meant.
    """
    if unit not in asker.units:
        raise Unseen
    if not -MOST_FEN <= fen <= MOST_FEN or fen == 0:
        raise Refusal(_("Write how much money is set aside, in yuan, with at most two decimals."))
    made, line = budget_id(unit, service, year), uuid_for(f"{key}:{unit}", f"ledger {Kind.FUND}")
    with door.open(asker), told():
        if access.stands(line):
            return made
        if not access.are_there([made]):
            Budget(
                id=made, district=district, unit_id=unit, service=service, year=year, by=asker.who, at=moment.now()
            ).save(force_insert=True)
            log.write("ledger.opened", made, asker.name)
        post(Line(id=line, district=district, unit_id=unit, budget_id=made, kind=Kind.FUND, fen=fen, service=service))
    return made
