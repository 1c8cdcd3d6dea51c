"""Whether a grant of a case waits for another account, as she and whoever has the case open may know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baiying.kit import moment
from baiying.ledger import access


@dataclass(frozen=True)
class Retry:
    """``open``: the bank sent it back, and nobody has written another account down since. ``written``: the day on
    which she wrote one herself that nobody has looked at."""

    open: bool
    written: date | None = None


def retry_of(case: UUID) -> Retry:
    """How it stands with the account of a case. Inside any door."""
    rows = access.retries(case)
    written = [at for _line, _nth, _turn, at in rows if at is not None]
    return Retry(bool(rows), moment.shanghai(max(written)).date() if written else None)
