"""A need that comes by telephone, on paper or across the desk is written down for her: read back, signed, with a slip.

It is a case like any other: her words, her number, her 查询码, its clocks. What differs stands with it: who wrote it
down. That unit never records her verdict.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.actions.submit import (
    MOST_ATTEMPTS,
    Plan,
    Receipt,
    Submission,
    decide,
    new_case,
    receipt_of,
    store,
    take_in,
)
from baiying.engine import flow
from baiying.kit import door, moment
from baiying.kit import number as numbers
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network
from baiying.network.models import TERRITORIAL_LEVELS, Level, Unit

CHANNELS = ("phone", "paper", "desk", "visit")


def enter(asker: door.Asker, told: Submission, unit_id: UUID, read_back: bool, here: bool | None = None) -> Receipt:
    """Write down for her what she said or wrote; gives the receipt for her slip. Raises Unseen, Refusal.

    ``unit_id``: the unit of the asker that writes it down. ``read_back``: it was read to her and she said it is right;
    without that nothing is stored. ``here``: this unit leads, where the kind of case lets it; as a rule so, since who
    receives first leads, except on the telephone, where her area decides.
    """
    unit = own_unit(asker, unit_id)
    if told.channel not in CHANNELS:
        raise Refusal(_("Please say how it came: by telephone, on paper, across the desk or on a visit."))
    if not read_back:
        raise Refusal(_("Please read to her what you have written, let her correct it, and confirm that you did. "
                        "Nothing has been stored yet; what you typed is still here."))
    check_guardian(told)
    plan = planned(asker, told, unit, told.channel != "phone" if here is None else here)
    return take_in(plan, lambda case: replace(asker, case=case.id))


def own_unit(asker: door.Asker, unit_id: UUID) -> Unit:
    """The unit of the asker that signs what is written down. Raises Unseen."""
    unit = network.unit(unit_id) if unit_id in asker.units else None
    if unit is None:
        raise Unseen
    return unit


def check_guardian(told: Submission) -> None:
    """A guardian who is named has a name and says who he or she is to the child. Raises Refusal."""
    if told.guardian is not None and not (told.guardian.name.strip() and told.guardian.relation.strip()):
        raise Refusal(_("For a child under 14 please write down the guardian's name and what he or she is to the "
                        "child. If the child needs help against this very person, leave the guardian out."))


def planned(asker: door.Asker, told: Submission, unit: Unit, here: bool) -> Plan:
    """The plan of what a unit writes down. The key is bound to the person who writes, so that nobody else's case is
    ever shown for it."""
    plan = decide(replace(told, key=f"{asker.who}:{told.key}", entered_by=unit.id, asker=None))
    return replace(plan, placed=replace(plan.placed, unit=unit)) if here and may_lead(unit, plan.matter) else plan


def may_lead(unit: Unit, matter: flow.Matter) -> bool:
    """Whether this unit may lead a case of this kind: of its organisation, not below its lowest level, living."""
    today = moment.today()
    if unit.organisation != matter.org or not network.is_living(unit.id, unit.district, today):
        return False
    if not matter.lead_level:
        return True
    high_enough = TERRITORIAL_LEVELS[:TERRITORIAL_LEVELS.index(Level(matter.lead_level)) + 1]
    return unit.level in high_enough


def store_inside(plan: Plan) -> Receipt:
    """Store a plan in the transaction that is open already, among others that stand or fall with it.

    The caller keeps out a second writer of the same plan. Raises Refusal when no number was free.
    """
    code = numbers.code_for(plan.once)
    door.look_at(plan.id)
    known = access.by_id(plan.id)
    if known is not None:
        return receipt_of(known, code, access.clocks(known), plan, known=True)
    for attempt in range(MOST_ATTEMPTS):
        case = new_case(plan, code, attempt)
        try:
            with transaction.atomic():
                running = store(case, plan)
            return receipt_of(case, code, running, plan)
        except IntegrityError:
            continue  # this number is taken
    raise Refusal(_("Your request could not be given a number just now. Nothing is lost: please send it again."))
