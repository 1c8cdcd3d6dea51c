"""What one unit adds to what another one grants: as both of them see it, and as whoever grants reckons with it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from baiying.kit import door, moment
from baiying.kit.door import Asker
from baiying.kit.number import ref_of
from baiying.ledger import access
from baiying.ledger.models import Matching

HUNDRED = 100


@dataclass(frozen=True)
class Side:
    """What one of the two has promised, granted and paid of what was matched, in fen."""

    promised: int = 0
    granted: int = 0
    paid: int = 0


@dataclass(frozen=True)
class MatchingView:
    """One matching with both its sides. ``own``: the asker's unit is the one that adds."""

    row: Matching
    granting: Side
    adding: Side
    own: bool

    @property
    def ref(self) -> str:
        return ref_of(self.row.id)

    @property
    def left(self) -> int:
        """Fen that it may still add, as far as its budget has them."""
        return self.row.most - self.adding.promised - self.adding.granted


@dataclass(frozen=True)
class Addition:
    """What a unit would add to a grant. ``fits``: its ceiling and its budget allow all of it."""

    matching: UUID
    unit: UUID
    fen: int
    fits: bool


def matchings(asker: Asker) -> list[MatchingView]:
    """What the asker's units add to others' grants, and what others add to theirs; the newest year first."""
    with door.open(asker):
        return [_view(one, asker) for one in access.matchings(asker.units)]


def additions(payer: UUID, service: str, fen: int, year: int | None = None) -> list[Addition]:
    """What other units would add to this sum of this unit's budget; what is less than a fen is dropped. Inside any
    door."""
    found = access.matchings_to(payer, service, year or moment.today().year)
    told = [(matching, unit, fen * per_hundred // HUNDRED, room) for matching, unit, per_hundred, room in found]
    return [Addition(matching, unit, more, more <= room) for matching, unit, more, room in told if more]


def _view(row: Matching, asker: Asker) -> MatchingView:
    sides = {added: Side(*sums) for added, *sums in access.matched(row.id)}
    return MatchingView(row, sides.get(False, Side()), sides.get(True, Side()), row.unit_id in asker.units)
