"""Which units a sheet may speak of: all of the district for the operator, else the importer's unit and those below."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.engine import sheets
from baiying.kit import moment
from baiying.kit.errors import Refusal
from baiying.network import queries as network
from baiying.network.models import Level, Organisation, Unit


@dataclass
class Scope:
    """The units that can be named in a sheet, by name, and who brings it."""

    district: str
    on: date
    unit: Unit | None
    who: UUID | None = None
    units: dict[str, list[Unit]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, district: str, unit_id: UUID | None, who: UUID | None = None) -> Scope:
        """The scope of a sheet that is brought for a unit, by whom, or by the operator of the machine."""
        scope = cls(district, moment.today(), network.unit(unit_id) if unit_id else None, who)
        for one in scope.reached():
            scope.units[plain(one.name)].append(one)
        return scope

    def reached(self) -> list[Unit]:
        """The units themselves."""
        everything = [one for one in network.units(self.on) if one.district == self.district]
        if self.unit is None:
            return everything
        inside = {self.unit.id, *(one.id for one in network.lower(self.unit.id, self.on))}
        return [one for one in everything if one.id in inside
                or one.organisation == Organisation.PARTNER and self.unit.level == Level.DISTRICT]

    def named(self, name: str) -> Unit:
        """The one unit of this name. Raises Refusal when there is none, or more than one."""
        found = self.units.get(plain(name), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise Refusal(_("Several units have this name. Give one of them another name first."))
        raise Refusal(_("There is no such unit among those you may enter for. Compare the name with the list of units, "
                        "or bring in the units first."))


def plain(name: str) -> str:
    """What two writings of one name have in common."""
    return "".join(sheets.cleaned(name).split()).casefold().replace("（", "(").replace("）", ")")
