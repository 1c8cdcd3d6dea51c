"""What is late, and where: for those who answer for a unit and the units below it. Deadlines only, never words.

A guarded case of a unit below is among them only when its clock has climbed to the asker's unit, which knows by then
that it exists: its number, its clock and whom to call, and no more (`leads.climbing` tells the same).
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.db.models import Q

from baiying.cases import access
from baiying.cases.models import Task
from baiying.cases.queries.today import AT_ONCE, Row
from baiying.catalogue import queries as catalogue
from baiying.kit import door, moment
from baiying.network import queries as network


def late(asker: door.Asker) -> list[Row]:
    """The open cases of the asker's units and those below whose next clock has run out, the longest late on top; of
    guarded ones those that she holds, those of her units that nobody does and those whose clock climbed here."""
    reach = wide(asker)
    with door.open(reach):
        climbed = list(access.tasks(asker, [Task.Kind.CLIMB]).values_list("case_id", flat=True))
        over = access.known(reach).filter(ended=False, next_due_at__lte=moment.now())
        found = (over.filter(access.named_for(asker) | Q(id__in=[*climbed, *access.free_of(asker, over)]))
                 .select_related("unit")
                 .defer("words").order_by("next_due_at", "received_at")[:AT_ONCE])
        return [Row(case, catalogue.matter_of(case.declaration_id)) for case in found]


def wide(asker: door.Asker) -> door.Asker:
    """The asker with the units below hers: what she answers for and may hold together."""
    return replace(asker, units=asker.units | below(asker.units))


def below(units: frozenset[UUID]) -> frozenset[UUID]:
    """The open units of the district that stand somewhere below one of these."""
    today = moment.today()
    found: set[UUID] = set()
    for unit in network.units(today):
        above, passed = network.upper(unit, today), {unit.id}
        while above is not None and above.id not in passed:
            if above.id in units:
                found.add(unit.id)
                break
            passed.add(above.id)
            above = network.upper(above, today)
    return frozenset(found)
