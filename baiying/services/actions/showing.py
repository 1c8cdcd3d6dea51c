"""A code of her card for one counter: made when she asks, kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.engine import card
from baiying.engine.services import Service
from baiying.kit import moment, signing
from baiying.kit.errors import Refusal
from baiying.members import queries as members
from baiying.services.models import Counter
from baiying.services.queries import counters, entitlement

LASTS = timedelta(minutes=10)


class NoCard(Refusal):
    """She has none, or none any more."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "You have no card at the moment, so there is no code to show. You can ask for one on the page of your "
                "card, if you want it."
            )
        )


class NotHers(Refusal):
    """The service is not hers as far as is known; nobody but she is told."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "As far as is known of you, you cannot have this service now, so no code was made. The reasons stand "
                "under “What I may have”; there you can also let a person decide."
            )
        )


class UsedUp(Refusal):
    """She has used it as often as one may."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "You have used this service as often as one person may for now. On the page of your card you see how "
                "often that was. If it is wrong, let a person decide."
            )
        )


@dataclass(frozen=True)
class Shown:
    """A code, for which counter and service, and until when it holds."""

    code: str
    counter: Counter
    service: Service
    until: datetime


def show(person_id: UUID, ref: str, whole_day: bool = False) -> Shown:
    """A new code for one counter: for ten minutes, or for the rest of the day when she will have no network there.

    No code outlives its day. :raises NoCard: :raises NotHers: :raises UsedUp: :raises Unseen: no such counter.
    """
    held, counter = members.card(person_id), counters.open_counter(ref)
    if held is None:
        raise NoCard
    offer = entitlement.offer(person_id, counter.service)
    if offer.state != entitlement.YES or counter.service not in counters.usable():
        raise NotHers
    if counter.per and counters.used_now(person_id, [counter])[counter.id] >= counter.times:
        raise UsedUp
    made = moment.now().replace(microsecond=0)
    here = made.astimezone(moment.SHANGHAI)
    midnight = datetime.combine(here.date() + timedelta(days=1), time(), moment.SHANGHAI)
    until = midnight if whole_day else min(made + LASTS, midnight)
    lasts = max(int((until - made).total_seconds()) // 60, 1)
    day = counters.day_number(made)
    mark = card.seal_mark(counters.mark_key(), bytes(held.who), counter.number, day)
    token = card.Token(counter.number, int(made.timestamp()), lasts, mark, counters.handle_of(held.id, counter, day))
    code = card.write(token, signing.signer(counters.KEYS).private)
    return Shown(code, counter, offer.service, datetime.fromtimestamp(token.until, UTC))
