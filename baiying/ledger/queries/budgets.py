"""How budgets stand, and their lines. Only who has a post in the unit sees them: what is left is a count too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baiying.kit import door, moment
from baiying.kit.door import Asker
from baiying.kit.errors import Unseen
from baiying.ledger import access
from baiying.ledger.marks import budget_id
from baiying.ledger.models import Budget, Line
from baiying.ledger.queries import payable
from baiying.ledger.words import Kind
from baiying.network import queries as network
from baiying.network.models import Unit

MOST = 500  # lines of one page


@dataclass(frozen=True)
class BudgetLine:
    """One budget as it stands, in fen: what was set aside, promised, granted and paid of it, and what is left."""

    row: Budget
    promised: int
    granted: int
    paid: int
    left: int

    @property
    def total(self) -> int:
        """What was set aside for the year."""
        return self.left + self.promised + self.granted

    @property
    def used(self) -> int:
        """What of it is promised or granted."""
        return self.promised + self.granted

    @property
    def waiting(self) -> int:
        """What was granted and has not been paid."""
        return self.granted - self.paid


def budgets(asker: Asker) -> list[BudgetLine]:
    """Every budget of the asker's units, the newest year first."""
    with door.open(asker):
        rows = list(access.budgets(asker.units))
        last = access.last(row.id for row in rows)
    return [_stands(row, last.get(row.id)) for row in rows]


def budget(asker: Asker, unit: UUID, service: str, year: int) -> BudgetLine:
    """How one budget stands. :raises Unseen: there is none, or it is of a unit that is not the asker's."""
    with door.open(asker):
        row = access.budgets(asker.units).filter(unit_id=unit, service=service, year=year).first()
        if row is None:
            raise Unseen
        return _stands(row, access.last([row.id]).get(row.id))


def lines(asker: Asker, unit: UUID | None = None, service: str = "", year: int = 0) -> list[Line]:
    """The lines of the asker's units, of one unit, service and year where they are named, the last first.

    Uses of a card that cost nothing are left out: one by one they would tell who came. They are counted by month.
    """
    with door.open(asker):
        found = access.lines(asker.units).exclude(kind=Kind.REDEEM, budget=None)
        if unit is not None:
            found = found.filter(unit_id=unit)
        if service:
            found = found.filter(service=service)
        if year:
            found = found.filter(on__gte=date(year, 1, 1), on__lt=date(year + 1, 1, 1))
        return list(found[:MOST])


def lines_of(case: UUID) -> list[Line]:
    """The lines of a case, in the order in which they were written, while it is open (door.look_at), or to a unit that
    bears them."""
    return list(access.of_case(case))


def promises_of(case: UUID) -> list[UUID]:
    """The promises of a case that still keep money free, as far as the door lets them be seen (see `lines_of`)."""
    found = [one.id for one in access.of_case(case) if one.kind == Kind.PROMISE]
    return [one for one in found if any(fen for _line, _budget, fen in access.open_promise(one))]


def waiting(asker: Asker) -> list[payable.Waiting]:
    """What the asker's units granted and have not paid, oldest first; also what has no account yet."""
    with door.open(asker):
        return payable.waiting(asker.units, with_unknown=True)


def payer(unit: Unit, service: str, year: int | None = None) -> UUID | None:
    """The unit itself, or the nearest above it, that has a budget for this service in the year (by default this one);
    None: nobody has. Inside any door."""
    year, seen = year or moment.today().year, set[UUID]()
    found: Unit | None = unit
    while found is not None and found.id not in seen:
        seen.add(found.id)
        if access.are_there([budget_id(found.id, service, year)]):
            return found.id
        found = network.upper(found, moment.today())
    return None


def _stands(row: Budget, last: Line | None) -> BudgetLine:
    if last is None:
        return BudgetLine(row, 0, 0, 0, 0)
    return BudgetLine(row, last.promised, last.granted, last.paid, last.left)
