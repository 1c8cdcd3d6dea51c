"""To whom work passes, and who stands around a unit: successors, units above, below and beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from baiying.network.models import TERRITORIAL_LEVELS, Level, Organisation, Post, Unit
from baiying.network.queries import routing
from baiying.network.queries.picture import Picture, picture
from baiying.network.queries.reading import units_by_id

#: Levels that may keep another unit's work when nothing nearer lives: never an employer's own union, never a partner.
_KEEPERS = (*TERRITORIAL_LEVELS, Level.INDUSTRY)


def next_living(unit_id: UUID, on: date) -> Unit | None:
    """Who answers for this unit on that day: itself if it lives, else its successors, else who stands above.

    Where the ties above end, the area leads on to the district desk, then to the other federation's desk, then to any
    living unit of the federations that serves a territory or an industry. A partner's work goes to the federation it is
    tied to, never to another partner. Nothing only when no such unit lives in the district, or the unit is unknown.
    """
    found = units_by_id([unit_id]).get(unit_id)
    if found is None:
        return None
    seen = picture(found.district)
    for link in _chain(seen, seen.units.get(unit_id, found), on):
        if seen.lives(link, on):
            return link
        found = link
    return who_follows(found, on)


def who_follows(unit: Unit, on: date) -> Unit | None:
    """Who would take over the work of this unit if nobody were in office there on that day."""
    seen = picture(unit.district)
    above = _above_partner(seen, unit, on) if unit.organisation == Organisation.PARTNER else routing.upper(unit, on)
    if above is not None and seen.lives(above, on):
        return above
    return _keeper(seen, unit, on)


def is_the_only_one(post: Post, on: date) -> bool:
    """Whether on that day nobody but this post's holder, or who stands in there, takes in work for the unit."""
    seen = picture(post.district)
    spans = [span for span in seen.receivers.get(post.unit_id, ()) if span.covers(on)]
    return bool(spans) and all(span.other == post.id for span in spans)


def keeps(unit: Unit) -> bool:
    """Whether it may answer for any other unit of its district when nothing nearer lives."""
    return unit.level in _KEEPERS and unit.organisation != Organisation.PARTNER


def lower(unit_id: UUID, on: date) -> list[Unit]:
    """The open units below this one by territorial ties, the nearest first, however deep."""
    found = units_by_id([unit_id]).get(unit_id)
    if found is None:
        return []
    seen = picture(found.district)
    below: list[Unit] = []
    reached, level = {unit_id}, [unit_id]
    while level:
        level = [span.other for upper in level for span in seen.lowers.get(upper, ()) if span.covers(on)]
        level = [one for one in dict.fromkeys(level) if one not in reached]
        reached.update(level)
        below += [unit for one in level if (unit := seen.units[one]).is_open(on)]
    return below


def siblings(unit_id: UUID, on: date) -> list[Unit]:
    """The open units of the same organisation and level under the same territorial upper; itself left out."""
    found = units_by_id([unit_id]).get(unit_id)
    if found is None:
        return []
    seen = picture(found.district)
    above = seen.upper(unit_id, on)
    if above is None:
        return []
    return [
        unit
        for span in seen.lowers.get(above.id, ())
        if span.covers(on)
        and (unit := seen.units[span.other]).is_open(on)
        and unit.id != unit_id
        and (unit.organisation, unit.level) == (found.organisation, found.level)
    ]


def playing(plays: Sequence[str], district: str, on: date) -> list[Unit]:
    """The open living units of the district with one of these unit roles, or all of them when none is named."""
    seen = picture(district)
    return [unit for unit in seen.units.values() if seen.lives(unit, on) and (not plays or set(plays) & {*unit.roles})]


def _chain(seen: Picture, unit: Unit, on: date) -> list[Unit]:
    """The unit and, as long as it is closed on that day, those that followed one another."""
    chain, passed = [unit], {unit.id}
    while not unit.is_open(on) and unit.successor_id is not None and unit.successor_id not in passed:
        unit = seen.units[unit.successor_id]
        passed.add(unit.id)
        chain.append(unit)
    return chain


def _above_partner(seen: Picture, unit: Unit, on: date) -> Unit | None:
    """The first living federation that the partner is tied to."""
    tied = [seen.units[span.other] for span in seen.partners.get(unit.id, ()) if span.covers(on)]
    return next((one for one in tied if seen.lives(one, on)), None)


def _keeper(seen: Picture, unit: Unit, on: date) -> Unit | None:
    """The last resort: the highest living unit of the federations, of the unit's own organisation first."""
    living = [one for one in seen.units.values() if keeps(one) and one.id != unit.id and seen.lives(one, on)]
    return min(
        living,
        key=lambda one: (_KEEPERS.index(Level(one.level)), one.organisation != unit.organisation, one.opened_on),
        default=None,
    )
