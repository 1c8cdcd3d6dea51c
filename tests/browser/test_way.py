"""The way of item 3 in Chromium, on a phone of 360 px and on a desktop: looked at by axe after each step."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser import journey
from tests.browser.journey import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SMALLEST_TARGET = 24  # CSS pixels, WCAG 2.2 success criterion 2.5.8
# A way takes half a minute: on a phone in every run, on a desktop too in `make deep`.
SIZES = pytest.mark.parametrize("size", [
    pytest.param(PHONE, id="phone"), pytest.param(DESKTOP, id="desktop", marks=pytest.mark.deep)])
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands: accessibility, and scrolling sideways."""
    page.wait_for_load_state()  # on a busy machine a click comes back before the page is whole
    found = [f"{one['id']}: {node['html'][:160]}" for one in Axe().run(page, options=RULES).response["violations"]
             for node in one["nodes"]]
    return found + ([f"wider than the screen by {wide} px"] if (wide := page.evaluate(TOO_WIDE)) > 0 else [])


def walked(steps) -> dict[str, list[str]]:
    """Every step with its faults, as far as it has any."""
    return {name: found for name, page in steps if (found := faults(page))}


@SIZES
def test_a_request_goes_from_her_words_to_her_verdict(traveller, size):
    walker = traveller(size)
    assert walked(journey.request_to_verdict(walker)) == {}
    assert walker.troubles == []


@SIZES
def test_words_of_danger_are_met_with_numbers_and_a_way_out(traveller, size):
    walker = traveller(size)
    assert walked(journey.in_danger(walker)) == {}
    assert walker.troubles == []


@SIZES
def test_pages_open_to_all_are_sound(traveller, size):
    walker = traveller(size)
    assert walked(journey.open_to_all(walker)) == {}
    assert walker.troubles == []


def test_english_and_large_text_are_sound_too(traveller):
    walker = traveller(PHONE, language="en")
    assert walked(journey.open_to_all(walker)) == {}
    page = walker.device()
    page.goto("/")
    page.click("button[name=large]")
    page.wait_for_selector("html.large")
    assert faults(page) == []
