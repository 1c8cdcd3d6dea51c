"""In Chromium: a dispute whose mediation fails and that reaches arbitration, with her own date always in sight; and an
incident, from the first report to the level. Looked at by axe after each step."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser import hands
from tests.browser.journey import DESKTOP, PHONE, Traveller, come_back, move, open_case, press, sign_in
from tests.browser.test_way import walked

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]


def to_arbitration(traveller: Traveller) -> Iterator[tuple[str, Page]]:
    """Her words, a refusal of the other side, the draft, the day arbitration was applied for."""
    her, kept = hands.asked(traveller)
    her = traveller.device()
    come_back(her, kept)
    her.locator("#law summary").first.click()
    her.fill("#law [name='ask.knew_on']", "2026-09-15")
    press(her, "#law form button[type=submit]")
    assert her.locator("#law .clock").count() >= 1
    yield "her-dates", her
    handler = traveller.device()
    sign_in(traveller, handler, "bajiao_handler")
    open_case(handler, kept.number)
    move(handler, "panel")
    move(handler, "fail", "对方电话里说不谈。")
    yield "failed", handler
    form = handler.locator('form:has(input[name=move][value="arbitration"])').first
    form.locator("summary").click()
    form.locator("[name='ask.arbitration_applied_on']").fill("2026-09-20")
    with handler.expect_navigation():
        form.locator("button[type=submit]:not(.unseen)").first.click()
    yield "in-arbitration", handler
    come_back(her, kept)
    assert her.locator("#law .clock").count() >= 1, "her own date stands there still"
    yield "her-arbitration", her


def an_incident(traveller: Traveller) -> Iterator[tuple[str, Page]]:
    """A first report, the level, a line of the checklist, what has happened."""
    page = traveller.device()
    sign_in(traveller, page, "bajiao_handler")
    page.goto("/incidents/")
    page.locator("details.sheet > summary").first.click()
    yield "incidents", page
    page.locator("[name='ask.what']").first.check()
    page.fill("[name='ask.employer']", "金顶装饰工程队")
    page.fill("[name='ask.workers']", "40")
    page.locator("[name='ask.danger'][value=no]").check()
    page.fill("[name='ask.demands']", "结清四个月工资")
    press(page, "details.sheet form button[type=submit]")
    yield "reported", page
    press(page, "form:has(input[name=what][value=level]) button[type=submit]")
    press(page, "form:has(input[name=what][value=tick]) button[type=submit]")
    page.fill("form:has(input[name=what][value=tell]) [name=text]", "四十人, 都在项目部。")
    press(page, "form:has(input[name=what][value=tell]) button[type=submit]")
    yield "worked-off", page


def test_a_failed_mediation_reaches_arbitration_and_her_date_stays_in_sight(traveller):
    walker = traveller(PHONE)
    assert walked(to_arbitration(walker)) == {}
    assert walker.troubles == []


@pytest.mark.parametrize("size", [PHONE, pytest.param(DESKTOP, marks=pytest.mark.deep)], ids=["phone", "desktop"])
def test_an_incident_is_reported_and_put_on_a_level(traveller, size):
    walker = traveller(size)
    assert walked(an_incident(walker)) == {}
    assert walker.troubles == []
