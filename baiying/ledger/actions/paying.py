"""To whom it is paid: written to the bank's file, put right, and forgotten with the case."""

from __future__ import annotations

from uuid import UUID

from baiying.kit import door, log, moment
from baiying.kit.door import Asker
from baiying.kit.errors import Unseen
from baiying.ledger import access, bank
from baiying.ledger.actions.posting import NotReleased, told
from baiying.ledger.models import Payee
from baiying.ledger.payees import To, opened, sealed, sealed_payee
from baiying.ledger.words import Kind


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
        rows = [(one, opened(payees[one.line_id]) if one.line_id in payees else None) for one in items]
    return bank.written(rows, encoding)


def put_payee(asker: Asker, line_id: UUID, to: To) -> None:
    """Write down or put right to whom a grant of the asker's units is paid. :raises Unseen:"""
    with door.open(asker), told():
        line = access.lines(asker.units).filter(id=line_id, kind=Kind.GRANT).first()
        if line is None:
            raise Unseen
        row = access.payees([line_id]).get(line_id)
        if row is None:
            sealed_payee(line, line.unit_id, to).save(force_insert=True)
        else:
            row.sealed, row.changed_at = sealed(bytes(row.key), line_id, to), moment.now()
            row.save(update_fields=["sealed", "changed_at"])
        log.write("ledger.payee_put", line.case or line_id, asker.name)


def forget_case(case: UUID) -> None:
    """A case was erased: names and accounts of its grants go too. Inside the door of the errand `retention`."""
    Payee.objects.filter(case=case).delete()
