"""The places: the drawn map, its list, one place."""

from __future__ import annotations

import itertools
import re

import pytest

from baiying.kit import moment
from baiying.network import queries as network
from baiying.web import maps
from tests.web.pages import shown

pytestmark = pytest.mark.django_db
STREET = "110107003000"


def marks(page) -> list[dict[str, str | None]]:
    return [given for tag, given in page.tags if tag == "a" and "data-x" in given]


def test_the_map_of_the_district_has_every_street_and_says_that_it_is_a_sketch(browser):
    page = shown(browser.get("/places/"))
    assert len(marks(page)) == len(network.areas()) == 9
    assert "示意图" in page.text and any(given.get("class") == "map-ground" for _tag, given in page.tags)
    assert all(str(mark["href"]).startswith("/places/?area=") for mark in marks(page))


def test_the_map_of_a_street_has_the_numbers_of_its_list_and_leads_to_each_place(browser):
    page = shown(browser.get(f"/places/?area={STREET}"))
    rows = [str(given["href"]) for tag, given in page.tags if given.get("class") == "place-name"]
    assert rows and rows == [mark["href"] for mark in marks(page)]
    place = shown(browser.get(rows[0]))
    assert place.status == 200 and sum(mark.get("aria-current") == "true" for mark in marks(place)) == 1


def test_a_place_tells_its_hours_its_telephone_its_speciality_and_who_shares_it(browser):
    shared = next(one for one in network.places(moment.today()) if len(network.sharing(one, moment.today())) > 1)
    page = shown(browser.get(f"/places/{network.place_ref(shared)}/"))
    assert shared.speciality in page.text and shared.address in page.text and shared.telephone in page.text
    assert all(unit.name in page.text for unit in network.sharing(shared, moment.today()))
    assert re.search(r"\d\d:\d\d–\d\d:\d\d", page.text) and ("正在开门" in page.text or "现在关门" in page.text)


def test_an_address_names_a_place_by_letters_that_say_nothing(browser):
    one = network.places(moment.today())[0]
    assert str(one.id) not in browser.get("/places/?q=" + one.name).content.decode()
    assert browser.get(f"/places/{one.id}/").status_code == 404


def test_places_are_found_by_speciality_and_by_unit_and_nothing_found_is_no_dead_end(browser):
    wanted = network.places(moment.today())[0]
    page = shown(browser.get("/places/", {"q": wanted.speciality}))
    names = [given for tag, given in page.tags if given.get("class") == "place-name"]
    assert wanted.name in page.text and len(names) < len(network.places(moment.today()))
    nothing = shown(browser.get("/places/", {"q": "没有这样的地方"}))
    assert "没有找到" in nothing.text and any(given.get("href") == "/places/" for _tag, given in nothing.tags)


def spots(count: int) -> list[maps.Spot]:
    return [maps.Spot(f"s{n}", str(n), f"s{n}", "/") for n in range(count)]


@pytest.mark.parametrize("count", [0, 1, 2, 9, 24, 60])
def test_marks_lie_inside_the_drawing_and_none_hides_another(count):
    for drawing in (maps.of_street({}, spots(count), True), maps.of_district(network.Ground(), spots(count))):
        for one in drawing.marks:
            assert one.radius <= one.x <= drawing.width - one.radius
            assert one.radius <= one.y <= drawing.height - one.radius
        apart = [(a.x - b.x) ** 2 + (a.y - b.y) ** 2 for a in drawing.marks for b in drawing.marks if a is not b]
        assert count > 40 or not apart or min(apart) ** 0.5 >= 2 * drawing.marks[0].radius - 2
        assert drawing.sketch, "without points nothing is to scale"


THUMB = 44 / (298 / maps.WIDTH) / 2  # half of 44 px, in units of a drawing that is 298 px wide on a phone of 360


@pytest.mark.parametrize("count", [2, 7, 60])
def test_a_thumb_hits_a_mark_on_a_phone_and_no_press_is_between_two(count):
    ground = network.ground("110107")
    known = [maps.Spot(code, "1", code, "/") for code in ground.streets]
    close = maps.of_street({"s0": (116.0, 39.0), "s1": (116.001, 39.0), "s2": (116.1, 39.0)}, spots(3), False)
    for drawing in (maps.of_street({}, spots(count), True), maps.of_district(network.Ground(), spots(count)),
                    maps.of_district(ground, known)):
        assert all(one.reach >= THUMB for one in drawing.marks)
    for drawing in (maps.of_street({}, spots(count), True), maps.of_district(ground, known), close):
        for a, b in itertools.combinations(drawing.marks, 2):
            assert (a.x - b.x) ** 2 + (a.y - b.y) ** 2 >= (a.reach + b.reach - 0.2) ** 2 or a.reach == a.radius


def test_points_that_were_entered_stand_to_scale_with_north_above():
    ground = network.Ground(outline=((116.0, 39.0), (116.2, 39.0), (116.2, 39.2), (116.0, 39.2)),
                            streets={"s0": (116.1, 39.05), "s1": (116.1, 39.15)}, sketch=False)
    low, high = maps.of_district(ground, spots(2)).marks
    assert low.x == high.x and high.y < low.y
    drawing = maps.of_district(ground, spots(3))
    assert drawing.sketch and not drawing.outline, "one street without a point: no geography is claimed"


def test_every_street_of_the_demo_district_stands_inside_its_outline():
    ground = network.ground("110107")
    assert ground.sketch and len(ground.outline) > 20
    for point in ground.streets.values():
        assert inside(point, ground.outline), point


def inside(point, corners) -> bool:
    """Whether a ray from the point crosses the outline an odd number of times."""
    x, y = point
    crossed = False
    for (x1, y1), (x2, y2) in zip(corners, (*corners[1:], corners[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed
