"""The drawn map with the keyboard alone, and without JavaScript; a page that loses its network keeps the words."""

from __future__ import annotations

import pytest

from tests.browser import journey
from tests.browser.journey import DESKTOP, PHONE
from tests.browser.test_way import SIZES, faults

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]
HERE = "document.activeElement.dataset.name"
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.map-reach')].flatMap(reach => {
    const box = reach.getBoundingClientRect(); return [box.width, box.height]; }))"""
AT = "[Number(document.activeElement.dataset.x), Number(document.activeElement.dataset.y)]"


def to_the_map(page) -> None:
    """By the Tab key from the button of the search on."""
    page.goto("/places/")
    page.focus("form[role=search] button")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-map]') !== null")


@SIZES
def test_the_map_is_one_stop_of_the_tab_key_and_the_arrows_go_from_street_to_street(traveller, size):
    walker = traveller(size)
    page = walker.device()
    to_the_map(page)
    seen = {page.evaluate(HERE)}
    for key in ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft", "End", "Home"):
        before, name = page.evaluate(AT), page.evaluate(HERE)
        page.keyboard.press(key)
        after = page.evaluate(AT)
        seen.add(page.evaluate(HERE))
        assert page.evaluate("document.activeElement.closest('[data-map]') !== null")
        if page.evaluate(HERE) != name and key.startswith("Arrow"):
            across, down = after[0] - before[0], after[1] - before[1]
            assert {"ArrowDown": down, "ArrowUp": -down, "ArrowRight": across, "ArrowLeft": -across}[key] > 0
    assert len(seen) >= 4 and page.inner_text("[data-map-said]") == page.evaluate(HERE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-map]') === null"), "one stop, and on to the list"
    assert faults(page) == [] and walker.troubles == []


def test_every_street_is_reached_by_the_arrows(traveller):
    page = traveller(DESKTOP).device()
    to_the_map(page)
    marks = page.locator("[data-map] a").count()
    reached, edge = set(), [page.evaluate(HERE)]
    while edge:
        name = edge.pop()
        if name in reached:
            continue
        reached.add(name)
        for key in ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"):
            page.evaluate("name => document.querySelector(`[data-map] a[data-name='${name}']`).focus()", name)
            page.keyboard.press(key)
            edge.append(page.evaluate(HERE))
    assert len(reached) == marks == 9


def test_enter_opens_a_street_then_a_place(traveller):
    page = traveller(PHONE).device()
    to_the_map(page)
    assert page.evaluate(SMALLEST) >= 44, "a thumb hits it"
    street = page.evaluate(HERE)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.inner_text("h1") == street and "示意图" in page.inner_text("figure")
    assert page.evaluate(SMALLEST) >= 44
    page.focus("[data-map] a[tabindex='0']")
    place = page.evaluate(HERE)
    box = page.locator("[data-map] a[tabindex='0'] .map-reach").bounding_box()
    with page.expect_navigation():  # beside the dot that is seen, where a thumb may land
        page.mouse.click(box["x"] + box["width"] / 2 + 19, box["y"] + box["height"] / 2)
    assert page.inner_text("h1") == place and page.locator("a[href^='tel:010']").count() >= 1
    assert page.locator("[data-map] .map-here").count() == 1 and faults(page) == []


def test_without_scripts_every_mark_is_a_link_and_the_list_says_the_same(traveller):
    page = traveller(PHONE, script=False).device()
    page.goto("/places/?area=110107003000")
    marks = page.locator("[data-map] a").evaluate_all("marks => marks.map(mark => mark.getAttribute('href'))")
    rows = page.locator("a.place-name").evaluate_all("rows => rows.map(row => row.getAttribute('href'))")
    assert marks == rows and len(rows) > 5
    journey.press(page, "[data-map] a >> nth=2")
    assert page.url.endswith(rows[2])


def test_a_form_is_not_sent_into_nothing_when_the_network_is_gone(traveller):
    her = traveller(PHONE).device()
    journey.write(her, "水管漏了, 没有人来修。")
    her.context.set_offline(True)
    her.click("#need > p button[type=submit]")
    assert her.is_visible("[data-offline]") and her.input_value("[name=words]") == "水管漏了, 没有人来修。"
    her.context.set_offline(False)
    her.wait_for_selector("[data-offline]", state="hidden")
    journey.send(her)
    her.wait_for_selector(".keepsake")
