"""A grant is taken back, or lessened: one person asks with a reason that she reads, another one agrees.

Nothing that was written is touched: what comes of it is counter-lines. More money is no correction; it is decided anew.
"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.kit import door, log, moment, news
from baiying.kit.chance import uuid_for
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal, Unseen
from baiying.ledger import access, reasons
from baiying.ledger.actions.granting import counter
from baiying.ledger.actions.posting import NotOpen, told
from baiying.ledger.models import Correction, Line
from baiying.ledger.words import GIVEN_WHY, Kind, Why

#: A grant was taken back or lessened by two people. Facts: case=UUID or None.
CORRECTED = news.declare("ledger.corrected")
MOST_CHARACTERS = 1000


class SameCorrector(Refusal):
    """Four eyes: who asked that a grant be taken back does not agree to it."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "You asked for this yourself, so somebody else must agree: two people look before something is "
                "taken from a person. Ask a colleague who may correct grants."
            )
        )


def ask_back(asker: Asker, number: str, why: str, words: str, fen: int | None = None) -> None:
    """Ask that the grant of this number be taken back: all of it, or so many fen. The very same again is once.

    ``words``: what she reads. :raises Unseen: :raises Refusal: without words or sum, or another one waits already.
    :raises NotOpen: more than still stands of it.
    """
    words = words.strip()
    if asker.who is None or why not in GIVEN_WHY:
        raise Unseen
    if not words or len(words) > MOST_CHARACTERS:
        raise Refusal(_("Write in plain words why it is taken back: the person reads it."))
    with door.open(asker), told():
        line = first_of(asker, number)
        open_ = access.open_grant(line.id)
        left = sum(one for _line, _budget, one in open_)
        gone = access.is_taken_back(line) or (left == 0 and any(budget for _line, budget, _fen in open_))
        if gone or (fen is not None and not 0 < fen <= left):
            raise NotOpen
        last = access.corrections(line.id)[:1]
        if last and last[0].decided_at is None:
            if (last[0].why, last[0].fen, last[0].asked_by) == (why, fen, asker.who):
                return
            raise Refusal(_("Somebody has asked already to take this back. Decide that first."), status=409)
        made = uuid_for(f"{line.id}:{access.corrections(line.id).count()}", "ledger correction")
        row = Correction(
            id=made, line_id=line.id, district=line.district, unit_id=line.unit_id, case=line.case, fen=fen, why=why,
            asked_by=asker.who, asked_at=moment.now(),
        )  # fmt: skip
        reasons.put(row, words)
        row.save(force_insert=True)
        log.write("ledger.correction_asked", line.case or line.id, asker.name, {"line": str(line.id)})


def decide_back(asker: Asker, number: str, agreed: bool) -> None:
    """Another person agrees, and the counter-lines are written; or somebody, also who asked, lets it be.

    :raises SameCorrector: :raises Unseen: nothing was asked. :raises NotOpen: :raises Waits: as for `counter`; then
    nothing is written.
    """
    with door.open(asker), told():
        line = first_of(asker, number)
        row = access.corrections(line.id).select_for_update().filter(decided_at=None).first()
        if row is None or asker.who is None:
            raise Unseen
        if agreed and row.asked_by == asker.who:
            raise SameCorrector
        row.decided_by, row.decided_at, row.agreed = asker.who, moment.now(), agreed
        row.save(update_fields=["decided_by", "decided_at", "agreed"])
        log.write("ledger.correction_agreed" if agreed else "ledger.correction_left", line.case or line.id, asker.name)
        if agreed:
            counter(f"correction:{row.id}", line.id, Why(row.why), _shares(line.id, row.fen))
            news.tell(CORRECTED, case=line.case)


def first_of(asker: Asker, number: str) -> Line:
    """The grant of this number, by the share that the asker's units bear. :raises Unseen:"""
    found = next((one for one in access.grant_numbered(asker.units, number) if one.kind == Kind.GRANT), None)
    if found is None:
        raise Unseen
    if found.share_of_id is not None:
        found = access.line(found.share_of_id) or _unseen_first(found)
    return found


def _unseen_first(share: Line) -> Line:
    """The first line of a grant whose first share another unit bears: the same deed, borne by this unit here."""
    assert share.share_of_id is not None
    return Line(id=share.share_of_id, district=share.district, unit_id=share.unit_id, case=share.case, fen=share.fen)


def _shares(grant: UUID, fen: int | None) -> dict[UUID, int] | None:
    """What is taken back of each share: all, or as they bear it, what does not divide from the first ones."""
    if fen is None:
        return None
    open_ = access.open_grant(grant)
    left = sum(one for _line, _budget, one in open_)
    if fen > left:
        raise NotOpen
    parts = {line: fen * one // left for line, _budget, one in open_}
    rest = fen - sum(parts.values())
    for line, _budget, one in open_:
        more = min(rest, one - parts[line])
        parts[line] += more
        rest -= more
    return parts
