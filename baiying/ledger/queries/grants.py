"""One grant by its number: every line of it, how it stands, and what was asked of taking it back. No names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baiying.kit import door, moment
from baiying.kit.door import Asker
from baiying.kit.errors import Unseen
from baiying.ledger import access, reasons
from baiying.ledger.models import Correction, Line
from baiying.ledger.queries import payable
from baiying.ledger.words import Kind


@dataclass(frozen=True)
class Asked:
    """A correction with its words, which are gone when the case was erased. ``own``: the asker asked for it."""

    row: Correction
    words: str
    own: bool = False


@dataclass(frozen=True)
class GrantView:
    """A grant as the units that bear it see it. ``waiting``: the shares that wait to be paid; ``hers``: she
    wrote an account for them that nobody has looked at."""

    number: str
    lines: tuple[Line, ...]
    asked: tuple[Asked, ...]
    waiting: tuple[payable.Waiting, ...]
    in_batch: bool
    hers: bool = False

    @property
    def first(self) -> Line:
        return next(one for one in self.lines if one.kind == Kind.GRANT)

    @property
    def given(self) -> int:
        """Fen that were granted of our budgets."""
        return self._sum(Kind.GRANT)

    @property
    def left(self) -> int:
        """Fen that still stand of it."""
        return self._sum(Kind.GRANT, Kind.COUNTER)

    @property
    def paid(self) -> int:
        return self._sum(Kind.PAY, Kind.BOUNCE)

    @property
    def taken_back(self) -> bool:
        """Whether nothing of it stands."""
        return self.left == 0 and any(one.kind == Kind.COUNTER for one in self.lines)

    @property
    def open(self) -> Asked | None:
        """What waits for a second person."""
        return next((one for one in self.asked if one.row.decided_at is None), None)

    @property
    def past(self) -> tuple[Asked, ...]:
        return tuple(one for one in self.asked if one.row.decided_at is not None)

    def _sum(self, *kinds: Kind) -> int:
        return sum(one.fen for one in self.lines if one.kind in kinds)


def grant_of(asker: Asker, number: str) -> GrantView:
    """The grant of this number, as far as the asker's units bear it. :raises Unseen:"""
    with door.open(asker):
        lines = access.grant_numbered(asker.units, number)
        ours = [one for one in lines if one.kind == Kind.GRANT]
        if not ours:
            raise Unseen
        asked = tuple(_asked(one, asker) for one in access.corrections(ours[0].share_of_id or ours[0].id))
        ids = {one.id for one in ours}
        waiting = tuple(one for one in payable.waiting(asker.units, with_unknown=True) if one.line.id in ids)
        last = [rows[-1].hers for rows in access.payees(one.line.id for one in waiting if not one.known).values()]
        return GrantView(number, tuple(lines), asked, waiting, any(access.in_batch(one) for one in ids), any(last))


def corrections_open(asker: Asker) -> list[Correction]:
    """What waits for a second person in the asker's units, each with its first line."""
    with door.open(asker):
        return list(access.corrections_open(asker.units))


@dataclass(frozen=True)
class TakenBack:
    """What she reads of a grant that was taken back, wholly (fen None) or in part."""

    on: date
    fen: int | None
    why: str
    words: str


def taken_back_of(case: UUID) -> list[TakenBack]:
    """What was taken back in a case, while it is open (door.look_at)."""
    return [
        TakenBack(moment.shanghai(one.decided_at).date(), one.fen, one.get_why_display(), reasons.opened(one))
        for one in access.corrections_of_case(case)
        if one.decided_at is not None
    ]


def _asked(row: Correction, asker: Asker) -> Asked:
    return Asked(row, reasons.opened(row), row.asked_by == asker.who)
