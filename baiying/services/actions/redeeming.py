"""What counters noted down is settled, now or when they are online again: the first use wins, and the counter that
comes too late is told so; nothing of it is held against her. The line in the ledger knows her keyed mark and service,
and no counter; the count of the counter knows no line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from django.db.models import F

from baiying.catalogue.promised import promised
from baiying.engine import card
from baiying.engine.card import Verdict, Written
from baiying.kit import door, moment
from baiying.kit.chance import uuid_for
from baiying.ledger.actions import Twice, What, Whom, redeem
from baiying.ledger.queries import whom
from baiying.ledger.queries.redeemed import is_redeemed
from baiying.members import queries as members
from baiying.services.models import Counter, Tally
from baiying.services.queries import counters
from baiying.services.words import ERRAND

LATEST = timedelta(days=31)  # what was noted down longer ago is not settled any more
TAIL = "#"


class Settled(StrEnum):
    """What became of one use that a counter noted down; beside these the words of `engine.card.Verdict`."""

    COUNTED = "counted"
    TWICE = "twice"  # used up elsewhere, or before
    OLD = "old"


@dataclass(frozen=True)
class Noted:
    """One use as a counter noted it down: the code, and when by its clock (seconds since 1970)."""

    code: str
    at: int


def settle(counter: Counter, noted: Iterable[Noted]) -> list[str]:
    """What became of each, in their order. The same code sent twice is once. Each stands by itself."""
    keys = counters.public_keys()
    return [_settle(counter, one, keys) for one in noted]


def check(counter: Counter, code: str) -> tuple[str, bool]:
    """For a counter without JavaScript: (the verdict now, whether that is a yes), without noting anything down."""
    now = int(moment.now().timestamp())
    verdict, written = card.verify(code, counter=counter.number, keys=counters.public_keys(), now=now)
    if verdict is Verdict.YES and written is not None:
        with door.errand(ERRAND):
            verdict = _whose(counter, written, datetime.fromtimestamp(now, UTC))[0]
            if verdict is Verdict.YES and is_redeemed(_key(written)):
                verdict = Verdict.SHOWN
    return str(verdict), verdict is Verdict.YES


def _settle(counter: Counter, noted: Noted, keys: dict[bytes, bytes]) -> str:
    now = int(moment.now().timestamp())
    if noted.at < now - int(LATEST.total_seconds()):
        return Settled.OLD
    verdict, written = card.verify(noted.code, counter=counter.number, keys=keys, now=min(noted.at, now))
    if verdict is not Verdict.YES or written is None:
        return str(verdict)
    with door.errand(ERRAND):
        Counter.objects.select_for_update().get(id=counter.id)  # one after another
        if is_redeemed(_key(written)):
            return Settled.COUNTED
        verdict, who = _whose(counter, written, datetime.fromtimestamp(noted.at, UTC))
        if verdict is not Verdict.YES or who is None:
            return str(verdict)
        day = moment.shanghai(datetime.fromtimestamp(written.token.made, UTC)).date()
        return _write(counter, _key(written), who, day)


def _key(written: Written) -> str:
    return f"card:{written.serial}"


def _whose(counter: Counter, written: Written, at: datetime) -> tuple[Verdict, Whom | None]:
    """Who it is, as the ledger calls her; inside the errand. A card that had ended by then is listed as lost."""
    token = written.token
    made = datetime.fromtimestamp(token.made, UTC)
    who, number, day = card.open_mark(counters.mark_key(), token.mark)
    if (number, day) != (counter.number, counters.day_number(made)):
        return Verdict.FORGED, None  # signed by us and not of our making: a leaked signing key
    for held in members.cards_called(who):
        if counters.handle_of(held.id, counter, day) == token.handle:
            ended = held.ended_at is not None and held.ended_at <= at
            return (Verdict.LOST, None) if ended else (Verdict.YES, whom(held.person_id))
    return Verdict.LOST, None


def _write(counter: Counter, key: str, who: Whom, on: date) -> str:
    """One line, in the first turn that is free; and one more in the count of the counter's month."""
    period = counters.period_of(counter.per, on)
    turns = [f"{period}{TAIL}{turn}" for turn in range(2, counter.times + 1)]
    version = promised().declared.get(counter.service, "")
    for once in [(period,), *((one,) for one in turns)] if counter.per else [()]:
        what = What(counter.district, counter.service, period, who, version, once=once, unit=counter.unit_id)
        try:
            redeem(key, what)
        except Twice:
            continue
        _count(counter, on.replace(day=1))
        return Settled.COUNTED
    return Settled.TWICE


def _count(counter: Counter, month: date) -> None:
    first = {"district": counter.district, "unit_id": counter.unit_id, "counter": counter, "month": month}
    row, _made = Tally.objects.get_or_create(id=uuid_for(f"{counter.id}:{month}", "counter tally"), defaults=first)
    Tally.objects.filter(id=row.id).update(times=F("times") + 1)
