"""A request about violence on a phone: nothing of the matter stays behind, and the way out is on every page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser import hers, journey
from tests.browser.journey import PHONE
from tests.browser.test_way import faults

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
STORES = "[localStorage.length, sessionStorage.length]"
BEFORE_SENDING = ("protected-matter", "protected-written")
NEUTRAL = ("百应 · 查询", "Baiying · Query")
OPEN_FOR = 900  # seconds, as web.views.asker has it


def traces(name: str, page: Page, matter: str, script: bool) -> list[str]:
    """What of the matter can be read outside the page itself: in its title, its address, the browser's storage."""
    found = []
    if page.locator("aside [data-quick-exit]").count() and page.title() not in NEUTRAL:
        found.append(f"title {page.title()}")
    if name not in BEFORE_SENDING and matter in page.url:
        found.append(f"address {page.url}")
    if script and page.evaluate(STORES) != [0, 0]:
        found.append(f"storage {page.evaluate('JSON.stringify([{...localStorage}, {...sessionStorage}])')}")
    return found


@SCRIPT
def test_a_request_about_violence_leaves_no_trace_and_every_page_is_sound(traveller, script):
    walker = traveller(PHONE, script=script)
    matter = hers.safe_matter(walker.device()).strip("/").split("/")[-1]
    wrong, seen = {}, []
    for name, page in hers.protected(walker):
        seen.append((name, page.url.split("/", 3)[-1]))
        # axe is a script: it is asked where scripts run
        if told := traces(name, page, matter, script) + (faults(page) if script else []):
            wrong[name] = told
    assert wrong == {} and walker.troubles == []
    assert dict(seen)["protected-closed"] == "find/" and dict(seen)["protected-afterwards"] == "find/"


@SCRIPT
def test_the_way_out_stands_on_every_page_that_tells_of_the_matter(traveller, script):
    walker = traveller(PHONE, script=script)
    for name, page in hers.protected(walker):
        if name in ("protected-matter", "protected-receipt", "protected-mine", "protected-slip"):
            box = page.locator("aside [data-quick-exit]").bounding_box()
            assert box is not None and box["y"] + box["height"] <= PHONE[1], name


def test_going_back_after_the_way_out_shows_nothing_of_the_case(traveller):
    walker = traveller(PHONE)
    for name, page in hers.protected(walker):
        if name == "protected-left":
            page.go_back()
            assert page.locator(".story").count() == 0 and "孩子也在家里" not in page.content()
            return


def test_a_protected_case_that_nobody_looks_at_goes_from_the_screen_and_another_stays(traveller):
    for words, where in (("老公又打我, 我怕", "/find/"), ("水管漏了, 没有人来修。", "/mine/")):
        her = traveller(PHONE).device()
        journey.write(her, words)
        journey.send(her)
        kept = journey.keepsake(her)
        her.clock.install()
        journey.come_back(her, kept)
        her.clock.fast_forward((OPEN_FOR - 60) * 1000)
        assert her.url.endswith("/mine/")
        her.clock.fast_forward(61_000)
        her.wait_for_url(f"**{where}")


def test_a_word_typed_puts_the_closing_off(traveller):
    her = traveller(PHONE).device()
    journey.write(her, "老公又打我, 我怕")
    journey.send(her)
    kept = journey.keepsake(her)
    her.clock.install()
    journey.come_back(her, kept)
    her.clock.fast_forward((OPEN_FOR - 60) * 1000)
    her.locator("#complain summary").click()
    her.fill("#complain textarea", "还在写")
    her.clock.fast_forward(120_000)
    assert her.url.endswith("/mine/") and her.input_value("#complain textarea") == "还在写"
