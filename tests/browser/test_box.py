"""The one box on a phone: what fits while she types, three to choose from, somebody else's business, danger first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import journey
from tests.browser.journey import DESKTOP, PHONE
from tests.browser.test_script import tab_until
from tests.browser.test_way import faults

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]
WAGES, VAGUE, BUS = "老板拖欠我三个月工资", "我也不知道该怎么说，就是难", "门口的公交车站等了四十分钟都不来"
MATTERS = {path.stem for path in (Path(__file__).resolve().parents[2] / "catalogue" / "matters").glob("*.toml")}
OFFERED = "#fits input[name=topic]"


def typed(page, words: str) -> None:
    """Written in the box, and answered."""
    page.goto("/")
    page.locator("[name=words]").press_sequentially(words)
    page.wait_for_selector("#fits .fits-in")


def test_box_to_number_on_a_phone(traveller):
    one = traveller(PHONE)
    her = one.device()
    typed(her, WAGES)
    assert "工资" in her.inner_text("#fits") and "工资" in her.text_content("#fits_said")
    her.select_option("[name=area]", journey.COMMUNITY)
    her.wait_for_selector("#fits .fits-place")
    assert "八角南里" in her.inner_text("#fits .fits-place") and her.locator("#fits a[href^='tel:']").count() == 1
    journey.send(her)
    assert journey.keepsake(her).number
    assert "工资" in her.inner_text("#taken") and not one.troubles


def test_box_to_number_without_javascript(traveller):
    her = traveller(PHONE, script=False).device()
    her.goto("/")
    her.fill("[name=words]", WAGES)
    her.fill("[name=phone]", "010-0000-0909")
    journey.press(her, "button[formaction^='/fits/']")
    assert "工资" in her.inner_text("#fits") and her.input_value("[name=phone]") == "010-0000-0909"
    journey.send(her)
    assert journey.keepsake(her).number and "工资" in her.inner_text("#taken")


def test_danger_opens_the_numbers_while_she_types_and_nothing_is_sorted(traveller):
    one = traveller(PHONE)
    her = one.device()
    her.goto("/")
    her.locator("[name=words]").press_sequentially("lao gong you da wo le")
    her.wait_for_selector("#danger", state="visible")
    assert her.get_attribute("#danger", "role") == "alert"
    numbers = her.locator("#danger .calls strong").all_inner_texts()
    assert numbers[:3] == ["110", "12338", "12356"] and len(numbers) == 4
    her.wait_for_selector("#fits .fits-in")
    assert her.locator(OFFERED).count() == 0
    above, below = her.locator("#danger").bounding_box(), her.locator("#fits").bounding_box()
    assert above["y"] < below["y"] and her.is_visible("#danger [data-quick-exit]")
    journey.send(her)
    assert journey.keepsake(her).number and her.locator("#taken").count() == 0 and not one.troubles


def test_danger_without_javascript_comes_before_the_number(traveller):
    her = traveller(PHONE, script=False).device()
    her.goto("/")
    her.fill("[name=words]", "家*暴, 求助")
    journey.send(her)
    numbers, number = her.locator(".calls").first.bounding_box(), her.locator(".keepsake").bounding_box()
    assert numbers["y"] < number["y"]


def test_the_page_of_a_matter_helps_as_the_box_does(traveller):
    one = traveller(PHONE)
    her = one.device()
    her.goto("/catalogue/")
    links = her.locator("a.offer-name").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    her.goto([link for link in links if link.strip("/").split("/")[-1] in MATTERS][-1])  # a service has no box
    opened = her.inner_text("h1")
    her.locator("[name=words]").press_sequentially(WAGES)
    her.wait_for_selector("#fits button[name=turn]")
    assert "工资" in her.text_content("#fits_said") and faults(her) == []
    journey.press(her, "#fits button[name=turn]")
    assert her.inner_text("h1") != opened and her.input_value("[name=words]") == WAGES
    assert not her.is_visible("#danger")
    her.fill("[name=words]", "老公又打我, 我怕")
    her.wait_for_selector("#danger", state="visible")
    assert not one.troubles


def test_three_to_choose_from_by_the_keyboard_and_the_choice_survives_more_words(traveller):
    one = traveller(DESKTOP)
    her = one.device()
    typed(her, VAGUE)
    offered = her.locator(f"{OFFERED}:not([value=''])")
    assert 2 <= offered.count() <= 3 and her.is_checked(f"{OFFERED}[value='']")
    key = offered.first.get_attribute("value")
    tab_until(her, "document.activeElement.name === 'topic'")
    while not her.is_checked(f"{OFFERED}[value='{key}']"):
        her.keyboard.press("ArrowUp")
    her.locator("[name=words]").press_sequentially("，求帮忙")
    her.wait_for_timeout(1_500)
    assert her.is_checked(f"{OFFERED}[value='{key}']")
    matter = her.inner_text(f"#fits label:has(input[value='{key}']) .soft")
    journey.send(her)
    assert journey.keepsake(her).number and matter in her.inner_text("section:has(#who)") and not one.troubles


def test_somebody_elses_business_has_its_door_and_may_be_left_here(traveller):
    her = traveller(PHONE).device()
    typed(her, BUS)
    assert her.is_visible("#fits a[href='tel:12345']") and her.locator(OFFERED).count() == 0
    journey.send(her)
    assert journey.keepsake(her).number and "12345" in her.inner_text("#taken")


def test_she_says_otherwise_on_the_receipt_and_keeps_her_number(traveller):
    her = traveller(PHONE).device()
    typed(her, WAGES)
    journey.send(her)
    kept = journey.keepsake(her)
    her.click("#taken summary")
    journey.press(her, "#taken button[name=topic] >> nth=0")
    assert journey.keepsake(her) == kept and "您自己选的" in her.inner_text("#taken")


@pytest.mark.parametrize("words", [WAGES, VAGUE, BUS, "他又打我了，我怕"])
def test_large_letters_on_a_narrow_phone_move_nothing_out_of_sight(traveller, words):
    her = traveller(PHONE, language="en").device()
    her.goto("/")
    her.click("#switch [name=large]")
    her.wait_for_selector("html.large")
    her.fill("[name=words]", words)
    her.wait_for_selector("#fits .fits-in")
    assert her.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_in_english_the_box_answers_in_english(traveller):
    her = traveller(PHONE, language="en").device()
    typed(her, "My boss has not paid my wages for three months")
    assert "It sounds like" in her.inner_text("#fits") or "nearest" in her.inner_text("#fits")
