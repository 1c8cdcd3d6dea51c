"""Where services are used with the card: for her, for a unit that keeps counters, for the device of a counter."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baiying.catalogue.promised import promised
from baiying.engine import card, cells
from baiying.engine.services import Service
from baiying.kit import chance, door, moment, signing
from baiying.kit.door import Asker
from baiying.kit.errors import Unseen
from baiying.kit.keys import keyring
from baiying.ledger import queries as ledger
from baiying.members import queries as members
from baiying.services import access
from baiying.services.models import Counter
from baiying.services.queries import entitlement
from baiying.services.queries.rulebook import NOT_OF_A_PERSON, is_quiet
from baiying.services.words import Per

KEYS = "card"  # the purpose of the signing keys
EPOCH = date(1970, 1, 1)
FULL = 16  # a list of lost cards is filled up to a multiple of this, so that its length says little
PERIODS: Mapping[str, str] = {Per.DAY: "%Y-%m-%d", Per.MONTH: "%Y-%m", Per.YEAR: "%Y", Per.LIFE: "life"}


@dataclass(frozen=True)
class Place:
    """One counter as she sees it: what is used there, and how often she has in the time of its limit."""

    counter: Counter
    service: Service
    used: int

    @property
    def left(self) -> int | None:
        """How often she still may; None: as often as she likes."""
        return max(self.counter.times - self.used, 0) if self.counter.per else None


@dataclass(frozen=True)
class Kept:
    """One counter as the unit that keeps it sees it. ``months``: (month, uses), None where they are too few to tell."""

    counter: Counter
    service: Service | None
    months: tuple[tuple[date, int | None], ...]


def period_of(per: str, on: date) -> str:
    """For which time a use counts, as the ledger writes it; empty: no limit."""
    return on.strftime(PERIODS[per]) if per else ""


def day_number(at: datetime) -> int:
    """The day in Asia/Shanghai, as days since 1970: what stands in marks."""
    return (at.astimezone(moment.SHANGHAI).date() - EPOCH).days


def mark_key() -> bytes:
    """The key of marks (engine.card.seal_mark); from the family that is never rotated."""
    return keyring().subkey("card marks")


def handle_of(card_id: UUID, counter: Counter, day: int) -> bytes:
    """By which a card is listed as lost for a counter and a day."""
    return card.handle(keyring().subkey("card handles"), card_id.bytes, counter.number, day)


def usable() -> dict[str, Service]:
    """The services for which a counter may be opened: what a person gets, whose rule tells nothing private. A counter
    of another one would learn who is poor or ill."""
    held = promised()
    return {
        key: one
        for key, one in held.services.items()
        if key in held.rules
        and held.rules[key].requirements
        and one.kind not in NOT_OF_A_PERSON
        and one.in_force(moment.today())
        and not is_quiet(one, held.rules[key], held)
    }


def open_counter(ref: str) -> Counter:
    """One counter that is open, by what people call it. Raises Unseen."""
    found = access.counters().filter(ref=ref.strip().upper()[:8]).first()
    if found is None:
        raise Unseen
    return found


def places(person_id: UUID) -> list[Place]:
    """Every open counter whose service is hers now. Whatever is not hers is not on the list: the reasons stand among
    what she may have."""
    open_ = list(access.counters())
    if not open_:
        return []
    hers = {one.service.key: one.service for one in entitlement.mine(person_id).of(entitlement.YES)}
    found = [one for one in open_ if one.service in hers]
    counts = used_now(person_id, found)
    return [Place(one, hers[one.service], counts[one.id]) for one in found]


def used_now(person_id: UUID, counters: list[Counter]) -> dict[UUID, int]:
    """How often she has used the service of each of these counters, anywhere, in the present time of its limit."""
    whom = ledger.whom(person_id)
    with door.open(Asker(who=person_id)):
        had = {key: ledger.used(key, whom) for key in {one.service for one in counters}}
    today = moment.today()
    return {
        one.id: sum(not one.per or use.period == period_of(one.per, today) for use in had[one.service])
        for one in counters
    }


def kept(asker: Asker) -> list[Kept]:
    """The counters of the asker's units, with counts by month that point at nobody."""
    services = promised().services
    with door.open(asker):
        rows = list(access.counters_kept(asker.units))
        months: dict[UUID, list[tuple[date, int | None]]] = {}
        for one in access.tallies(asker.units):
            told = one.times if one.times >= cells.LEAST else None
            months.setdefault(one.counter_id, []).append((one.month, told))
    # the month that runs would tell each use as it comes
    first = moment.today().replace(day=1)
    return [
        Kept(one, services.get(one.service), tuple(cell for cell in months.get(one.id, []) if cell[0] < first))
        for one in rows
    ]


def device_of(key: str) -> Counter | None:
    """The open counter whose device says this key, or nothing."""
    return access.counters().filter(device=hashed("device", key)).first() if key else None


def hashed(purpose: str, told: str) -> bytes:
    """A set-up code or the key of a device, as it is kept."""
    return hmac.digest(keyring().subkey(f"counter {purpose}"), told.encode(), "sha256")


def public_keys() -> dict[bytes, bytes]:
    """The public keys that verify codes today, by their id."""
    return {card.key_id(one): one for one in signing.publics(KEYS)}


def lost_list(counter: Counter) -> str:
    """The signed list of the cards that ended today, for one counter, filled up with handles of no card."""
    now = moment.now()
    day = day_number(now)
    with door.errand("members"):
        handles = {handle_of(one, counter, day) for one in members.cards_ended_on(moment.today())}
    filling = (
        chance.bytes_for(f"{counter.number}:{day}:{turn}", "no card", card.HANDLE_BYTES)
        for turn in range(-len(handles) % FULL or (0 if handles else FULL))
    )
    signer = signing.signer(KEYS).private
    return card.write_list(counter.number, int(now.timestamp()), day, handles | set(filling), signer)


def pack(counter: Counter) -> dict[str, object]:
    """All that the device of a counter needs to verify without a network."""
    return {
        "counter": counter.number,
        "at": int(moment.now().timestamp()),
        "keys": {id_.hex(): public.hex() for id_, public in public_keys().items()},
        "list": lost_list(counter),
        "most": counter.times if counter.per else 0,
    }
