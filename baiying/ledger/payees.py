"""To whom it is paid: sealed under a key of its own, since the ledger knows no case's key."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from uuid import UUID

from baiying.kit import moment, sealing
from baiying.ledger.models import Line, Payee

FIELD = "ledger.payee"


@dataclass(frozen=True)
class To:
    """Name, account and bank, as they go to the bank."""

    name: str
    account: str
    bank: str = ""


def sealed_payee(line: Line, unit: UUID, to: To) -> Payee:
    """A new row for this line, not stored yet."""
    key = sealing.new_key(line.id)
    return Payee(
        line_id=line.id,
        district=line.district,
        unit_id=unit,
        case=line.case,
        key=key,
        sealed=sealed(key, line.id, to),
        changed_at=moment.now(),
    )


def sealed(key: bytes, line: UUID, to: To) -> bytes:
    """Name and account under the row's key."""
    return sealing.seal(key, line, FIELD, json.dumps(asdict(to), ensure_ascii=False))


def opened(row: Payee) -> To:
    """Name and account in clear: for the bank alone."""
    return To(**json.loads(sealing.unseal(bytes(row.key), row.line_id, FIELD, bytes(row.sealed))))
