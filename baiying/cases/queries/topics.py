"""Hot topics: how many cases of each topic came in, by week and by place. No words, never a protected case.

What is told of these counts is decided where they are shown (`engine.cells`): a small one is hidden together with what
would give it away. Weeks and places divide the same cases, and one looks again every week: so both stand on blocks of
four weeks that never move, and what was told of a week stays as it was (docs/decisions/0033).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr, TruncWeek

from baiying.cases import access
from baiying.cases.models import Case
from baiying.cases.queries.concerns import topic_said
from baiying.cases.queries.late import wide
from baiying.catalogue import queries as catalogue
from baiying.engine.cells import LEAST, tell, tell_course
from baiying.kit import door, moment
from baiying.network import queries as network

BLOCK = 4  # whole weeks, from Monday to Sunday in Shanghai, of which the table of places is made
BLOCKS = 2  # so many that are over are looked at, and of the one that runs the weeks that are over
WEEK = timedelta(weeks=1)
STREET, COMMUNITY = 9, 12  # characters of an area's code


@dataclass(frozen=True)
class Counts:
    """The counts of one topic: by the Monday of each week, and by place in the last block that is over."""

    weeks: dict[date, int] = field(default_factory=lambda: defaultdict(int))
    places: dict[str, int] = field(default_factory=lambda: defaultdict(int))


@dataclass(frozen=True)
class Hot:
    """One topic as it may be told: nothing for what is too small, or would give such a number away."""

    key: str
    name: str
    weeks: Mapping[date, int | None]
    places: Mapping[str, int | None]

    @property
    def last(self) -> int | None:
        return list(self.weeks.values())[-1]

    @property
    def growth(self) -> int | None:
        """The last whole week beside the mean of those before, in per cent more or less; only where all of them are
        told."""
        *earlier, last = self.weeks.values()
        told = [count for count in earlier if count is not None]
        if last is None or len(told) < len(earlier) or not sum(told):
            return None
        return round(100 * last * len(told) / sum(told)) - 100

    def place_said(self, code: str) -> str:
        """A street or community in words."""
        return network.area_said(code.ljust(COMMUNITY, "0"))


def hot(asker: door.Asker, by: int = STREET) -> list[Hot]:
    """The topics of the asker's units and those below in the last whole weeks, the hottest first: what came in last
    week and grew most. A topic with fewer cases than may be told is not among them."""
    weeks = weeks_until(moment.today())
    with door.open(wide(asker)):
        counts = counted(access.visible(wide(asker)).filter(guarded=False).exclude(topic=""), weeks, by)
    known = {topic.key for topic in catalogue.topics()}
    found = [Hot(key, topic_said(key), *told(one, weeks)) for key, one in counts.items()
             if key in known and sum(one.weeks.values()) >= LEAST]
    return sorted(found, key=lambda one: (-(one.last or 0), -(one.growth or 0), one.key))


def counted(cases: QuerySet[Case], weeks: list[date], by: int) -> dict[str, Counts]:
    """The counts of each topic, from one statement."""
    rows = (cases.filter(received_at__gte=start(weeks[0]), received_at__lt=start(weeks[-1] + WEEK))
            .annotate(week=TruncWeek("received_at", tzinfo=moment.SHANGHAI), place=Substr("area", 1, by))
            .values_list("topic", "week", "place").annotate(count=Count("id")).order_by())
    found: dict[str, Counts] = defaultdict(Counts)
    for topic, week, place, count in rows:
        day = moment.shanghai(week).date()
        found[topic].weeks[day] += count
        if day in placed(weeks):
            found[topic].places[place] += count
    return dict(found)


def told(counts: Counts, weeks: Sequence[date]) -> tuple[dict[date, int | None], dict[str, int | None]]:
    """What may be told of one topic by week and by place. Each place knows its own cases, so it is hidden from its
    neighbours too; where the sum of all places would give a week away, no place is told."""
    by_week: dict[date, int | None] = {}
    free = sum(counts.places.values()) >= LEAST
    for first in range(0, len(weeks), BLOCK):
        block = weeks[first:first + BLOCK]
        course, sum_is_free = tell_course([counts.weeks[week] for week in block])
        by_week.update(zip(block, course, strict=True))
        free = free and (sum_is_free or block != placed(weeks))
    return by_week, tell(dict(counts.places), insiders=True) if free else {}


def weeks_until(day: date) -> list[date]:
    """The Mondays of the whole weeks before a day that are looked at, the first one of a block first."""
    last = week_of(day)
    first = last - (_number(last) % BLOCK + BLOCK * BLOCKS) * WEEK
    return [first + count * WEEK for count in range((last - first) // WEEK)]


def placed(weeks: Sequence[date]) -> Sequence[date]:
    """Of these weeks the last block that is over: those of the table of places."""
    return weeks[BLOCK * (BLOCKS - 1):BLOCK * BLOCKS]


def days(weeks: Sequence[date]) -> tuple[date, date] | None:
    """The first and the last day of these weeks; nothing for none."""
    return (weeks[0], weeks[-1] + WEEK - timedelta(days=1)) if weeks else None


def _number(monday: date) -> int:
    return monday.toordinal() // 7  # the first day of the calendar was a Monday, with the ordinal 1


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def start(day: date) -> datetime:
    """The first moment of a day in Shanghai."""
    return datetime.combine(day, time.min, moment.SHANGHAI)
