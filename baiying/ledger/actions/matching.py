"""Matching: a unit declares that it adds to what another one grants, up to a ceiling; and ends it again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.kit import door, log, moment
from baiying.kit.chance import uuid_for
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal, Unseen
from baiying.kit.number import ref_of
from baiying.ledger import access
from baiying.ledger.actions.budgeting import MOST_FEN
from baiying.ledger.actions.posting import told
from baiying.ledger.marks import budget_id
from baiying.ledger.models import Matching

MOST_PER_HUNDRED = 1000


@dataclass(frozen=True)
class Plan:
    """``unit`` adds ``per_hundred`` yuan to each hundred that ``to`` grants of a service in a year, up to ``most``
    fen altogether."""

    unit: UUID
    to: UUID
    service: str
    year: int
    per_hundred: int
    most: int


def declare_matching(asker: Asker, key: str, district: str, plan: Plan) -> UUID:
    """Add to another unit's grants from now on, out of the asker's own budget. The same key twice is once.

    :raises Unseen: no unit of the asker's. :raises Refusal: no budget, no such share or ceiling, or it is declared
    already.
    """
    if plan.unit not in asker.units:
        raise Unseen
    if plan.unit == plan.to or not (1 <= plan.per_hundred <= MOST_PER_HUNDRED and 0 < plan.most <= MOST_FEN):
        raise Refusal(_("Choose another unit, a share of 1 to 1000 yuan for each 100, and a ceiling in yuan."))
    made, budget = uuid_for(f"{key}:{plan.unit}", "ledger matching"), budget_id(plan.unit, plan.service, plan.year)
    with door.open(asker), told():
        if access.matchings([plan.unit]).filter(id=made).exists():
            return made
        if not access.are_there([budget]):
            raise Refusal(
                _("Your unit has set no money aside for this service in this year. Do that first; then declare this.")
            )
        Matching(
            id=made, district=district, unit_id=plan.unit, to_id=plan.to, budget_id=budget, service=plan.service,
            year=plan.year, per_hundred=plan.per_hundred, most=plan.most, by=asker.who, at=moment.now(),
        ).save(force_insert=True)  # fmt: skip
        log.write("ledger.matching_declared", made, asker.name)
    return made


def end_matching(asker: Asker, ref: str) -> None:
    """Nothing is added from now on; what was granted with it stays. Twice is once. :raises Unseen: not its own."""
    with door.open(asker), told():
        rows = access.matchings(asker.units).select_for_update()
        row = next((one for one in rows if one.unit_id in asker.units and ref_of(one.id) == ref), None)
        if row is None:
            raise Unseen
        if row.ended_at is None:
            row.ended_by, row.ended_at = asker.who, moment.now()
            row.save(update_fields=["ended_by", "ended_at"])
            log.write("ledger.matching_ended", row.id, asker.name)
