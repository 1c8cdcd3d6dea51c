"""Limited places: a round is put out, people stand in its line, and a draw that anybody can repeat says who has one.

The seed comes of the keyring and the round alone; its hash is told when the round opens, so that nobody, the operator
included, chooses it after seeing who asked. It is told with the draw.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from baiying.catalogue.promised import promised
from baiying.engine.rules import Places, Test
from baiying.engine.rules.choosing import Applicant, in_order
from baiying.engine.rules.logic import Person, holds
from baiying.kit import chance, door, log, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.kit.number import number_for
from baiying.network import queries as network
from baiying.services.models_requests import Lot, Round
from baiying.services.queries.requests import Standing, drawn_list, rounds

PLACES_MOST, NAME_MOST = 5000, 60


@dataclass(frozen=True)
class Plan:
    """What a unit puts out. The same key twice is one round."""

    key: str
    service: str
    name: str
    places: int
    opens: date
    closes: date


def open_round(asker: door.Asker, plan: Plan) -> Round:
    """Put out places of a service that has few. Raises Unseen, Refusal with a sentence."""
    held = promised()
    rule, units = held.rules.get(plan.service), sorted(asker.units)
    if rule is None or rule.places is None or not units or asker.who is None:
        raise Unseen
    if not plan.name.strip() or len(plan.name) > NAME_MOST:
        raise Refusal(_("Give the round a name of up to %(most)d characters, such as when and where."), most=NAME_MOST)
    if not 1 <= plan.places <= PLACES_MOST:
        raise Refusal(_("Write how many places there are, from 1 to %(most)d."), most=PLACES_MOST)
    if plan.closes < plan.opens or plan.closes < moment.today():
        raise Refusal(_("The last day to ask must lie after the first, and not in the past."))
    unit = network.unit(units[0])
    if unit is None:
        raise Unseen
    made = chance.uuid_for(f"{unit.id}:{plan.service}:{plan.key}", "round")
    with door.open(asker):
        there = Round.objects.filter(id=made).first()
        if there is not None:
            return there
        row = Round(id=made, district=unit.district, unit=unit, service=plan.service, name=plan.name.strip(),
                    places=plan.places, opens=plan.opens, closes=plan.closes, by=asker.who, at=moment.now(),
                    sealed_seed=sha256(seed_of(made).encode()).hexdigest())  # fmt: skip
        row.save(force_insert=True)
        log.write("round.opened", made, asker.name,
                  {"service": plan.service, "places": plan.places, "sealed_seed": row.sealed_seed})  # fmt: skip
    return row


def seed_of(made: object) -> str:
    """The seed of a round: only the keyring makes it."""
    return chance.bytes_for(str(made), "draw", 32).hex()


def stand_in_line(standing: Standing) -> Lot:
    """Her request takes part in its round. Inside the open door of its case. Raises Refusal when there is none."""
    row = standing.row.round
    if row is None or row.drawn_at is not None:
        raise Refusal(
            _(
                "She has not chosen a round that is still to be drawn. Tell her which one is next; then she "
                "sends a request for it."
            )
        )
    assert standing.rule.places is not None
    lot = Lot(
        id=chance.uuid_for(f"{standing.case.id}", "lot"), case=standing.case.id, district=standing.case.district,
        round=row, unit_id=row.unit_id, person_id=standing.row.person_id,
        number=number_for(f"lot {standing.case.id}"), came_at=standing.row.at,
        prefer=preference(standing), lost=0,
    )  # fmt: skip
    if Lot.objects.filter(id=lot.id).exists():
        return lot
    try:
        with transaction.atomic():
            lot.save(force_insert=True)
    except IntegrityError:
        raise Refusal(_("She stands in the line of this round already: one person, one lot.")) from None
    return lot


def preference(standing: Standing) -> int | None:
    """The first preference of the rule that surely holds for her."""
    assert standing.rule.places is not None
    person = Person(dict(standing.facts), promised().lines, moment.today())
    return next((n for n, when in enumerate(standing.rule.places.prefer) if holds(when, person)), None)


def draw(asker: door.Asker, ref: str) -> Round:
    """Say who has a place, by the rule and the seed; list and seed stand in the log. Twice is once. Raises Unseen,
    Refusal before the last day to ask is over."""
    with door.open(asker):
        row = next((one for one in rounds().filter(unit_id__in=asker.units).select_for_update(of=("self",))
                    if one.ref == ref), None)  # fmt: skip
        if row is None or asker.who is None:
            raise Unseen
        if row.drawn_at is not None:
            return row
        if moment.today() <= row.closes:
            raise Refusal(_("People can still ask until the last day of this round. It is drawn after that day."))
        lost = _lost_before(row)
        lots, seed = drawn_list(row), seed_of(row.id)
        for lot in lots:
            lot.lost = lost.get(lot.person_id, 0)
        ordered = order_of(row, lots, seed)
        for place, lot in enumerate(ordered, start=1):
            lot.place, lot.won = place, place <= row.places
            lot.save(update_fields=["place", "won", "lost"])
        row.seed, row.drawn_by, row.drawn_at = seed, asker.who, moment.now()
        came = {lot.number: n for n, lot in enumerate(sorted(lots, key=lambda one: (one.came_at, one.number)), start=1)}
        row.result = [[one.number, one.prefer, came[one.number], one.lost, one.won] for one in ordered]
        row.save(update_fields=["seed", "result", "drawn_by", "drawn_at"])
        log.write("round.drawn", row.id, asker.name, {
            "seed": seed, "places": row.places, "list": [lot.number for lot in ordered],
        })  # fmt: skip
    return row


def order_of(row: Round, lots: list[Lot], seed: str) -> list[Lot]:
    """The lots in the order of the draw: what anybody reckons again from the list and the seed."""
    rule = promised().rules.get(row.service)
    places = rule.places if rule is not None and rule.places is not None else Places("draw")
    by_number = {lot.number: lot for lot in lots}
    came = {lot.number: n for n, lot in enumerate(sorted(lots, key=lambda one: (one.came_at, one.number)))}
    told = Places(places.by, tuple(Test(f"prefer.{n}", "is", True) for n in range(len(places.prefer))), places.memory)
    found = in_order(
        told,
        [Applicant(lot.number, {f"prefer.{n}": lot.prefer == n for n in range(len(places.prefer))},
                   came[lot.number], lot.lost) for lot in lots],
        seed, promised().lines, row.closes,
    )  # fmt: skip
    return [by_number[one.key] for one in found]


def _lost_before(row: Round) -> dict[object, int]:
    """How often each person in the line lost in earlier rounds of this service since she last had a place."""
    people = list(Lot.objects.filter(round=row).values_list("person_id", flat=True))
    earlier = Lot.objects.filter(round__service=row.service, round__drawn_at__isnull=False, person_id__in=people)
    found: dict[object, int] = {}
    for person, won in earlier.order_by("round__drawn_at").values_list("person_id", "won"):
        found[person] = 0 if won else found.get(person, 0) + 1
    return found
