"""Filling an empty database with the demo: areas, cast, network, past. Twice is once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baiying.boards import actions as boards
from baiying.boards import queries as board_queries
from baiying.catalogue import queries as catalogue
from baiying.engine.services.facts import ROSTER
from baiying.kit import moment
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal
from baiying.members import actions as members
from baiying.members import queries as member_queries
from baiying.network import actions as network
from baiying.network import queries as network_queries
from baiying.network.models import Level, Unit
from baiying.project.demo import money
from baiying.project.demo.cast import cast
from baiying.project.demo.network import Builder, receiving, told, unit_id
from baiying.project.demo.past import generate
from baiying.services.actions import counters, standing, telling

Progress = Callable[[str, int, int], None]
_STEPS = 4
SINCE = date(2025, 3, 1)
BY = UUID(int=0)  # the demo itself, in the log
NAMES = Path(__file__).with_name("names.csv")


def _quiet(what: str, done: int, of: int) -> None:
    """A progress that shows nothing."""


def seed(progress: Progress = _quiet) -> None:
    """Fill the database with the demo, all or nothing. Each step tells ``progress(what, done, of)``.

    :raises Refusal: the database holds units or people that are no demo's, or is set up for another district.
    """
    district = told()["district"]
    if settings.BAIYING_DISTRICT != district:
        raise Refusal(
            _("The demo is the district %(demo)s, and BAIYING_DISTRICT says %(ours)s."),
            demo=district,
            ours=settings.BAIYING_DISTRICT,
        )
    if network_queries.unit(unit_id("union")) is not None:
        return
    if network_queries.any_units() or member_queries.anybody():
        raise Refusal(
            _("This database holds data that are no demo's, so the demo was not brought in. Use an empty one.")
        )
    with transaction.atomic():
        progress("areas", 0, _STEPS)
        network.load_areas(district)
        network.load_names(district, NAMES)
        progress("people", 1, _STEPS)
        players = [player for player in cast() if not player.member]
        people = members.add_people([player.new for player in players])
        progress("network", 2, _STEPS)
        streets = network_queries.areas(district)
        builder = Builder(streets, {one.key: (one, made.id) for one, made in zip(players, people, strict=True)})
        builder.build()
        builder.enter()
        _members(builder)
        _counters(builder)
        money.seed(builder.district, builder.units["union"].id)
        progress("figures", 3, _STEPS)
        _past(builder)
    progress("demo", _STEPS, _STEPS)


def _members(builder: Builder) -> None:
    """The members among the cast, with what the list of their unit says, and how they stand to every service."""
    for player in cast():
        if not player.member:
            continue
        row = members.NewMember(1, player.name, builder.units[player.member].id, (), player.telephone, since=SINCE)
        one = members.enter_person(f"demo:{player.key}", row, BY)
        if player.facts:
            telling.tell(one, player.facts, by=BY, source=ROSTER, on=SINCE)
        if player.quiet:
            telling.stay_quiet(one, True, by=one)
    standing.sweep_all(builder.district)


def _counters(builder: Builder) -> None:
    """Where services are used with the card."""
    for one in told().get("counter", []):
        unit, key = builder.units[one["unit"]].id, f"demo:{one['key']}"
        asker = Asker(who=BY, units=frozenset({unit}))
        counters.open_counter(asker, key, unit, one["service"], one["name"], one["per"], 1)


def _past(builder: Builder) -> None:
    """The months before this one, for the units that take in cases; weighted by the communities they serve."""
    if board_queries.any_figures(builder.district):
        return
    units = [unit for _key, unit in _first_receivers(builder)]
    communities = {street.code: len(street.inside) for street in builder.streets.values()}
    weights = {unit.id: float(communities.get(unit.area_id, 0)) for unit in units}
    matters = {matter.key: matter for matter in catalogue.matters()}
    boards.enter_generated(builder.district, generate(units, matters, weights, moment.today()))


def _first_receivers(builder: Builder) -> list[tuple[str, Unit]]:
    """Where a street has a station of its own, the station receives and not the street union above it."""
    stations = {unit.area_id for key, unit in builder.units.items() if key.startswith("station.")}
    return [
        (key, unit)
        for key, unit in receiving(builder.units)
        if not (key.startswith("union.") and unit.level == Level.STREET and unit.area_id in stations)
    ]
