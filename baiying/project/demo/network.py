"""The demo network: built from ``district.toml``, the areas that are loaded and the posts of the cast."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from baiying.kit.chance import uuid_for
from baiying.network.actions import appointed, enter, tied
from baiying.network.models import Level, Organisation, Ownership, Place, Post, Tie, TieKind, Unit, UnitRole
from baiying.network.queries import Branch
from baiying.project.demo.cast import Player

_FILE = Path(__file__).with_name("district.toml")


@cache
def told() -> dict[str, Any]:
    """The file as it is."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def unit_id(key: str) -> UUID:
    """The identity of a demo unit by its key in ``district.toml``."""
    return uuid_for(f"demo:{key}", "unit")


class Builder:
    """Collects the rows of the demo network; :meth:`enter` writes them at once."""

    def __init__(self, streets: tuple[Branch, ...], people: dict[str, tuple[Player, UUID]]) -> None:
        self.told = told()
        self.district: str = self.told["district"]
        self.root = self.district + "000000"
        self.since: date = self.told["opened_on"]
        self.streets = {street.code[:9]: street for street in streets}
        self.people = people
        self.units: dict[str, Unit] = {}
        self.ties: list[Tie] = []
        self.places: list[tuple[Place, list[Unit]]] = []
        self.posts: list[Post] = []
        self._numbers = iter(range(1, 100))

    def build(self) -> None:
        """Everything, from the district down."""
        self._district()
        for street in self.told["street"]:
            self._street(street)
        self._industries()
        self._grassroots()
        self._partners()
        self._centers()
        self._cast_posts()
        self._duty_posts()

    def enter(self) -> None:
        """Write it; what is there already stays as it is."""
        enter(units=self.units.values(), ties=self.ties, places=self.places, posts=self.posts)

    def _district(self) -> None:
        name, name_en = self.told["name"], self.told["name_en"]
        self._unit("union", Organisation.UNION, Level.DISTRICT, [UnitRole.UNION], f"{name}总工会", self.root,
                   name_en=f"{name_en} Federation of Trade Unions", telephone=self._telephone())
        self._unit("women", Organisation.WOMEN, Level.DISTRICT, [UnitRole.FEDERATION], f"{name}妇女联合会", self.root,
                   name_en=f"{name_en} Women's Federation", telephone=self._telephone())

    def _street(self, line: dict[str, Any]) -> None:
        code, name_en = line["code"], line["name_en"]
        street = self.streets[code]
        union = self._unit(f"union.{code}", Organisation.UNION, Level.STREET, line["roles"], f"{street.name}总工会",
                           street.code, upper="union", name_en=f"{name_en} Sub-district Trade Union",
                           telephone=self._telephone())
        sharing = [union]
        if UnitRole.STATION not in line["roles"]:
            sharing.append(self._unit(
                f"station.{code}", Organisation.UNION, Level.STREET, [UnitRole.STATION], f"{street.name}工会服务站",
                street.code, upper=union, name_en=f"{name_en} Union Service Station", telephone=union.telephone))
        women = self._unit(f"women.{code}", Organisation.WOMEN, Level.STREET, [UnitRole.FEDERATION],
                           f"{street.name}妇女联合会", street.code, upper="women",
                           name_en=f"{name_en} Sub-district Women's Federation", telephone=self._telephone())
        self._place(f"station.{code}", f"{street.name}工会服务站", f"{name_en} Union Service Station", street,
                    "station", line, sharing, union.telephone)
        for order, community in enumerate(street.inside):
            self._home(community, women, order, shared=sharing[-1] if order == 0 and "home" in line["roles"] else None)

    def _home(self, community: Branch, women: Unit, order: int, shared: Unit | None) -> None:
        """A Women's Home; the first one of a street whose station is a home too lies under the same roof."""
        home = self._unit(f"home.{community.code}", Organisation.WOMEN, Level.COMMUNITY, [UnitRole.WOMENS_HOME],
                          f"{community.name}妇女之家", community.code, upper=women,
                          name_en=f"Women's Home of {community.name}", telephone=women.telephone)
        if shared is not None:
            self.ties.append(tied(f"demo:host:{community.code}", TieKind.HOST, home, shared, self.since))
            self.places[-1][1].append(home)
            return
        choices = self.told["speciality_homes"]
        speciality, speciality_en = choices[order % len(choices)]
        line = {"speciality": speciality, "speciality_en": speciality_en}
        self._place(f"home.{community.code}", home.name, home.name_en, community, "home", line, [home], home.telephone,
                    address=self.told["address_homes"].format(area=community.name))

    def _industries(self) -> None:
        for line in self.told["industry"]:
            self._unit(line["key"], Organisation.UNION, Level.INDUSTRY, [UnitRole.UNION], line["name"], self.root,
                       upper="union", name_en=line["name_en"], telephone=self._telephone())

    def _grassroots(self) -> None:
        grassroots = self.told["grassroots"]
        lines = [(*line, grassroots["opened_on"], None) for line in grassroots["units"]]
        for name, street, ownership, industry, since, until in [*lines, *map(tuple, grassroots["closed"])]:
            unit = self._unit(f"shop.{name}", Organisation.UNION, Level.GRASSROOTS, [UnitRole.UNION], name,
                              street + "000", ownership=Ownership(ownership), opened_on=since, closed_on=until)
            key = f"demo:{name}"
            self.ties.append(tied(key, TieKind.TERRITORIAL, unit, self.units[f"union.{street}"], since, until))
            if industry:
                self.ties.append(tied(key + industry, TieKind.SECTOR, unit, self.units[industry], since, until))

    def _partners(self) -> None:
        for line in self.told["partner"]:
            unit = self._unit(line["key"], Organisation.PARTNER, Level(line["level"]), [UnitRole(line["role"])],
                              line["name"], self.root, name_en=line["name_en"], telephone=self._telephone())
            for federation in ("union", "women"):
                self.ties.append(tied(f"demo:{line['key']}:{federation}", TieKind.PARTNER, unit,
                                      self.units[federation], self.since))

    def _centers(self) -> None:
        for line in self.told["center"]:
            unit = self.units[line["unit"]]
            self._place(f"center.{line['unit']}", line["name"], line["name_en"], self.streets[line["street"][:9]],
                        "station", line, [unit], unit.telephone)

    def _cast_posts(self) -> None:
        for player, person_id in self.people.values():
            for office in player.posts:
                self._post(f"{office.unit}:{player.key}:{office.since}", office.unit, office.role, person_id,
                           office.since, office.until, office.receives)

    def _duty_posts(self) -> None:
        """Who answers where the cast names nobody: the organisation's duty account; Women's Homes stay vacant."""
        duty = self.told["duty"]
        partner_roles = {line["key"]: line["post"] for line in self.told["partner"]}
        served = {post.unit_id for post in self.posts if post.receives and post.until is None}
        for key, unit in self.units.items():
            if unit.id in served or unit.level == Level.GRASSROOTS and unit.organisation != Organisation.PARTNER:
                continue
            holder = None if unit.level == Level.COMMUNITY else self.people[duty[unit.organisation]][1]
            self._post(f"{key}:duty", key, partner_roles.get(key, duty["role"]), holder, duty["since"])

    def _unit(self, key: str, organisation: Organisation, level: Level, roles: list[Any], name: str, area: str,
              *, upper: str | Unit | None = None, opened_on: date | None = None, **more: Any) -> Unit:
        since = opened_on or self.since
        unit = Unit(id=unit_id(key), district=self.district, organisation=organisation, level=level,
                    roles=[str(role) for role in roles], name=name, area_id=area, opened_on=since, **more)
        self.units[key] = unit
        if upper is not None:
            above = self.units[upper] if isinstance(upper, str) else upper
            self.ties.append(tied(f"demo:{key}:upper", TieKind.TERRITORIAL, unit, above, since))
        return unit

    def _place(self, key: str, name: str, name_en: str, area: Branch, hours: str, line: dict[str, Any],
               units: list[Unit], telephone: str, address: str = "") -> None:
        number = len(self.places) % 60 + 1
        place = Place(id=uuid_for(f"demo:{key}", "place"), district=self.district, name=name, name_en=name_en,
                      area_id=area.code, hours=self.told["hours"][hours], telephone=telephone,
                      address=address or self.told["address"].format(area=area.name, number=number),
                      speciality=line["speciality"], speciality_en=line["speciality_en"], opened_on=self.since)
        self.places.append((place, units))

    def _post(self, key: str, unit: str, role: str, holder: UUID | None, since: date, until: date | None = None,
              receives: bool = True) -> None:
        self.posts.append(appointed(f"demo:{key}", self.units[unit], role, holder, since, until, receives))

    def _telephone(self) -> str:
        return str(self.told["telephone"].format(number=next(self._numbers)))


def receiving(units: dict[str, Unit]) -> Iterator[tuple[str, Unit]]:
    """The units of the two federations that take in cases of their territory: streets, stations and the districts."""
    for key, unit in units.items():
        if unit.level in (Level.DISTRICT, Level.STREET) and unit.organisation != Organisation.PARTNER:
            yield key, unit
