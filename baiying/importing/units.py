"""A sheet of units: matched by federation and name; what differs is corrected, what is new is opened and tied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from baiying.importing import bringing
from baiying.importing.members import Counts
from baiying.importing.models import Sheet
from baiying.importing.scope import Scope, plain
from baiying.importing.sheet_rows import SheetRow
from baiying.kit.errors import Refusal
from baiying.network import actions as network
from baiying.network import queries as network_queries
from baiying.network.models import Level, Organisation, Tie, TieKind, Unit, UnitRole

AND = "、,，;；/"
COMPARED = ("telephone", "name_en", "roles", "area_id")
OTHERS: dict[str, str] = {
    "工会": Organisation.UNION, "总工会": Organisation.UNION, "妇联": Organisation.WOMEN,
    "妇女联合会": Organisation.WOMEN, "伙伴": Organisation.PARTNER, "合作单位": Organisation.PARTNER,
    "区": Level.DISTRICT, "区级": Level.DISTRICT, "县": Level.DISTRICT, "街道": Level.STREET, "乡镇": Level.STREET,
    "街道级": Level.STREET, "社区": Level.COMMUNITY, "村": Level.COMMUNITY, "社区级": Level.COMMUNITY,
    "行业": Level.INDUSTRY, "行业工会": Level.INDUSTRY, "基层": Level.GRASSROOTS, "基层工会": Level.GRASSROOTS,
    "企业": Level.GRASSROOTS, "会": UnitRole.UNION, "站": UnitRole.STATION, "家": UnitRole.HOME,
    "服务站": UnitRole.STATION, "工会服务站": UnitRole.STATION, "职工之家": UnitRole.HOME,
    "妇女之家": UnitRole.WOMENS_HOME, "妇女微家": UnitRole.MICRO_HOME, "微家": UnitRole.MICRO_HOME,
    "驿站": UnitRole.REST_STOP, "户外劳动者驿站": UnitRole.REST_STOP,
    "法院": UnitRole.COURT, "司法局": UnitRole.JUSTICE,
    "公安": UnitRole.POLICE, "派出所": UnitRole.POLICE, "医院": UnitRole.HOSPITAL, "律师事务所": UnitRole.LAW_FIRM,
    "律所": UnitRole.LAW_FIRM, "社工机构": UnitRole.SOCIAL_WORK,
}
USUAL = {Organisation.UNION: UnitRole.UNION, Organisation.WOMEN: UnitRole.FEDERATION}


@cache
def words(kind: type[TextChoices]) -> dict[str, str]:
    """Every way a choice is written: its value, its labels in both languages, what offices say."""
    found = {word: value for word, value in OTHERS.items() if value in kind.values and value in list(kind)}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            found |= {plain(str(label)): str(value) for value, label in kind.choices}
    return found | {str(value): str(value) for value in kind.values}


@dataclass
class Planned:
    """What one row comes to: the unit, the one that is there already, what of it differs, whom it stands below."""

    unit: Unit
    known: Unit | None
    was: dict[str, Any] = field(default_factory=dict)
    now: dict[str, Any] = field(default_factory=dict)
    uppers: list[tuple[str, str]] = field(default_factory=list)


class Units:
    """The list of units of one sheet. A unit above may stand in a later row of the same sheet."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.lines: dict[tuple[str, str], int] = {}
        self.names: set[str] = set()
        self.known = {(one.organisation, plain(one.name)): one for found in scope.units.values() for one in found}
        self.areas: dict[str, list[str]] = {}
        for street in network_queries.areas(scope.district):
            for one, name in [(street, street.name), *((inner, inner.name) for inner in street.inside),
                              *((inner, street.name + inner.name) for inner in street.inside)]:
                self.areas.setdefault(plain(name), []).append(one.code)
        root = network_queries.area(scope.district + "000000")
        if root is not None:
            self.areas[plain(root.name)] = [root.code]

    def gather(self, entry: SheetRow) -> None:
        """Note the names of the sheet, so that a row may name a unit of another row."""
        self.names.add(plain(entry.text("name")))

    def check(self, entry: SheetRow, thorough: bool = True) -> None:
        """Make of the row a unit with its ties, or say what is wrong with it."""
        organisation = self._choice(entry, "organisation", Organisation)
        level = self._choice(entry, "level", Level)
        roles = self._roles(entry, organisation)
        area = entry.held("area", lambda: self._area(entry.text("area"))) if entry.text("area") else None
        uppers = [(str(kind), name) for key, kind in (("upper", TieKind.TERRITORIAL), ("sector", TieKind.SECTOR))
                  if (name := entry.text(key)) and self._above(entry, key, name)]
        name = plain(entry.text("name"))
        first = self.lines.setdefault((organisation, name), entry.line)
        if first != entry.line:
            entry.refuse("name", Refusal(_("Row %(line)d has the same unit already."), line=first))
        self._refuse_foreign(entry, organisation, level, uppers)
        if entry.faults:
            return
        known = self.known.get((organisation, name))
        unit = network.opened(
            f"import:{self.scope.district}:{organisation}:{name}", organisation=organisation, level=level, roles=roles,
            name=entry.text("name"), area=str(area), opened_on=entry.values.get("opened_on") or self.scope.on,
            telephone=entry.text("telephone"), name_en=entry.text("name_en"))
        entry.made = self._planned(entry, unit, known, uppers)

    def enter(self, entries: Sequence[SheetRow], sheet: Sheet) -> Counts:
        """Open what is new, correct what differs; first it is written down what this sheet brings."""
        plans = [(entry, entry.made) for entry in entries]
        fresh = {plain(plan.unit.name): plan.unit for _entry, plan in plans if plan.known is None}
        ties = [tie for _entry, plan in plans if plan.known is None for tie in self._ties(plan, fresh)]
        changed = [(entry, plan) for entry, plan in plans if plan.known is not None and plan.was]
        bringing.note(sheet, [
            *((entry.line, "unit", plan.unit.id, None, None) for entry, plan in plans if plan.known is None),
            *((0, "tie", tie.id, None, None) for tie in ties),
            *((entry.line, "change", plan.known.id, plan.was, plan.now) for entry, plan in changed)])
        network.enter(units=fresh.values(), ties=ties)
        network.amend_units({plan.known.id: plan.now for _entry, plan in changed})
        return Counts(len(fresh), len(changed), len(plans) - len(fresh) - len(changed))

    def _planned(self, entry: SheetRow, unit: Unit, known: Unit | None, uppers: list[tuple[str, str]]) -> Planned:
        plan = Planned(unit, known, uppers=uppers)
        for name in COMPARED if known is not None else ():
            new, old = getattr(unit, name), getattr(known, name)
            if name == "roles":
                new, old = sorted(new), sorted(old)
                if not entry.text("roles"):
                    continue
            if new and new != old:
                plan.was[name], plan.now[name] = old, new
        return plan

    def _ties(self, plan: Planned, fresh: dict[str, Unit]) -> list[Tie]:
        ties = []
        for kind, name in plan.uppers:
            above = fresh.get(plain(name)) or self.scope.named(name)
            ties.append(network.tied(f"import:{plan.unit.id}:{kind}:{above.id}", kind, plan.unit, above,
                                     max(plan.unit.opened_on, above.opened_on)))
        return ties

    def _above(self, entry: SheetRow, key: str, name: str) -> bool:
        """Whether the unit above is there, or stands in this sheet; else a fault of that column."""
        if plain(name) == plain(entry.text("name")):
            entry.refuse(key, Refusal(_("A unit cannot stand above itself.")))
            return False
        return plain(name) in self.names or entry.held(key, lambda: self.scope.named(name)) is not None

    def _choice(self, entry: SheetRow, key: str, kind: type[TextChoices]) -> str:
        said = plain(entry.text(key))
        found = words(kind).get(said, "")
        if said and not found:
            entry.refuse(key, Refusal(_("This is none of those known. Known are: %(known)s"),
                                      known="、".join(str(label) for label in kind.labels)))
        return found

    def _roles(self, entry: SheetRow, organisation: str) -> list[str]:
        said = entry.text("roles")
        for sign in AND:
            said = said.replace(sign, " ")
        roles = [words(UnitRole).get(plain(word), "") for word in said.split()]
        if "" in roles:
            entry.refuse("roles", Refusal(_("This is none of those known. Known are: %(known)s"),
                                          known="、".join(str(label) for label in UnitRole.labels)))
        elif not roles and organisation == Organisation.PARTNER:
            entry.refuse("roles", Refusal(_("Say what kind of partner it is, for example court or law firm.")))
        usual = USUAL.get(Organisation(organisation)) if organisation else None
        return list(dict.fromkeys(roles)) or ([str(usual)] if usual else [])

    def _area(self, said: str) -> str:
        """The code of an area told by code or by name. Raises Refusal."""
        if said.isdecimal() and said.isascii():
            code = said.ljust(12, "0")
            if code[:6] == self.scope.district and network_queries.area(code) is not None:
                return code
        found = self.areas.get(plain(said), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise Refusal(_("Several areas have this name. Write the street before it, or its code."))
        raise Refusal(_("There is no such street or community in this district. Write its name or its code."))

    def _refuse_foreign(self, entry: SheetRow, organisation: str, level: str, uppers: list[tuple[str, str]]) -> None:
        """Whoever brings a sheet for a unit opens units of the same federation below it, and partners of a district."""
        ours = self.scope.unit
        if ours is None:
            return
        partner = organisation == Organisation.PARTNER and ours.level == Level.DISTRICT
        if organisation and organisation != ours.organisation and not partner:
            entry.refuse("organisation", Refusal(_("You may enter units of your own federation only.")))
        if level == Level.DISTRICT and not partner:
            entry.refuse("level", Refusal(_("District units are set up with the installation, not by a sheet.")))
        if not partner and not any(kind == TieKind.TERRITORIAL for kind, _name in uppers):
            known = self.known.get((organisation, plain(entry.text("name"))))
            if known is None and not entry.text("upper"):
                entry.refuse("upper", Refusal(_("Say which unit stands above it: one of yours.")))
