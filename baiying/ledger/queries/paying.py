"""Payment batches as pages show them: numbers and sums, no names."""

from __future__ import annotations

from dataclasses import dataclass

from baiying.kit import door
from baiying.kit.door import Asker
from baiying.kit.errors import Unseen
from baiying.ledger import access
from baiying.ledger.models import Batch, Item
from baiying.ledger.words import Kind

MADE, RELEASED, DROPPED, DONE = "made", "released", "dropped", "done"
OPEN, PAID, BOUNCED = "open", "paid", "bounced"
MOST = 50  # batches of one page


@dataclass(frozen=True)
class BatchView:
    """One batch. ``state``: made, released, dropped, done (every payment has its result). ``items``: each payment with
    what became of it (open, paid, bounced)."""

    row: Batch
    items: tuple[tuple[Item, str], ...]

    def count(self, *states: str) -> int:
        return sum(state in states for _item, state in self.items)

    @property
    def paid(self) -> int:
        return self.count(PAID)

    @property
    def bounced(self) -> int:
        return self.count(BOUNCED)

    @property
    def paid_fen(self) -> int:
        return sum(item.fen for item, state in self.items if state == PAID)

    @property
    def state(self) -> str:
        if self.row.dropped_at is not None:
            return DROPPED
        if self.row.released_at is None:
            return MADE
        return RELEASED if self.count(OPEN) else DONE


def batches(asker: Asker) -> list[BatchView]:
    """Every batch of the asker's units, the last first."""
    with door.open(asker):
        return [_view(row) for row in access.batches(asker.units)[:MOST]]


def batch(asker: Asker, number: str) -> BatchView:
    """One batch. :raises Unseen:"""
    with door.open(asker):
        row = access.batches(asker.units).filter(number=number).first()
        if row is None:
            raise Unseen
        return _view(row)


def _view(row: Batch) -> BatchView:
    results = access.results(row.id)
    return BatchView(row, tuple((item, _state(results.get(item.id, frozenset()))) for item in access.items(row.id)))


def _state(kinds: frozenset[str]) -> str:
    return BOUNCED if Kind.BOUNCE in kinds else PAID if Kind.PAY in kinds else OPEN
