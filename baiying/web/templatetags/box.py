"""The telephone of the district beside the numbers of the police and the help lines."""

from __future__ import annotations

from django import template

from baiying.kit import moment
from baiying.network import queries as network
from baiying.network.models import Level, Organisation, Unit

register = template.Library()


@register.simple_tag
def duty_line() -> Unit | None:
    """The women's federation of the district with its telephone, else the trade union's; nothing when none has one."""
    found = [unit for unit in network.units(moment.today(), level=Level.DISTRICT) if unit.telephone]
    return min(found, key=lambda unit: unit.organisation != Organisation.WOMEN, default=None)
