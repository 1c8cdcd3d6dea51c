"""A leader's morning on the boards: open, drill down, take a table along; on a phone, at a desk, without JavaScript."""

from __future__ import annotations

import csv
import io

import pytest
from playwright.sync_api import Page

from tests.browser.journey import DESKTOP, PHONE, press, sign_in
from tests.browser.test_way import SIZES, faults

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]


def cells(page: Page, table: str) -> list[list[str]]:
    """The words of a table's rows."""
    return [[" ".join(cell.split()) for cell in row.locator("th, td").all_inner_texts()]
            for row in page.locator(f"#table_{table} tbody tr").all()]


def taken_along(page: Page, table: str) -> list[list[str]]:
    """The same table as its CSV file has it, below its notes."""
    with page.expect_download() as waiting:
        page.locator(f"section:has(#table_{table}) a[download][href*='as=csv']").click()
    content = waiting.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "a spreadsheet must know that it is UTF-8"
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return rows[next(number for number, row in enumerate(rows) if len(row) > 3) + 1:]


def fits(page: Page) -> bool:
    """Nothing makes the whole page scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@SIZES
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_leaders_morning_what_is_late_then_the_board_then_a_street_then_its_units(traveller, size, script):
    leader = traveller(size, script=script)
    page = leader.device()
    sign_in(leader, page, "district_union")
    page.goto("/boards/below/")
    assert page.locator("main h1").inner_text() and page.locator(".finding").count() == 4
    assert page.locator("a[href='/federation/']").count() >= 1, "what waits stands before what was"
    assert fits(page)
    press(page, ".board-choices a.chip >> text=2025年 >> nth=-1")
    assert page.locator("#table_street tbody tr").count() >= 9 and page.locator("svg.chart").count() == 1
    assert [row[0] for row in taken_along(page, "street")] == [row[0] for row in cells(page, "street")]
    press(page, "#table_street tbody a >> nth=2")
    assert page.locator("#table_unit tbody tr").count() >= 1, "a whole year shows the units of the street"
    assert page.locator("#table_course tbody tr").count() >= 1 and fits(page)
    if script:
        assert faults(page) == []
    assert leader.troubles == []


def test_everybody_sees_the_same_numbers_as_the_file_and_no_hidden_one_is_in_it(traveller):
    walker = traveller(DESKTOP)
    page = walker.device()
    page.goto("/boards/")
    rows, shown = taken_along(page, "street"), cells(page, "street")
    assert [row[0] for row in rows] == [row[0] for row in shown]
    hidden = sum(row.count("—") for row in shown)
    assert hidden and sum(any("不说" in cell for cell in row) for row in rows) >= 1
    assert faults(page) == [] and walker.troubles == []


def test_the_keyboard_alone_reaches_the_choices_and_the_tables(traveller):
    walker = traveller(PHONE, language="en")
    page = walker.device()
    page.goto("/boards/")
    page.focus(".board-choices a.chip >> nth=0")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached |= set(page.evaluate("document.activeElement.className || document.activeElement.tagName").split())
    assert {"chip", "scroll", "to-whole"} <= reached
    assert "First what hurts" in page.inner_text("main") and faults(page) == []


def test_on_a_phone_a_row_is_a_short_list_and_all_columns_come_at_a_press(traveller):
    walker = traveller(PHONE, script=False)
    page = walker.device()
    page.goto("/boards/")
    row, beside = page.locator("#table_street tbody tr").first, page.locator("#table_street td.beside")
    assert beside.count() > 20 and not any(one.is_visible() for one in beside.all()[:20])
    frame = page.locator("#whole_street")
    assert frame.evaluate("frame => frame.scrollWidth - frame.clientWidth") <= 0 and row.inner_text().strip()
    page.click("#whole_street + p .to-whole")
    assert beside.first.is_visible() and frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    assert fits(page) and page.locator("#whole_street + p .to-brief").is_visible()
    page.click("#whole_street + p .to-brief")
    assert not beside.first.is_visible()


def test_a_unit_goes_from_a_number_of_its_own_board_to_the_cases_behind_it(traveller):
    handler = traveller(PHONE)
    page = handler.device()
    sign_in(handler, page, "bajiao_handler")
    page.goto("/boards/ours/")
    assert page.locator(".tallies a").count() == 3 and fits(page)
    press(page, "#table_course tbody a >> nth=0")
    assert page.locator("main h1").inner_text() and faults(page) == []
    assert handler.troubles == []
