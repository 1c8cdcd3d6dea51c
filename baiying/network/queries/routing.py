"""Which unit answers first, and who stands above it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baiying.kit.errors import Refusal
from baiying.network.models import TERRITORIAL_LEVELS, Level, Organisation, TieKind, Unit
from baiying.network.queries.picture import Picture, picture
from baiying.network.queries.reading import receiving

#: How many open cases a unit leads now; asked only where several units are equally near.
Load = Callable[[UUID], int]

_STEPS = {level: step for step, level in enumerate(TERRITORIAL_LEVELS)}


def first_unit(organisation: str, area_code: str | None, on: date, lowest: str = "", *,
               ties: Sequence[str] = (TieKind.TERRITORIAL,), employer: UUID | None = None,
               load: Load | None = None) -> Unit:
    """The unit of that organisation that a need goes to first. Never without a unit.

    By the ties that the matter names, in its order. ``sector``: the living industry federation to which the employer's
    unit is tied. ``territorial``, and always in the end: from the area outwards (community, street, district); within
    one area the unit deepest in the territorial ties (a station before the street union that keeps it). A unit without
    a living post is passed over for the one above it. An area that is empty, unknown or of a district not served here
    goes to the district desk. If the whole organisation has nobody, another federation's district desk takes it; if
    nobody at all has a living post, the district unit keeps it until somebody is appointed.

    Among units equally near, the one with the fewest open cases for each living post (``load``), then the longest open.

    :param lowest: the lowest level that may lead the matter (``street``: no community's home); empty for any.
    :param employer: the unit of her employer, when it is known.
    :raises Refusal: not one district unit is open, as in an installation that was not set up.
    """
    seen = _picture_of(area_code)
    if TieKind.SECTOR in ties and employer is not None and lowest != Level.DISTRICT:
        found = _of_its_trade(seen, organisation, employer, on, load)
        if found is not None:
            return found
    floor = _STEPS.get(Level(lowest), len(_STEPS)) + 1 if lowest else len(_STEPS)
    for code in _outwards(seen, area_code):
        found = _serving(seen, organisation, code, on, floor, load)
        if found is not None:
            return found
    desk = _desk(seen, organisation, on, load)
    if desk is None:
        raise Refusal(_("This installation has no district unit yet. An administrator must set one up first."))
    return desk


def upper(unit: Unit, on: date) -> Unit | None:
    """The unit one level up by territorial tie that has a living post; nothing above a federation's district unit.

    A unit on the way without a living post is passed over, so that what is sent up never waits for nobody. Where the
    ties end below the district (a unit that closed, a shop tied to its trade only), the area leads on.
    """
    seen = picture(unit.district)
    if unit.organisation == Organisation.PARTNER:  # tied to the federations; no partner stands above another
        return _desk(seen, _tied_to(seen, unit, on), on)
    if unit.level == Level.DISTRICT:
        return None
    above, passed = seen.upper(unit.id, on), {unit.id}
    while above is not None and above.id not in passed:
        if seen.lives(above, on):
            return above
        passed.add(above.id)
        above = seen.upper(above.id, on)
    below = _STEPS.get(Level(unit.level), len(_STEPS))
    for code in _outwards(seen, unit.area_id):
        found = _serving(seen, unit.organisation, code, on, below)
        if found is not None:
            return found
    return _desk(seen, unit.organisation, on)


def stands_alone(unit: Unit, on: date) -> bool:
    """Whether one person alone takes in cases there and no unit stands above: what needs a second person (a relative's
    demand, for one) could be decided by nobody."""
    return upper(unit, on) is None and len(receiving(unit.id, on)) == 1


def is_living(unit_id: UUID, district: str, on: date) -> bool:
    """Whether the unit is open and somebody there takes in cases on that day."""
    seen = picture(district)
    unit = seen.units.get(unit_id)
    return unit is not None and seen.lives(unit, on)


def _tied_to(seen: Picture, unit: Unit, on: date) -> str:
    """The organisation of the first federation with a living post that a partner is tied to."""
    tied = [seen.units[span.other] for span in seen.partners.get(unit.id, ()) if span.covers(on)]
    return next((one.organisation for one in tied if seen.lives(one, on)), "")


def _picture_of(area_code: str | None) -> Picture:
    """The district of the area if it is served here, else this installation's own."""
    if area_code is not None and area_code[:6] != settings.BAIYING_DISTRICT:
        seen = picture(area_code[:6])
        if seen.units:
            return seen
    return picture(settings.BAIYING_DISTRICT)


def _of_its_trade(seen: Picture, organisation: str, employer: UUID, on: date, load: Load | None) -> Unit | None:
    """The living industry federation of the organisation to which the employer's unit is tied on that day."""
    tied = dict.fromkeys(span.other for span in seen.sectors.get(employer, ()) if span.covers(on))
    trades = [
        unit for key in tied
        if (unit := seen.units.get(key)) is not None and unit.level == Level.INDUSTRY
        and unit.organisation == organisation and seen.lives(unit, on)
    ]  # fmt: skip
    return _fair(seen, trades, on, load)


def _outwards(seen: Picture, area_code: str | None) -> list[str]:
    """The area and those around it, nearest first. A code we do not have is read by its own digits."""
    if not area_code:
        return [code for code, area in seen.areas.items() if area.parent_id is None]
    codes: list[str] = []
    area = seen.areas.get(area_code)
    while area is not None and area.code not in codes:
        codes.append(area.code)
        area = seen.areas.get(area.parent_id or "")
    if codes:
        return codes
    around = [area_code[:9] + "000", area_code[:6] + "000000"]
    return [code for code in around if code in seen.areas] or _outwards(seen, None)


def _serving(seen: Picture, organisation: str, code: str, on: date, below: int,
             load: Load | None = None) -> Unit | None:
    """The deepest living unit of the organisation that serves this very area, its level's step less than ``below``."""
    units = [
        unit
        for unit in seen.units_of_area.get(code, ())
        if unit.organisation == organisation and _STEPS.get(Level(unit.level), below) < below and seen.lives(unit, on)
    ]
    if len(units) < 2:
        return units[0] if units else None
    depths = [(_STEPS[Level(unit.level)], seen.depth(unit, on)) for unit in units]
    deepest = max(depths)
    return _fair(seen, (unit for unit, depth in zip(units, depths, strict=True) if depth == deepest), on, load)


def _desk(seen: Picture, organisation: str, on: date, load: Load | None = None) -> Unit | None:
    """A district unit: a living one before all, then the organisation's own; among equals as :func:`_fair` says."""
    desks = [
        unit
        for unit in seen.units.values()
        if unit.level == Level.DISTRICT and unit.organisation != Organisation.PARTNER and unit.is_open(on)
    ]
    ranks = [(not seen.lives(unit, on), unit.organisation != organisation) for unit in desks]
    nearest = min(ranks, default=None)
    return _fair(seen, (unit for unit, rank in zip(desks, ranks, strict=True) if rank == nearest), on, load)


def _fair(seen: Picture, units: Iterable[Unit], on: date, load: Load | None) -> Unit | None:
    """Of units that are equally near the one with the fewest open cases for each living post, then the longest open."""
    equals = list(units)
    if len(equals) < 2 or load is None:
        return min(equals, key=lambda unit: (unit.opened_on, unit.id), default=None)
    return min(equals, key=lambda unit: (Fraction(load(unit.id), max(1, seen.posts(unit, on))), unit.opened_on,
                                         unit.id))
