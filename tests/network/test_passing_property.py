"""Whatever is done to a network, in any order and with any days: no work ever lies where nobody is, and no day that
has passed ever changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, seed
from hypothesis import settings as pace
from hypothesis import strategies as st

from baiying.kit import moment, news
from baiying.kit.errors import Refusal
from baiying.members.models import Person
from baiying.network import actions, queries
from baiying.network.actions import settling
from baiying.network.models import Absence, Area, Post, Tie, Unit
from baiying.network.news import POST_ENDED, SETTLED, UNIT_EMPTY, UNIT_PASSED
from baiying.network.queries.passing import keeps

pytestmark = pytest.mark.django_db
START = date(2026, 9, 1)
DISTRICT = "990101"
AREAS = [(DISTRICT + "000000", 3), (DISTRICT + "001000", 4), (DISTRICT + "001001", 5), (DISTRICT + "002000", 4)]
UNITS = [  # organisation, level, area, upper
    ("union", "district", 0, None), ("women", "district", 0, None), ("union", "street", 1, 0),
    ("women", "street", 1, 1), ("women", "community", 2, 3), ("union", "street", 3, 0), ("union", "grassroots", 1, 2),
    ("partner", "district", 0, None), ("partner", "grassroots", 0, None),
]
VERBS = ["appoint", "end_post", "vacate", "away", "back", "close", "close", "split", "merge", "days", "days", "arrive"]
steps = st.tuples(st.sampled_from(VERBS), *[st.integers(0, 40)] * 4)


@dataclass
class World:
    """A small district with some work in it, and the diary of the days that have passed."""

    people: list[UUID]
    today: date = START
    units: list[Unit] = field(default_factory=list)
    work: list[UUID] = field(default_factory=list)
    diary: dict[date, object] = field(default_factory=dict)
    ended: list[UUID] = field(default_factory=list)

    def passed(self, unit: UUID, to: UUID, on: date) -> None:
        goes = queries.next_living(to, on)
        self.work = [(goes.id if goes else to) if one == unit else one for one in self.work]

    def empty(self, unit: UUID, on: date) -> None:
        goes = queries.next_living(unit, on)
        self.work = [(goes.id if goes else unit) if one == unit else one for one in self.work]

    def over(self, post: UUID, person: UUID, unit: UUID) -> None:
        self.ended.append(post)

    def picture(self, on: date) -> object:
        """All that held on that day."""
        ids = {unit.id: unit for unit in Unit.objects.filter(district=DISTRICT)}
        holds = lambda row: row.since <= on and (row.until is None or on < row.until)  # noqa: E731
        return (
            {key for key, unit in ids.items() if unit.is_open(on)},
            {(p.unit_id, p.role, p.holder_id) for p in Post.objects.filter(district=DISTRICT) if holds(p)},
            {(t.kind, t.lower_id, t.upper_id) for t in Tie.objects.filter(district=DISTRICT) if holds(t)},
            {(a.post_id, a.substitute_id) for a in Absence.objects.filter(district=DISTRICT) if holds(a)},
            {key for key in ids if queries.is_living(key, DISTRICT, on)},
        )


def found(people: list[UUID]) -> World:
    world = World(people)
    for code, level in AREAS:
        parent = {3: None, 4: AREAS[0][0], 5: AREAS[1][0]}[level]
        Area.objects.create(code=code, name=code, level=level, parent_id=parent, district=DISTRICT)
    for number, (organisation, level, area, upper) in enumerate(UNITS):
        made = actions.opened(f"w{number}", organisation=organisation, level=level, name=f"单位{number}",
                              roles=["court" if organisation == "partner" else "union"], area=AREAS[area][0],
                              opened_on=START - timedelta(days=9))
        ties = [] if upper is None else [actions.tied(f"t{number}", "territorial", made, world.units[upper], START)]
        if organisation == "partner":
            ties = [actions.tied(f"p{number}", "partner", made, world.units[0], START)]
        post = actions.appointed(f"p{number}", made, "handler", people[number % len(people)], START)
        actions.enter(units=[made], ties=ties, posts=[post])
        world.units.append(made)
    world.work = [unit.id for unit in world.units]
    return world


def act(world: World, number: int, verb: str, a: int, b: int, c: int, d: int) -> None:
    """One deed with these dice. What is refused changes nothing."""
    units = list(Unit.objects.filter(district=DISTRICT).order_by("opened_on", "id"))
    posts = list(Post.objects.filter(district=DISTRICT).order_by("since", "id"))
    unit, other, post = units[a % len(units)], units[b % len(units)], posts[a % len(posts)]
    on = world.today + timedelta(days=c % 5)
    until = on + timedelta(days=1 + d % 4) if d % 2 else None
    person = world.people[d % len(world.people)]
    deeds: dict[str, Callable[[], object]] = {
        "appoint": lambda: actions.appoint(f"a{number}", unit, "handler", person, on, until),
        "end_post": lambda: actions.end_post(post, on),
        "vacate": lambda: actions.vacate(f"v{number}", post, on),
        "away": lambda: actions.be_absent(f"b{number}", post, on, until, person if b % 2 else None),
        "back": lambda: [actions.end_absence(one, on) for one in Absence.objects.filter(post=post)],
        "close": lambda: actions.close_unit(unit, on, other if b % 3 else None, people_go=bool(d % 2)),
        "split": lambda: actions.split_unit(
            unit, [actions.NewUnit(f"新{number}-{n}", unit.area_id, ("union",)) for n in range(2)], on, f"s{number}",
            people_go=bool(d % 2)),
        "merge": lambda: actions.merge_units([unit, units[d % len(units)]], other, on),
        "arrive": lambda: arrive(world, a),
    }
    try:
        with transaction.atomic():
            deeds[verb]()
    except Refusal:
        pass


def arrive(world: World, dice: int) -> None:
    living = [unit for unit in queries.playing((), DISTRICT, world.today)]
    if living:
        world.work.append(living[dice % len(living)].id)


def check(world: World) -> None:
    anybody = [unit for unit in queries.playing((), DISTRICT, world.today) if keeps(unit)]
    for unit in set(world.work):
        if anybody:
            assert queries.next_living(unit, world.today) is not None
            assert queries.is_living(unit, DISTRICT, world.today), "work lies where nobody is"
    for closed in Unit.objects.filter(district=DISTRICT, closed_on__isnull=False):
        assert closed.successor_id is not None
    for day, before in world.diary.items():
        assert world.picture(day) == before, f"the {day} was rewritten"


def go_on(world: World, days: int) -> None:
    for _ in range(days):
        world.diary[world.today] = world.picture(world.today)
        world.today += timedelta(days=1)
        with moment.frozen(datetime.combine(world.today, time(0, 1))):
            actions.settle()


def walk(deeds: list[tuple[str, int, int, int, int]], monkeypatch: pytest.MonkeyPatch) -> World:
    """Do all of it, checking after every deed; nothing of it stays."""
    people = list(Person.objects.filter(active=True, posts__isnull=False).distinct().order_by("login")
                  .values_list("id", flat=True)[:4])
    with monkeypatch.context() as patched, transaction.atomic():
        patched.setattr(settling, "_districts", lambda: [DISTRICT])
        patched.setattr(news, "_listeners", {UNIT_PASSED: [], UNIT_EMPTY: [], POST_ENDED: [], SETTLED: []})
        with moment.frozen(datetime.combine(START, time(9))):
            world = found(people)
        news.listen(UNIT_PASSED, world.passed)
        news.listen(UNIT_EMPTY, world.empty)
        news.listen(POST_ENDED, world.over)
        for number, (verb, a, b, c, d) in enumerate(deeds):
            if verb == "days":
                go_on(world, 1 + a % 3)
            else:
                with moment.frozen(datetime.combine(world.today, time(9))):
                    act(world, number, verb, a, b, c, d)
            check(world)
        transaction.set_rollback(True)
    return world


@pytest.mark.long
@pace(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@seed(20260901)
@given(deeds=st.lists(steps, min_size=4, max_size=9))
def test_no_work_ever_lies_where_nobody_is_and_no_past_day_changes(
    deeds: list[tuple[str, int, int, int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    world = walk(deeds, monkeypatch)
    assert len(world.ended) == len(set(world.ended)), "an end was told twice"


@pytest.mark.deep
@pace(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@seed(20260902)
@given(deeds=st.lists(steps, min_size=4, max_size=14))
def test_no_work_is_stranded_in_many_longer_histories(
    deeds: list[tuple[str, int, int, int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    walk(deeds, monkeypatch)
