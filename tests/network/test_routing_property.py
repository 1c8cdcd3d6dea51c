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
        level = draw(st.sampled_from([LEVEL[seen.areas[code].level], "grassroots"])) if number > 2 else "district"
        unit = Unit(id=UUID(int=number), district="110107", organisation=organisation, level=level, area_id=code,
                    opened_on=since, closed_on=until)  # fmt: skip
        seen.units[unit.id] = unit
        seen.units_of_area[code].append(unit)
        for post in draw(st.lists(spans, max_size=2)):
            seen.receivers[unit.id].append(Span(UUID(int=99), *post))
    keys = st.sampled_from(list(seen.units))
    for lower, upper, (since, until) in draw(st.lists(st.tuples(keys, keys, spans), max_size=12)):
        seen.uppers[lower].append(Span(upper, since, until))
    return seen


@contextmanager
def in_force(seen: Picture) -> Iterator[None]:
    with patch.object(routing, "picture", lambda district: seen):
        yield


@pace(max_examples=200, deadline=None)
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


@pace(max_examples=200, deadline=None)
@given(pictures(), st.sampled_from(CODES), st.sampled_from(["union", "women"]))
def test_no_nearer_unit_with_a_living_post_was_passed_over(seen: Picture, code: str, organisation: str) -> None:
    with in_force(seen):
        unit = routing.first_unit(organisation, code, ON)
    around = {code, seen.areas[code].parent_id, DISTRICT} - {None}
    for one in seen.units.values():
        if one.area_id in around and one.organisation == organisation and one.level != "grassroots":
            nearer = seen.areas[one.area_id].level > seen.areas[unit.area_id].level
            assert not (nearer and seen.lives(one, ON))


@pace(max_examples=200, deadline=None)
@given(pictures())
def test_going_up_ends_at_the_top_and_never_stays_where_it_is(seen: Picture) -> None:
    with in_force(seen):
        for unit in seen.units.values():
            above = routing.upper(unit, ON)
            if unit.level == "district":
                assert above is None
            else:
                assert above is not None and above.id != unit.id and above.is_open(ON)
