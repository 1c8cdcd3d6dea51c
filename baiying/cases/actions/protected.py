"""Who may open a protected case: whoever takes it up first, and whom a head names. Each change stands in its log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.queries.free import recused
from baiying.cases.queries.protected import guarded
from baiying.kit import door, log, moment
from baiying.kit.errors import Refusal
from baiying.kit.number import ref_of
from baiying.network import queries as network


def take(asker: door.Asker, number: str) -> None:
    """Hold a protected case from now on that nobody holds. Raises Unseen."""
    with door.open(asker):
        access.one(asker, number, lock=True)


def name(asker: door.Asker, number: str, person: str, alone: bool) -> None:
    """A head says who of the unit may open it: also this person, or from now on this one ``alone``. Whoever names opens
    nothing by it. Raises Unseen, Refusal."""
    with door.open(asker):
        case = guarded(asker, number, lock=True)
        here = network.receiving(case.unit_id, moment.today()) - recused(case)
        chosen = next((one for one in here if ref_of(one) == person), None)
        if chosen is None:
            raise Refusal(_("This person takes in no cases here today, or must keep out of this one. "
                            "Please choose somebody from the list."))
        named = [chosen] if alone else [*(one for one in case.named or () if one != chosen), chosen]
        type(case).objects.filter(id=case.id).update(named=named)
        log.write("case.handed", case.id, asker.name,
                  {"unit": str(case.unit_id), "roles": sorted(asker.roles), "to": str(chosen), "alone": alone},
                  case.wrapped)
