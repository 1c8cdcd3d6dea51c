"""To whom it is paid: sealed under a key of its own, since the ledger knows no case's key."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from uuid import UUID

from baiying.kit import moment, sealing
from baiying.kit.chance import uuid_for
from baiying.ledger.models import Line, Payee

FIELD = "ledger.payee"


@dataclass(frozen=True)
class To:
    """Name, account and bank, as they go to the bank."""

    name: str
    account: str
    bank: str = ""


def sealed_payee(line: Line, unit: UUID, to: To, nth: int = 1, turn: int = 1, hers: bool = False) -> Payee:
    """A new row for this line, not stored yet: the nth, for this attempt to pay and those after it."""
    made = uuid_for(f"{line.id}:{nth}", "ledger payee")
    key = sealing.new_key(made)
    return Payee(
        id=made,
        line_id=line.id,
        nth=nth,
        turn=turn,
        hers=hers,
        district=line.district,
        unit_id=unit,
        case=line.case,
        key=key,
        sealed=sealing.seal(key, made, FIELD, json.dumps(asdict(to), ensure_ascii=False)),
        changed_at=moment.now(),
    )


def opened(row: Payee) -> To:
    """Name and account in clear: for the bank alone."""
    return To(**json.loads(sealing.unseal(bytes(row.key), row.id, FIELD, bytes(row.sealed))))
