"""From an address in her own words to the community: what is certain is taken, the rest is asked, nothing is guessed.

The names of a district (areas, units, places, names brought in by file) are gathered once for each picture of it;
those of the rest of the country once for each province, from ``territory/china.csv``.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings

from baiying.engine import gazetteer
from baiying.engine.gazetteer import Entry, Found, Names, Spelling
from baiying.network.models import Area, AreaName, Level
from baiying.network.queries.picture import Picture, picture

AREA, UNIT, OUTSIDE = "area", "unit", "outside"
CITY_SIGNS, DISTRICT_SIGNS, STREET_SIGNS = 4, 6, 9


@dataclass(frozen=True, slots=True)
class OtherDistrict:
    """A place outside this district that she named. ``code``: 2, 4 or 6 digits; empty when several have the name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class FoundArea:
    """What her words say of where. ``code``: the area that is certain, a community or a street; ``candidates``: those
    to ask about; ``unit``: the unit of the employer she named; ``said``: the name as it was understood."""

    code: str | None = None
    candidates: tuple[str, ...] = ()
    other_district: OtherDistrict | None = None
    unit: UUID | None = None
    said: str = ""


NOWHERE = FoundArea()


def find_area(words: str, district: str | None = None) -> FoundArea:
    """Where she is, from her own words. Nothing is stored, nothing logged; asks the database only for a new picture."""
    own = district or settings.BAIYING_DISTRICT
    seen = picture(own)
    found = gazetteer.find((names_of(seen), _country(own[:2]).names), words)
    if not found:
        return NOWHERE
    where = _inside(seen, found)
    return replace(where, unit=_employer(found), other_district=_outside(own, found))


def other_district(code: str) -> OtherDistrict | None:
    """A province, city or district elsewhere by its code of 2, 4 or 6 digits; nothing for one we do not know."""
    country = _country(settings.BAIYING_DISTRICT[:2])
    return country.told(code) if code in country.places and not settings.BAIYING_DISTRICT.startswith(code) else None


def other_districts() -> list[OtherDistrict]:
    """The other districts of this city, in the order of their codes: those most often meant."""
    country, own = _country(settings.BAIYING_DISTRICT[:2]), settings.BAIYING_DISTRICT
    if own not in country.beside:  # the whole country is looked through once, not for every page
        country.beside[own] = tuple(
            country.told(code) for code in sorted(country.places)
            if len(code) == DISTRICT_SIGNS and code[:CITY_SIGNS] == own[:CITY_SIGNS] and code != own)
    return list(country.beside[own])


def names_of(seen: Picture) -> Names:
    """Every name of a district, gathered once for each picture of it."""
    if seen.names is None:
        seen.names = _gather(seen)
    return seen.names


def _gather(seen: Picture) -> Names:
    names, streets = Names(), {area.code: area.name for area in seen.areas.values() if area.level == 4}
    vague = {gazetteer.plain(name) for name, kind, _area in seen.own_names if kind == AreaName.Kind.VAGUE}

    def add(ways: Iterable[Spelling], key: str, kind: str = AREA) -> None:
        for way in ways:
            names.add(way.text, Entry(key, kind, way.sure, way.text in vague, way.whole))

    inside: dict[str, dict[str, str]] = defaultdict(dict)
    for area in seen.areas.values():
        add(_ways(area, streets), area.code)
        if area.level == 5 and area.parent_id:
            inside[area.parent_id][area.code] = area.name
    bare_streets = {gazetteer.street(name)[-1].text for name in streets.values()}
    for communities in inside.values():
        for stem, keys in gazetteer.stems(communities).items():
            for key in sorted(keys) if stem not in bare_streets else ():
                add([Spelling(stem, len(stem) > gazetteer.SHORT)], key)
    around = sorted(bare_streets | {way.text for area in seen.areas.values() if area.level == 3
                                    for way in _ways(area, streets)})
    for unit in seen.units.values():
        if unit.level == Level.GRASSROOTS and unit.closed_on is None:
            add(gazetteer.employer(unit.name, around), str(unit.id), UNIT)
            add(gazetteer.employer(unit.name, around), unit.area_id)
    for name, area_code in seen.places:
        add(gazetteer.own(name), area_code)
    for name, kind, area_code in seen.own_names:
        add(gazetteer.own(name, kind == AreaName.Kind.VAGUE), area_code)
    return names


def _ways(area: Area, streets: dict[str, str]) -> list[Spelling]:
    if area.level == 5:
        return gazetteer.community(area.name, streets.get(area.parent_id or "", ""))
    if area.level == 4:
        return gazetteer.street(area.name)
    ways = gazetteer.outside(area.name)
    return [replace(way, sure=len(way.text) > 2) for way in ways]  # the district itself: it makes what follows sure


def _inside(seen: Picture, found: list[Found]) -> FoundArea:
    """The area that is certain, or those to ask about."""
    root = {code for code, area in seen.areas.items() if area.parent_id is None}
    met = [(one, codes) for one in found if (codes := {e.key for e in one.entries if e.kind == AREA} - root)]
    sure = [codes for one, codes in met if one.sure]
    streets = {code for codes in sure if len(codes) == 1 for code in codes if code.endswith("000")}
    around = {code[:STREET_SIGNS] for code in streets}
    if streets:  # a name that could be many is the one in the street she named
        loose = [codes for one, codes in met if not one.sure and not any(e.vague for e in one.entries)]
        sure = [{code for code in codes if code[:STREET_SIGNS] in around} or codes for codes in sure]
        sure += [near for codes in loose if (near := {code for code in codes if code[:STREET_SIGNS] in around})]
    said = next((one.text for one, _codes in reversed(met) if one.sure), "")
    codes = _lowest(set().union(*sure))
    if not codes:
        # a name that means other things too is asked about only where the words around it speak of a place
        met = [(one, codes) for one, codes in met if one.placed or not any(e.vague for e in one.entries)]
        doubtful = _lowest(set().union(*(codes for _one, codes in met)))
        return FoundArea(candidates=tuple(sorted(doubtful)), said=met[-1][0].text if met else "")
    if len(codes) == 1:
        return FoundArea(code=next(iter(codes)), said=said)
    of = {code[:STREET_SIGNS] for code in codes}
    return FoundArea(code=next(iter(of)) + "000" if len(of) == 1 else None, candidates=tuple(sorted(codes)), said=said)


def _lowest(codes: set[str]) -> set[str]:
    """These areas without the streets of which a community is among them."""
    deeper = {code[:STREET_SIGNS] + "000" for code in codes if not code.endswith("000")}
    return codes - deeper


def _employer(found: list[Found]) -> UUID | None:
    """The one employer's unit that she named; nothing when there are several."""
    keys = {entry.key for one in found if one.sure for entry in one.entries if entry.kind == UNIT}
    return UUID(keys.pop()) if len(keys) == 1 else None


def _outside(own: str, found: list[Found]) -> OtherDistrict | None:
    """The place outside that she named most exactly; nothing when there is none, or only her own province or city."""
    country = _country(own[:2])
    named = [[e.key for e in one.entries if e.kind == OUTSIDE and not own.startswith(e.key[:DISTRICT_SIGNS])]
             for one in found if one.sure and all(e.kind == OUTSIDE for e in one.entries)]
    above = {key for keys in named for key in keys}
    places = [_meant(own, keys, above) for keys in named if keys]
    exact = max((key for key in places if key), key=len, default="")
    if exact:
        return country.told(exact)
    doubtful = next((keys for keys in named if keys), None)
    return OtherDistrict("", country.places[doubtful[0]]) if doubtful else None


def _meant(own: str, keys: list[str], above: set[str]) -> str:
    """Which of several places with one name: the one in a place she named too, then of the own city or province. As a
    district at most; empty when it stays open."""
    keys = sorted({key[:DISTRICT_SIGNS] for key in keys})
    if len(keys) == 1:
        return keys[0]
    ways = (lambda key: any(key != one and key.startswith(one) for one in above),
            lambda key: key[:CITY_SIGNS] == own[:CITY_SIGNS], lambda key: key[:2] == own[:2])
    for way in ways:
        fitting = [key for key in keys if way(key)]
        if len(fitting) == 1:
            return fitting[0]
    return ""


@dataclass
class _Country:
    """The places of the country by code, and their names."""

    places: dict[str, str] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    # The other districts of a city, by the code of the own one.
    beside: dict[str, tuple[OtherDistrict, ...]] = field(default_factory=dict)

    def told(self, code: str) -> OtherDistrict:
        """A place with the one it lies in before it: 北京市海淀区."""
        province, city, name = self.places.get(code[:2], ""), self.places.get(code[:CITY_SIGNS], ""), self.places[code]
        before = [one for one in (province, city) if one and one != name]
        return OtherDistrict(code, "".join([*before, name]))


def _country(province: str) -> _Country:
    return _read(Path(settings.BAIYING_CATALOGUE) / "territory" / "china.csv", province)


@lru_cache(maxsize=4)
def _read(path: Path, province: str) -> _Country:
    """The table of the country; in short (海淀) go cities, and the districts and streets of this province. Without the
    table nothing outside is recognised."""
    country = _Country()
    try:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    except OSError:
        return country
    for row in csv.DictReader(lines):
        code, level = row["code"], int(row["level"])
        country.places[code] = row["name"]
        for way in gazetteer.outside(row["name"]):
            if way.sure or level < 3 or code.startswith(province):
                country.names.add(way.text, Entry(code, OUTSIDE, way.sure))
    return country
