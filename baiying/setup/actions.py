"""Setting up: the same action under the terminal and under the page."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from baiying.engine import sheets
from baiying.kit import log, moment
from baiying.kit.chance import uuid_for
from baiying.kit.errors import Refusal
from baiying.members import actions as members
from baiying.network import actions as network
from baiying.network import queries as network_queries
from baiying.network.models import Level, Organisation, TieKind, Unit, UnitRole
from baiying.setup import queries
from baiying.setup.answers import DISTRICT, ROLE, Administrator, Answers, Federation, faults, proposed_name
from baiying.setup.models import Installation

Progress = Callable[[str, int, int], None]
ROLES = {Organisation.UNION: (UnitRole.UNION,), Organisation.WOMEN: (UnitRole.FEDERATION,)}
STREET_ROLES = {Organisation.UNION: (UnitRole.UNION, UnitRole.STATION), Organisation.WOMEN: (UnitRole.FEDERATION,)}
STEPS = 4


@dataclass(frozen=True)
class Made:
    """What setting up entered."""

    district: str
    units: int
    administrators: int


def load_areas(district: str, source: Path | None = None) -> network.AreaCounts:
    """Load a district's areas: those of the catalogue, or of a table that the operator gives.

    :raises Refusal: the code is none, there is no table for it, or the table is not in order.
    """
    if source is None and DISTRICT.fullmatch(district) and not queries.shipped(district):
        if network_queries.area(district + "000000") is not None:
            return network.AreaCounts(0, 0, 0, 0, 0)
        raise Refusal(_("No table of areas for %(code)s comes with this installation. Give one: a CSV file with the "
                        "columns code, name, level, parent, as the Bureau of Statistics publishes it."), code=district)
    return network.load_areas(district, (rows_of(source) if source else None) or source)


def rows_of(source: Path) -> list[dict[str, str]]:
    """The rows of a table in any encoding or form that sheets are read in; nothing when its columns are others, or it
    is packed: then whoever loads it reads it and says what is wrong."""
    try:
        rows = [[sheets.said(cell).strip() for cell in cells] for _line, cells in sheets.open_table(source).rows()
                if not sheets.said(cells[0]).startswith("#")]
    except (sheets.Unreadable, OSError):
        return []
    head = [name.lower() for name in rows[0]] if rows else []
    if not {"code", "name"} <= set(head):
        return []
    return [dict(zip(head, row, strict=False)) for row in rows[1:]]


def set_up(answers: Answers, progress: Progress = lambda what, done, of: None) -> Made:
    """Enter district units, streets and first administrators, all or nothing; the same answers twice are once.

    :raises Refusal: an answer will not do, the areas are not loaded, or it is set up already as something else.
    """
    wrong = faults(answers)
    if wrong:
        raise Refusal("%(sentences)s", sentences=" ".join(str(sentence) for sentence in wrong.values()))
    progress("areas", 0, STEPS)
    if network_queries.area(answers.district + "000000") is None:
        network.load_areas(answers.district)
    try:
        with transaction.atomic():
            made = _enter(answers, progress)
    except IntegrityError:
        raise Refusal(_("Somebody else has just set this installation up. Nothing of yours was entered; "
                        "sign in, or ask them.")) from None
    queries.key_file().unlink(missing_ok=True)
    queries.done()
    progress("set up", STEPS, STEPS)
    return made


def _enter(answers: Answers, progress: Progress) -> Made:
    known = queries.district()
    if known is not None and known != answers.district:
        raise Refusal(_("This installation is set up already, for the district %(code)s. Another district is an "
                        "installation of its own, on a data folder of its own."), code=known)
    told = os.environ.get("BAIYING_DISTRICT", answers.district)
    if told != answers.district:
        raise Refusal(_("BAIYING_DISTRICT says %(told)s, and %(code)s is to be set up. Take it out of the environment, "
                        "or set up the district that it names."), told=told, code=answers.district)
    if known is None:
        Installation.objects.create(id=1, district=answers.district, at=moment.now())
    progress("units", 1, STEPS)
    tops = {one.organisation: _federation(one, answers.district) for one in answers.federations}
    units = len(tops) + sum(_streets(one, tops[one.organisation]) for one in answers.federations if one.streets)
    progress("administrators", 2, STEPS)
    for person in answers.administrators:
        _administrator(person, tops)
    log.write("setup.done", uuid_for(f"setup:{answers.district}", "installation"), "errand:setup",
              {"district": answers.district, "units": units, "administrators": len(answers.administrators)})
    return Made(answers.district, units, len(answers.administrators))


def _federation(one: Federation, district: str) -> Unit:
    """The district unit of a federation."""
    return network.open_unit(
        f"setup:{district}:{one.organisation}", organisation=one.organisation, level=Level.DISTRICT,
        roles=ROLES[Organisation(one.organisation)], name=one.name.strip(), name_en=one.name_en.strip(),
        telephone=one.telephone.strip(), area=district + "000000", opened_on=moment.today())


def _streets(one: Federation, top: Unit) -> int:
    """A unit of the federation in every street, tied to the district unit; gives how many."""
    today, units, ties = moment.today(), [], []
    for street in network_queries.areas(top.district):
        key = f"setup:{one.organisation}:{street.code}"
        unit = Unit(id=uuid_for(key, "unit"), district=top.district, organisation=one.organisation, level=Level.STREET,
                    roles=[str(role) for role in STREET_ROLES[Organisation(one.organisation)]],
                    name=proposed_name(one.organisation, street.name), area_id=street.code, opened_on=today)
        units.append(unit)
        ties.append(network.tied(key + ":upper", TieKind.TERRITORIAL, unit, top, today))
    network.enter(units=units, ties=ties)
    return len(units)


def _administrator(person: Administrator, tops: dict[str, Unit]) -> None:
    """An account with the post of administrator in each federation that is hers."""
    made = members.add_person(members.NewPerson(
        key=f"setup:{person.login}", login=person.login, name=person.name.strip(), password=person.password,
        telephone=person.telephone.strip() or None))
    for organisation in person.organisations or tuple(tops):
        unit = tops[organisation]
        network.appoint(f"setup:{unit.id}:{person.login}", unit, ROLE, made.id, moment.today(), receives=False)
