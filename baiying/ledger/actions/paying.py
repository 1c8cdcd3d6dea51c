"""To whom it is paid: written to the bank's file, put right, and forgotten with the case."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.kit import door, log
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal, Unseen
from baiying.ledger import access, bank
from baiying.ledger.actions.posting import NotOpen, NotReleased, Waits, told
from baiying.ledger.models import Correction, Item, Payee
from baiying.ledger.payees import To, opened, sealed_payee
from baiying.ledger.queries import payable
from baiying.ledger.words import Kind

MOST_ACCOUNTS = 20  # of one grant: whoever writes more of them needs a person


def export(asker: Asker, number: str, encoding: str = "gb18030") -> bytes:
    """The bank's file of a released batch. Names and accounts come into view: the log says so for each case.

    :raises NotReleased: :raises Unseen:
    """
    with door.open(asker):
        batch = access.batches(asker.units).filter(number=number).first()
        if batch is None:
            raise Unseen
        if batch.released_at is None:
            raise NotReleased
        # As her page tells every opening (cases.queries.reading): which unit, in which office, what for.
        seen = {"unit": str(batch.unit_id), "roles": sorted(asker.roles), "why": "payment"}
        items = list(access.items(batch.id))
        payees = access.payees(one.line_id for one in items)
        for item in items:
            log.write("ledger.exported", item.line.case or item.line_id, asker.name, seen)
        rows = [(one, _to(one, payees.get(one.line_id, []))) for one in items]
    return bank.written(rows, encoding)


def _to(item: Item, rows: list[Payee]) -> To | None:
    """To whom this very attempt went: what was put right after it is for the next one."""
    meant = [one for one in rows if one.turn <= item.turn and not one.hers]
    return opened(meant[-1]) if meant else None


def put_payee(asker: Asker, line_id: UUID, to: To) -> None:
    """Write down to whom a grant of the asker's units is paid; what was written before stays and no longer counts.

    After the bank sent it back this lets it be paid again. The same again is nothing new while it was not tried.
    :raises Unseen: :raises Waits: it stands in a batch. :raises NotOpen: there is nothing left to pay.
    """
    with door.open(asker), told():
        line = access.lines(asker.units).filter(id=line_id, kind=Kind.GRANT).first()
        if line is None:
            raise Unseen
        all_waiting = payable.waiting([line.unit_id], with_unknown=True)
        waiting = next((one for one in all_waiting if one.line.id == line_id), None)
        if waiting is None:
            raise Waits if access.in_batch(line_id) else NotOpen
        rows = access.payees([line_id]).get(line_id, [])
        if rows and rows[-1].turn == waiting.turn and not rows[-1].hers and opened(rows[-1]) == to:
            return
        sealed_payee(line, line.unit_id, to, len(rows) + 1, waiting.turn).save(force_insert=True)
        log.write("ledger.payee_put", line.case or line_id, asker.name)


def write_own(case: UUID, to: To) -> None:
    """She writes the right account herself after the bank sent it back: for each share that waits for one. It is used
    only once whoever keeps the books has looked at it. Inside an open door with her case looked at.

    :raises NotOpen: nothing waits for an account of hers. :raises Refusal: she wrote too many.
    """
    waiting = access.retries(case)
    if not waiting:
        raise NotOpen
    for line_id, nth, turn, _written in waiting:
        line = access.line(line_id)
        if line is None:
            raise NotOpen
        if nth > MOST_ACCOUNTS:
            raise Refusal(_("So many accounts were written here that a person must help. Please call the unit."))
        sealed_payee(line, line.unit_id, to, nth, turn, hers=True).save(force_insert=True)


def own_account(asker: Asker, line_id: UUID) -> To | None:
    """What she wrote for the next attempt to pay this grant, opened for whoever keeps the books; she sees that it was.

    :raises Unseen: no grant of the asker's units.
    """
    with door.open(asker):
        line = access.lines(asker.units).filter(id=line_id, kind=Kind.GRANT).first()
        if line is None:
            raise Unseen
        rows = access.payees([line_id]).get(line_id, [])
        if not rows or not rows[-1].hers:
            return None
        seen = {"unit": str(line.unit_id), "roles": sorted(asker.roles), "why": "payment"}
        log.write("ledger.exported", line.case or line_id, asker.name, seen)
        return opened(rows[-1])


def forget_case(case: UUID) -> None:
    """A case was erased: names and accounts of its grants go too, and what was written to her of those taken back.
    Inside the door of the errand `retention`."""
    Payee.objects.filter(case=case).delete()
    Correction.objects.filter(case=case).update(key=None, sealed=None)
