"""A new district from nothing in Chromium: the one-time key, four steps, then the first page; axe after each step."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests import live as product
from tests.browser import journey
from tests.browser.journey import DESKTOP, PHONE, Traveller
from tests.browser.test_way import faults
from tests.project.test_start import begin, end, until_greeted

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("start")]
PASSWORD = "windy hills over the river"


@pytest.fixture
def fresh(chromium) -> Iterator[Callable[..., tuple[Traveller, str]]]:
    """A fresh installation for real, and a traveller who comes to it with its one-time key."""
    data, port = product.new_folder(), product.free_port()
    process, made = begin(data, port), []

    def come(size: tuple[int, int], language: str = "zh-hans") -> tuple[Traveller, str]:
        made.append(Traveller(chromium, f"http://127.0.0.1:{port}", size, {}, language))
        return made[-1], (data / "setup.key").read_text().strip()

    try:
        until_greeted(process)
        yield come
    finally:
        for one in made:
            one.leave()
        end(process)
        product.remove(data)


def press(page: Page) -> None:
    journey.press(page, "main form button[type=submit]")


def set_up(page: Page, key: str) -> Iterator[tuple[str, Page]]:
    """Every step, each first with a mistake where one is likely."""
    page.goto("/today/")
    yield "key", page
    page.fill("[name=key]", "AAAA-BBBB-CCCC-DDDD")
    press(page)
    yield "key-wrong", page
    page.fill("[name=key]", key)
    press(page)
    yield "district", page
    page.fill("[name=district]", "110105")
    press(page)
    yield "district-without-table", page
    page.fill("[name=district]", "110107")
    press(page)
    yield "federations", page
    press(page)
    yield "keys", page
    page.check("[name=seen]")
    press(page)
    yield "people", page
    page.fill("[name=name_0]", "管有章")
    page.fill("[name=login_0]", "guan.youzhang")
    page.fill("[name=password_0]", "short")
    page.fill("[name=again_0]", "short")
    press(page)
    yield "people-weak", page
    assert page.input_value("[name=name_0]") == "管有章"
    page.fill("[name=password_0]", PASSWORD)
    page.fill("[name=again_0]", PASSWORD)
    press(page)
    yield "done", page


@pytest.mark.parametrize(("size", "language"), [
    pytest.param(PHONE, "zh-hans", id="phone"),
    pytest.param(DESKTOP, "en", id="desktop-english", marks=pytest.mark.deep),  # a fresh installation each time
])
def test_a_new_district_is_set_up_from_nothing(fresh, size, language):
    walker, key = fresh(size, language)
    page = walker.device()
    found = {name: wrong for name, at in set_up(page, key) if (wrong := faults(at))}
    assert found == {} and walker.troubles == []
    assert page.locator("ol.steps li").count() == 4 and "石景山区总工会" in page.inner_text("main")
    page.goto("/setup/")
    assert page.locator("[name=key]").count() == 0, "gone for good"
    page.goto("/")
    assert page.locator("[name=words]").count() == 1
