"""She writes the right account herself after the bank sent the money of her request back."""

from __future__ import annotations

from baiying.kit import door, log
from baiying.kit.door import Asker
from baiying.ledger import actions as ledger
from baiying.services.actions.looking import opened


def write(entry: bytes, to: ledger.To) -> None:
    """Keep it sealed for whoever keeps the books. Raises Unseen where her case is no request; Refusal where nothing
    was sent back, or an account was written down since."""
    with door.open(Asker(door=entry)):
        case, _standing = opened(door.asker(), None)
        ledger.write_own(case.id, to)
        log.write("request.account_written", case.id, door.asker().name, {}, case.wrapped)
