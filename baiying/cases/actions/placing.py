"""Where a need goes: the unit that leads it first."""

from __future__ import annotations

from baiying.engine import flow
from baiying.kit import moment
from baiying.network import queries as network
from baiying.network.models import Unit


def unit_for(matter: flow.Matter, area: str | None, guarded: bool) -> Unit:
    """The unit that leads a case of this matter from this area first; never without one."""
    return network.first_unit(matter.org, area, moment.today(), lowest=matter.lead_level)
