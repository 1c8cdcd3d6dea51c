"""Reading the network: areas for a form, units, posts, places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypedDict
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from baiying.network import access
from baiying.network.models import Area, Level, Place, Post, Tie, Unit
from baiying.network.queries.picture import picture

CODE = re.compile(r"[0-9]{12}", re.ASCII)


@dataclass(frozen=True)
class Branch:
    """An area with those inside it, for a form."""

    code: str
    name: str
    level: int
    inside: tuple[Branch, ...]


class Opening(TypedDict):
    """One line of a place's hours: days 1 (Monday) to 7, and two times of the day."""

    days: list[int]
    opens: str
    closes: str


def areas(district: str | None = None) -> tuple[Branch, ...]:
    """The streets of a district with their communities, in the order of their codes."""
    inside: dict[str | None, list[Area]] = {}
    seen = picture(district or settings.BAIYING_DISTRICT)
    for area in seen.areas.values():
        inside.setdefault(area.parent_id, []).append(area)

    def grow(parent: str | None) -> tuple[Branch, ...]:
        return tuple(Branch(a.code, a.name, a.level, grow(a.code)) for a in inside.get(parent, []))

    return tuple(branch for root in grow(None) for branch in root.inside)


def area(code: str) -> Area | None:
    """One area by its 12-digit code; nothing for whatever is no such code, which asks no database."""
    return picture(code[:6]).areas.get(code) if CODE.fullmatch(code) else None


def area_said(code: str | None) -> str:
    """An area in words, from the street down; empty for none."""
    words: list[str] = []
    found = area(code) if code else None
    while found is not None and (found.parent_id is not None or not words):
        words.insert(0, found.name)
        found = area(found.parent_id) if found.parent_id else None
    return " ".join(words)


def unit(unit_id: UUID) -> Unit | None:
    """One unit by its key."""
    return access.unit(unit_id)


def unit_said(found: Unit | None) -> str:
    """A unit's name in the reader's language; Chinese where it has no English one, empty for none."""
    if found is None:
        return ""
    return found.name_en if found.name_en and not (get_language() or "zh").startswith("zh") else found.name


def units_by_id(ids: Iterable[UUID]) -> dict[UUID, Unit]:
    """Units by key, without a query for those of this installation's own district."""
    seen = picture(settings.BAIYING_DISTRICT).units
    wanted = set(ids)
    found = {key: seen[key] for key in wanted if key in seen}
    missing = wanted - found.keys()
    if missing:
        found |= {one.id: one for one in access.units().filter(id__in=missing)}
    return found


def units(on: date, *, organisation: str | None = None, level: str | None = None) -> Sequence[Unit]:
    """The open units of this installation's district."""
    return [
        one
        for one in picture(settings.BAIYING_DISTRICT).units.values()
        if one.is_open(on) and organisation in (None, one.organisation) and level in (None, one.level)
    ]


def any_units() -> bool:
    """Whether there is any unit at all, of whatever district."""
    return access.units().exists()


def posts_of(person_id: UUID, on: date) -> list[Post]:
    """The posts that give her powers on that day: those she holds, then those in which she stands in for somebody.

    ``post.as_substitute`` says which; a post that is both hers and stood in by her counts once, as hers.
    """
    found = list(access.posts_of(person_id, on).order_by("since", "id"))
    for post in found:
        post.as_substitute = post.holder_id != person_id
    return sorted(found, key=lambda post: post.as_substitute)


def posts_in(unit_id: UUID, on: date) -> list[Post]:
    """The posts of a unit that somebody active holds on that day, their holders read along."""
    return list(access.posts(on).filter(unit_id=unit_id).order_by("role", "since", "id"))


def receiving(unit_id: UUID, on: date) -> frozenset[UUID]:
    """The people who take in cases in this unit on that day: holders who are not away, and who stands in for them."""
    return access.receiving(unit_id, on)


def in_office(on: date) -> list[tuple[Unit, list[Post]]]:
    """The open units of this installation's district where somebody holds a post, in order, for everybody to see."""
    held: dict[UUID, list[Post]] = {}
    for post in access.posts(on).filter(district=settings.BAIYING_DISTRICT).order_by("role", "since", "id"):
        held.setdefault(post.unit_id, []).append(post)
    return [(one, held[one.id]) for one in in_order(units(on)) if one.id in held]


def in_order(found: Iterable[Unit]) -> list[Unit]:
    """Units as a list shows them: by level, then organisation, area and name."""
    levels = list(Level)
    return sorted(found, key=lambda one: (levels.index(Level(one.level)), one.organisation, one.area_id, one.name))


def ties_of(unit_id: UUID, on: date) -> list[Tie]:
    """The ties of a unit on that day, upwards and downwards, both ends read along."""
    ties = Tie.objects.select_related("lower", "upper").order_by("kind", "since", "id")
    return [
        tie
        for tie in ties.filter(lower_id=unit_id) | ties.filter(upper_id=unit_id)
        if tie.since <= on and (tie.until is None or on < tie.until)
    ]


def places(on: date, area_code: str | None = None) -> list[Place]:
    """The open places, those of the area first, then of its street, then the others."""
    found = list(access.places().filter(district=settings.BAIYING_DISTRICT, opened_on__lte=on).order_by("name"))
    found = [place for place in found if place.closed_on is None or on < place.closed_on]
    if area_code:
        found.sort(key=lambda place: (place.area_id != area_code, place.area_id[:9] != area_code[:9]))
    return found


def hours_said(place: Place) -> str:
    """The opening hours in words, one phrase a line of the table."""
    lines: list[Opening] = place.hours
    return "; ".join(f"{_days_said(line['days'])} {line['opens']}–{line['closes']}" for line in lines)


def is_open_at(place: Place, moment: datetime) -> bool:
    """Whether the door is open by the place's weekly hours; ``moment`` in Shanghai time; no holidays."""
    lines: list[Opening] = place.hours
    clock = moment.time()
    return any(
        moment.isoweekday() in line["days"]
        and time.fromisoformat(line["opens"]) <= clock < time.fromisoformat(line["closes"])
        for line in lines
    )


def _days_said(days: list[int]) -> str:
    names = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
    ordered = sorted(days)
    if ordered == list(range(1, 8)):
        return _("every day")
    if len(ordered) > 2 and ordered == list(range(ordered[0], ordered[-1] + 1)):
        return pgettext("weekdays", "%(first)s to %(last)s") % {
            "first": names[ordered[0] - 1],
            "last": names[ordered[-1] - 1],
        }
    return " ".join(names[day - 1] for day in ordered)
