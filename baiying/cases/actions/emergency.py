"""Break-glass: a reason first, an end by itself, and both she and the level above are told at once."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.models import BreakGlass, Case
from baiying.cases.queries.emergency import GROUNDS, LASTS, LEAST_REASON, somebody
from baiying.cases.queries.late import wide
from baiying.kit import chance, door, log, moment, queue
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network
from baiying.network.models import Unit


def break_glass(asker: door.Asker, number: str, ground: str, reason: str, key: str) -> None:
    """Let this person read a protected case that others hold, of her unit or one below, for LASTS. A form sent
    twice is one. She who asked is told by the contact she gave alone, and sees who and why; so does the unit above.
    Raises Unseen, Refusal; then nothing is opened."""
    if ground not in GROUNDS:
        raise Refusal(_("Please choose a ground from the list."))
    if len(reason.strip()) < LEAST_REASON:
        raise Refusal(_("Please write the reason in at least %(least)d characters. The person it is about reads it."),
                      least=LEAST_REASON)
    who, reach = somebody(asker), wide(asker)
    with door.open(reach):
        case = closed_case(reach, asker, number)
        glass_id = chance.uuid_for(f"{case.id}:{asker.who}:{key}", "glass")
        if BreakGlass.objects.filter(id=glass_id).exists():
            return
        at, unit = moment.now(), unit_of(asker, case)
        above = network.upper(unit, moment.today()) or unit
        BreakGlass.objects.bulk_create([BreakGlass(
            id=glass_id, case=case, number=case.number, district=case.district, person_id=who, unit=unit,
            above=above, ground=ground, at=at, until=at + LASTS)])
        log.write("case.glass", case.id, asker.name,
                  {"unit": str(unit.id), "roles": sorted(asker.roles), "ground": ground, "text": reason.strip(),
                   "until": (at + LASTS).isoformat()}, case.wrapped)
        queue.later("tell_her", case=str(case.id), notice="opened")


def closed_case(reach: door.Asker, asker: door.Asker, number: str) -> Case:
    """The protected case of this number that this person does not hold, locked and looked at. Raises Unseen for any
    other one: that it exists, and what it is, is told to nobody who guesses at numbers."""
    found = access.known(reach).filter(number=access.read(number), guarded=True, key__isnull=False)
    case = found.select_for_update(of=("self",)).select_related("unit").first()
    if case is None or (asker.who in (case.named or ()) and case.unit_id in asker.units):
        raise Unseen
    door.look_at(case.id)
    return case


def unit_of(asker: door.Asker, case: Case) -> Unit:
    """The unit of hers for which she opens it: the one that leads, else the nearest of hers above it. Raises Unseen."""
    today, passed = moment.today(), set[UUID]()
    found: Unit | None = case.unit
    while found is not None and found.id not in passed:
        if found.id in asker.units:
            return found
        passed.add(found.id)
        found = network.upper(found, today)
    raise Unseen
