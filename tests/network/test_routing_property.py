"""Whatever network there is: a request gets a unit, and a living one as long as any district desk lives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from unittest.mock import patch
from uuid import UUID

from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st

from baiying.network.models import Area, Unit
from baiying.network.queries import routing
from baiying.network.queries.picture import Picture, Span

ON = date(2026, 9, 1)
DISTRICT = "110107000000"
CODES = [DISTRICT, "110107003000", "110107004000", "110107003007", "110107003009", "110107004001"]
LEVEL = {3: "district", 4: "street", 5: "community"}
days = st.integers(-3, 3).map(lambda n: ON + timedelta(days=n))
spans = st.tuples(days, st.one_of(st.none(), days))


def areas() -> dict[str, Area]:
    found = {}
    for code in CODES:
        level = 3 if code == DISTRICT else 4 if code.endswith("000") else 5
        parent = None if level == 3 else DISTRICT if level == 4 else code[:9] + "000"
        found[code] = Area(code=code, name=code, level=level, parent_id=parent, district="110107")
    return found


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    """A network with dated units, posts and ties in any shape, circles and dead ends included; two desks are open."""
    seen = Picture(areas=areas())
    chosen = draw(st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from(["union", "women"]), spans), max_size=10))
    always = (ON - timedelta(days=9), None)
    rows = [(DISTRICT, "union", always), (DISTRICT, "women", always), *chosen]
    for number, (code, organisation, (since, until)) in enumerate(rows, start=1):
        levels = [LEVEL[seen.areas[code].level], "grassroots", "industry"]
        level = draw(st.sampled_from(levels)) if number > 2 else "district"
        unit = Unit(id=UUID(int=number), district="110107", organisation=organisation, level=level, area_id=code,
                    opened_on=since, closed_on=until)  # fmt: skip
        seen.units[unit.id] = unit
        seen.units_of_area[code].append(unit)
        for place, post in enumerate(draw(st.lists(spans, max_size=2))):
            seen.receivers[unit.id].append(Span(UUID(int=1000 * number + place), *post))
    keys = st.sampled_from(list(seen.units))
    for lower, upper, (since, until) in draw(st.lists(st.tuples(keys, keys, spans), max_size=12)):
        seen.uppers[lower].append(Span(upper, since, until))
    for lower, upper, (since, until) in draw(st.lists(st.tuples(keys, keys, spans), max_size=6)):
        seen.sectors[lower].append(Span(upper, since, until))
    return seen


anywhere = st.sampled_from([*CODES, None, "", "110107003999", "990000000000", "nonsense"])
orders = st.sampled_from([("territorial",), ("sector", "territorial"), ("sector",), ()])
lowests = st.sampled_from(["", "community", "street", "district"])


@contextmanager
def in_force(seen: Picture) -> Iterator[None]:
    with patch.object(routing, "picture", lambda district: seen):
        yield


@pace(max_examples=100, deadline=None)
@given(pictures(), st.sampled_from([*CODES, None, "110107003999", "990000000000"]), st.sampled_from(["union", "women"]))
def test_a_request_is_never_without_an_open_unit(seen: Picture, code: str | None, organisation: str) -> None:
    with in_force(seen):
        unit = routing.first_unit(organisation, code, ON)
    assert unit.is_open(ON) and unit.level != "grassroots"
    own = [one for one in seen.units_of_area[DISTRICT] if one.level == "district" and one.organisation == organisation]
    if any(seen.lives(one, ON) for one in own):
        assert unit.organisation == organisation and seen.lives(unit, ON)
    if any(seen.lives(one, ON) for one in seen.units_of_area[DISTRICT] if one.level == "district"):
        assert seen.lives(unit, ON)


@pace(max_examples=100, deadline=None)
@given(pictures(), st.sampled_from(CODES), st.sampled_from(["union", "women"]))
def test_no_nearer_unit_with_a_living_post_was_passed_over(seen: Picture, code: str, organisation: str) -> None:
    with in_force(seen):
        unit = routing.first_unit(organisation, code, ON)
    around = {code, seen.areas[code].parent_id, DISTRICT} - {None}
    for one in seen.units.values():
        if one.area_id in around and one.organisation == organisation and one.level not in ("grassroots", "industry"):
            nearer = seen.areas[one.area_id].level > seen.areas[unit.area_id].level
            assert not (nearer and seen.lives(one, ON))


@pace(max_examples=100, deadline=None)
@given(pictures())
def test_going_up_ends_at_the_top_and_never_stays_where_it_is(seen: Picture) -> None:
    with in_force(seen):
        for unit in seen.units.values():
            above = routing.upper(unit, ON)
            if unit.level == "district":
                assert above is None
            else:
                assert above is not None and above.id != unit.id and above.is_open(ON)


@pace(max_examples=100, deadline=None)
@given(pictures(), anywhere, st.sampled_from(["union", "women"]), orders, lowests, st.integers(1, 14),
       st.dictionaries(st.integers(1, 12), st.integers(0, 9)))
def test_routing_is_total_whatever_the_matter_the_ties_the_employer_and_the_load(
    seen: Picture, code: str | None, organisation: str, ties: tuple[str, ...], lowest: str, employer: int,
    cases: dict[int, int],
) -> None:
    def first() -> Unit:
        return routing.first_unit(organisation, code, ON, lowest, ties=ties, employer=UUID(int=employer),
                                  load=lambda unit: cases.get(unit.int, 0))

    with in_force(seen):
        unit = first()
        assert unit is first() or unit.id == first().id  # the same question has the same answer
    assert unit.is_open(ON) and unit.level != "grassroots"
    if any(seen.lives(one, ON) for one in seen.units_of_area[DISTRICT] if one.level == "district"):
        assert seen.lives(unit, ON)
    if unit.level == "industry":
        tied = {span.other for span in seen.sectors[UUID(int=employer)] if span.covers(ON)}
        assert "sector" in ties and unit.id in tied and unit.organisation == organisation and lowest != "district"


@pace(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 3), min_size=2, max_size=4), st.integers(1, 60))
def test_equal_units_share_by_open_cases_for_each_post(posts: list[int], needs: int) -> None:
    seen = Picture(areas=areas())
    for number, many in enumerate(posts, start=1):
        unit = Unit(id=UUID(int=number), district="110107", organisation="union", level="street",
                    area_id="110107003000", opened_on=ON - timedelta(days=number))
        seen.units[unit.id] = unit
        seen.units_of_area[unit.area_id].append(unit)
        for place in range(many):
            seen.receivers[unit.id].append(Span(UUID(int=1000 * number + place), ON, None))
    cases = dict.fromkeys(seen.units, 0)
    with in_force(seen):
        for _need in range(needs):
            cases[routing.first_unit("union", "110107003007", ON, load=cases.__getitem__).id] += 1
    for number, many in enumerate(posts, start=1):
        fair = needs * many / sum(posts)
        assert abs(cases[UUID(int=number)] - fair) <= len(posts) * max(posts)
