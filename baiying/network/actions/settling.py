"""What took effect is told as news: at the end of every change, and again by the timetable when a dated one falls due.

``Standing`` remembers what was told last, so that a change of days or of a person's account is noticed too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import transaction

from baiying.kit import door, moment, news
from baiying.kit.errors import Misuse, Refusal
from baiying.network.models import Edition, Post, Standing, Unit
from baiying.network.news import POST_ENDED, SETTLED, UNIT_EMPTY, UNIT_PASSED
from baiying.network.queries.passing import keeps, next_living
from baiying.network.queries.picture import Picture, forget, picture


@contextmanager
def changing() -> Iterator[None]:
    """A change of the network: one at a time, and what it means is told before it is committed.

    Raises Misuse when a door is open: who listens opens the door of an errand, which sees what the changer may not.
    """
    _refuse_open_door()
    with transaction.atomic():
        Edition.objects.select_for_update().get(id=1)
        forget()
        yield
        forget()
        settle()


def settle(again: bool = False) -> int:
    """Tell what has taken effect since it was last told, in every district; gives how many pieces of news.

    ``again``: tell of every unit that is closed or empty, told before or not. A request that was sent to a unit in the
    very moment when its last post ended is found by this.
    """
    _refuse_open_door()
    told = 0
    with transaction.atomic():
        Edition.objects.select_for_update().get(id=1)
        forget()
        on = moment.today()
        told += _posts(on)
        for district in _districts():
            told += _units(district, on, again)
        news.tell(SETTLED, on=on, quiet=again)
    return told


def _refuse_open_door() -> None:
    if door.is_open():
        raise Misuse("close the door before the network changes: who listens to its news opens one of its own")


def _districts() -> list[str]:
    return list(Unit.objects.order_by("district").values_list("district", flat=True).distinct())


def _posts(on: date) -> int:
    """Offices that ended: nobody is asked twice."""
    ended = list(Post.objects.filter(told=False, until__lte=on).order_by("until", "id"))
    Post.objects.filter(id__in=[post.id for post in ended]).update(told=True)
    for post in ended:
        if post.holder_id is not None:
            news.tell(POST_ENDED, post=post.id, person=post.holder_id, unit=post.unit_id)
    return len(ended)


def _units(district: str, on: date, again: bool) -> int:
    """Units that closed or that nobody answers in any more.

    When the first unit comes to life that may answer for others, those that waited for one are told of again.
    """
    seen = picture(district)
    before = {row.unit_id: row for row in Standing.objects.filter(district=district)}
    now = {unit.id: _standing(seen, unit, on) for unit in seen.units.values()}
    keepers = [unit.id for unit in seen.units.values() if keeps(unit)]
    revived = any(now[key].living for key in keepers) and not any(
        before[key].living for key in keepers if key in before
    )
    gone = [key for key, row in now.items() if not row.living and seen.units[key].opened_on <= on]
    # a unit never looked at before had no work that could be stranded
    fresh = [key for key in gone if key in before and _differs(before[key], now[key])]
    _remember(before, now)
    if again:
        return sum(_tell_quietly(seen.units[key], on) for key in gone)
    return sum(_tell(seen.units[key], on) for key in (gone if revived else fresh))


def _tell_quietly(unit: Unit, on: date) -> int:
    """By the timetable: one unit whose work cannot go anywhere yet keeps nobody else's from going."""
    if next_living(unit.id, on) is None:
        return 0
    try:
        with transaction.atomic():
            return _tell(unit, on)
    except Refusal:
        return 0


def _standing(seen: Picture, unit: Unit, on: date) -> Standing:
    passed = unit.closed_on is not None and unit.closed_on <= on
    return Standing(unit_id=unit.id, district=unit.district, living=seen.lives(unit, on), passed=passed)


def _differs(one: Standing, other: Standing) -> bool:
    return (one.living, one.passed) != (other.living, other.passed)


def _remember(before: dict[UUID, Standing], now: dict[UUID, Standing]) -> None:
    changed = [row for key, row in now.items() if key not in before or _differs(before[key], row)]
    Standing.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["unit"], update_fields=["living", "passed"]
    )


def _tell(unit: Unit, on: date) -> int:
    """Say that its work goes to another, or that nobody is there. With nobody anywhere the successor keeps it."""
    if unit.is_open(on):
        news.tell(UNIT_EMPTY, unit=unit.id, on=on)
        return 1
    living = next_living(unit.id, on)
    heir = living.id if living is not None else unit.successor_id
    if heir is not None:
        news.tell(UNIT_PASSED, unit=unit.id, to=heir, on=on)
    return int(heir is not None)
