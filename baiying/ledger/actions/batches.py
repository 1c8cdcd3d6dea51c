"""Paying: a batch is made by one person, released by another, brought to the bank, and what the bank says is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.kit import door, log, moment, news
from baiying.kit.chance import uuid_for
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal, Unseen
from baiying.kit.number import number_for
from baiying.ledger import access, bank
from baiying.ledger.actions.posting import NotReleased, post, told
from baiying.ledger.models import Batch, Item, Line
from baiying.ledger.queries import payable
from baiying.ledger.words import Kind

#: The bank sent a payment back. Facts: case=UUID or None.
BOUNCED = news.declare("ledger.bounced")
MOST = 2000  # of one batch: what a bank takes in one file


class SamePerson(Refusal):
    """Four eyes: who made a batch does not release it."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "You made this payment batch, so somebody else must release it: two people look at money "
                "before it leaves. Ask a colleague who may release payments."
            )
        )


class BadResults(Refusal):
    """The bank's file does not fit the batch; nothing of it was taken."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(
            _("The file does not fit this batch, so nothing of it was taken. %(faults)s"), faults=" ".join(faults)
        )


def make_batch(asker: Asker, key: str, unit: UUID, grants: Iterable[UUID] | None = None) -> Batch:
    """Freeze the grants of a unit that wait for payment (all, or these) into a batch. The same key twice is once.

    :raises Refusal: there is nothing to pay. :raises Waits: one of them stands in another batch by now.
    """
    if unit not in asker.units or asker.who is None:
        raise Unseen
    made = uuid_for(f"{key}:{unit}", "ledger batch")
    with door.open(asker), told():
        if (there := access.batches([unit]).filter(id=made).first()) is not None:
            return there
        wanted = None if grants is None else set(grants)
        rows = [one for one in payable.waiting([unit]) if wanted is None or one.line.id in wanted][:MOST]
        if not rows or (wanted is not None and len(rows) < len(wanted)):
            raise Refusal(
                _(
                    "There is nothing here that can be paid: what was granted is paid, stands in another "
                    "batch, or has no account yet. Load the page again to see how it stands."
                )
            )
        items = [
            Item(
                id=uuid_for(f"{made}:{one.line.id}", "ledger item"),
                batch_id=made,
                unit_id=unit,
                line_id=one.line.id,
                turn=one.turn,
                fen=one.fen,
                ref=number_for(f"{made}:{one.line.id}"),
            )
            for one in rows
        ]
        batch = Batch(
            id=made,
            district=rows[0].line.district,
            unit_id=unit,
            number=number_for(f"ledger {made}"),
            count=len(items),
            fen=sum(one.fen for one in items),
            digest=digest(items),
            made_by=asker.who,
            made_at=moment.now(),
        )
        batch.save(force_insert=True)
        for item in sorted(items, key=lambda one: str(one.line_id)):
            item.save(force_insert=True)
        log.write("ledger.batch_made", made, asker.name)
    return batch


def release_batch(asker: Asker, number: str) -> None:
    """Let a batch go to the bank. Twice is once. :raises SamePerson: :raises NotReleased: it was dropped."""
    with door.open(asker), told():
        batch = locked(asker, number)
        if batch.released_at is not None:
            return
        if batch.dropped_at is not None:
            raise NotReleased
        if batch.made_by == asker.who:
            raise SamePerson
        if bytes(batch.digest) != digest(access.items(batch.id)):
            raise Refusal(
                _(
                    "What is in this batch is not what was made. It cannot be released; drop it and make "
                    "another one, and tell the operator."
                ),
                status=409,
            )
        batch.released_by, batch.released_at = asker.who, moment.now()
        batch.save(update_fields=["released_by", "released_at"])
        log.write("ledger.batch_released", batch.id, asker.name)


def drop_batch(asker: Asker, number: str) -> None:
    """Take a batch apart before it is released: what was in it can be paid in another one. Twice is once."""
    with door.open(asker), told():
        batch = locked(asker, number)
        if batch.released_at is not None:
            raise NotReleased
        if batch.dropped_at is None:
            batch.dropped_by, batch.dropped_at = asker.who, moment.now()
            batch.save(update_fields=["dropped_by", "dropped_at"])
            log.write("ledger.batch_dropped", batch.id, asker.name)


def take_results(asker: Asker, number: str, file: bytes) -> bank.Taken:
    """Read what the bank paid and what bounced. All of the file or nothing; the same file twice changes nothing.

    :raises BadResults: a row that is not of this batch, another sum, two results for one payment, or "paid" for what
    bounced before. :raises NotReleased:
    """
    results = bank.read(file)
    with door.open(asker), told():
        batch = locked(asker, number)
        if batch.released_at is None:
            raise NotReleased
        items = {one.ref: one for one in access.items(batch.id)}
        before = access.results(batch.id)
        if faults := bank.faults(results, items, before):
            raise BadResults(faults)
        paid = bounced = 0
        for ref, result in sorted(results.items(), key=lambda one: str(items[one[0]].line.budget_id)):
            item = items[ref]
            kinds = before.get(item.id, frozenset())
            if result.paid and Kind.PAY not in kinds:
                post(_result(item, Kind.PAY, item.fen))
                paid += 1
            elif not result.paid and Kind.BOUNCE not in kinds:
                post(_result(item, Kind.BOUNCE, -item.fen if Kind.PAY in kinds else 0))
                news.tell(BOUNCED, case=item.line.case)
                bounced += 1
        log.write("ledger.results_taken", batch.id, asker.name, {"paid": paid, "bounced": bounced})
    return bank.Taken(paid, bounced, len(results) - paid - bounced)


def locked(asker: Asker, number: str) -> Batch:
    """A batch of the asker's units, and nobody else changes it meanwhile. :raises Unseen:"""
    found = access.batches(asker.units).select_for_update().filter(number=number).first()
    if found is None:
        raise Unseen
    return found


def digest(items: Iterable[Item]) -> bytes:
    """The hash of what is in a batch: each grant, its turn, sum and reference."""
    told_ = sorted(f"{one.line_id} {one.turn} {one.fen} {one.ref}" for one in items)
    return hashlib.sha256("\n".join(told_).encode()).digest()


def _result(item: Item, kind: Kind, fen: int) -> Line:
    return Line(
        id=uuid_for(f"{item.id}", f"ledger {kind}"),
        kind=kind,
        budget_id=item.line.budget_id,
        fen=fen,
        of_id=item.line_id,
        item_id=item.id,
    )
