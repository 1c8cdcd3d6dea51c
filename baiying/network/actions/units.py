"""Opening, tying, appointing, ending: one function a verb.

Each takes an idempotency ``key``; the row's identity is derived from it, so that the same call twice is once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baiying.kit.chance import uuid_for
from baiying.kit.errors import Refusal
from baiying.network.actions.settling import changing
from baiying.network.models import Area, Place, Post, Tie, TieKind, Unit
from baiying.network.queries.reading import Opening

Row = TypeVar("Row", Unit, Tie, Place, Post)


def open_unit(
    key: str,
    *,
    organisation: str,
    level: str,
    roles: Sequence[str],
    name: str,
    area: str,
    opened_on: date,
    upper: Unit | None = None,
    **more: Any,
) -> Unit:
    """Open a unit in an area and tie it to the one above. ``more``: name_en, ownership, telephone.

    :raises Refusal: the area is unknown, or an open unit of that organisation has the name.
    """
    if not Area.objects.filter(code=area).exists():
        raise Refusal(_("There is no area with the code %(code)s. Load its district first."), code=area)
    unit = opened(key, organisation=organisation, level=level, roles=roles, name=name, area=area, opened_on=opened_on,
                  **more)  # fmt: skip
    ties = []
    if upper is not None:
        ties.append(tied(key + ":upper", TieKind.TERRITORIAL, unit, upper, opened_on))
    enter(units=[unit], ties=ties)
    return unit


def tie(key: str, kind: str, lower: Unit, upper: Unit, since: date, until: date | None = None) -> Tie:
    """Tie a unit to another from a day on.

    :raises Refusal: the same tie already runs then, it would make a circle, or the units are of two districts.
    """
    made = tied(key, kind, lower, upper, since, until)
    if kind == TieKind.TERRITORIAL and lower.id in _all_above(upper, since):
        raise Refusal(
            _("%(upper)s already stands below %(lower)s; it cannot be above it too."),
            upper=upper.name,
            lower=lower.name,
        )
    if lower.district != upper.district:
        raise Refusal(_("The two units are of different districts. A tie stays within one."))
    enter(ties=[made])
    return made


def end_tie(running: Tie, on: date) -> None:
    """The tie holds no longer from that day on."""
    with changing():
        Tie.objects.filter(Q(until__isnull=True) | Q(until__gt=on), id=running.id).update(until=on)


def open_place(
    key: str, *, name: str, area: str, hours: Sequence[Opening], units: Sequence[Unit], opened_on: date, **more: Any
) -> Place:
    """Open a place for one or more units. ``more``: name_en, address, telephone, speciality, speciality_en."""
    place = Place(
        id=uuid_for(key, "place"),
        district=area[:6],
        name=name,
        area_id=area,
        hours=list(hours),
        opened_on=opened_on,
        **more,
    )
    enter(places=[(place, units)])
    return place


def opened(
    key: str, *, organisation: str, level: str, roles: Sequence[str], name: str, area: str, opened_on: date, **more: Any
) -> Unit:
    """A unit ready for :func:`enter`."""
    return Unit(id=uuid_for(key, "unit"), district=area[:6], organisation=organisation, level=level, roles=list(roles),
                name=name, area_id=area, opened_on=opened_on, **more)  # fmt: skip


def tied(key: str, kind: str, lower: Unit, upper: Unit, since: date, until: date | None = None) -> Tie:
    """A tie ready for :func:`enter`."""
    return Tie(
        id=uuid_for(key, "tie"),
        district=lower.district,
        kind=kind,
        lower=lower,
        upper=upper,
        since=since,
        until=until,
    )


def appointed(
    key: str, unit: Unit, role: str, holder: UUID | None, since: date, until: date | None = None, receives: bool = True
) -> Post:
    """A post ready for :func:`enter`."""
    return Post(
        id=uuid_for(key, "post"),
        district=unit.district,
        unit=unit,
        role=role,
        holder_id=holder,
        receives=receives,
        since=since,
        until=until,
    )


def enter(
    *,
    units: Iterable[Unit] = (),
    ties: Iterable[Tie] = (),
    places: Iterable[tuple[Place, Sequence[Unit]]] = (),
    posts: Iterable[Post] = (),
) -> None:
    """Enter many rows at once, all or none; rows whose id is already there are left as they are.

    :raises Refusal: a name, a tie or a post of these days is already taken.
    """
    places = list(places)
    shared = Place.units.through
    try:
        with changing():
            _add(Unit, units)
            _add(Tie, ties)
            fresh = {place.id for place in _add(Place, [place for place, _units in places])}
            shared.objects.bulk_create(
                shared(place_id=place.id, unit_id=unit.id)
                for place, sharing in places
                if place.id in fresh
                for unit in sharing
            )
            _add(Post, posts)
    except IntegrityError as error:
        raise Refusal(_taken(error)) from error


def _add(model: type[Row], rows: Iterable[Row]) -> list[Row]:
    rows = list(rows)
    known = set(model._default_manager.filter(id__in=[row.id for row in rows]).values_list("id", flat=True))
    return list(model._default_manager.bulk_create([row for row in rows if row.id not in known]))


def _taken(error: IntegrityError) -> Any:
    constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    if constraint.startswith("network_unit_name"):
        return _("An open unit of this organisation already has this name.")
    if constraint.startswith("network_tie_one_territorial"):
        return _("The unit already has a territorial upper unit on these days. End that tie first.")
    if constraint.startswith("network_tie_once"):
        return _("The same tie already runs on some of these days.")
    if constraint.startswith("network_post_once"):
        return _("This person already holds this post on some of these days.")
    return _("The network cannot be changed this way: a date, code or district does not fit.")


def _above(unit: Unit, on: date) -> Unit | None:
    found = (
        Tie.objects.select_related("upper")
        .filter(Q(until__isnull=True) | Q(until__gt=on), lower=unit, kind=TieKind.TERRITORIAL, since__lte=on)
        .first()
    )
    return None if found is None else found.upper


def _all_above(unit: Unit, on: date) -> set[UUID]:
    """The unit and everything above it on that day."""
    seen: set[UUID] = set()
    above: Unit | None = unit
    while above is not None and above.id not in seen:
        seen.add(above.id)
        above = _above(above, on)
    return seen
