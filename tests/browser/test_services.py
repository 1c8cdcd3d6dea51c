"""On a phone: the self-test without JavaScript too, and the list of people whom services missed."""

from __future__ import annotations

import re

import pytest

from tests.browser import journey
from tests.browser.journey import PHONE
from tests.browser.test_way import faults

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def answer(page) -> None:
    """Answer the question on the screen, or leave it out where it asks for a number."""
    form = page.locator("#ask")
    if form.locator("input[type=date]").count():
        form.locator("input[type=date]").fill("1979-04-12")
    elif form.locator(".choice input").count():
        form.locator(".choice").first.click()
    else:
        return journey.press(page, "#ask button[value=skip]")
    journey.press(page, "#ask button[value=answer]")


def test_the_self_test_on_a_phone_asks_one_question_at_a_time_and_leaves_nothing(traveller):
    walker = traveller(PHONE, script=False)
    page = walker.device()
    page.goto("/selftest/")
    asked, left = [], []
    for _ in range(4):
        asked.append(page.locator("#ask legend").inner_text())
        left.append(int(re.search(r"\d+", page.inner_text("#ask > p"))[0]))
        answer(page)
        assert page.url.endswith("/selftest/") and page.evaluate(WIDE) <= 0
    assert len(set(asked)) == 4 and left == sorted(set(left), reverse=True), "none twice, and there are fewer each time"
    offers = page.locator("article.sheet")
    assert offers.count() > 30 and offers.locator("form[action='/selftest/person/'] button").count() == offers.count()
    journey.press(page, "button[value=back]")
    assert page.locator("#ask legend").inner_text() == asked[-1]
    assert {one["name"] for one in page.context.cookies()} <= {"csrftoken"}
    assert walker.troubles == []


def test_the_list_of_people_whom_services_missed_is_worked_off_on_a_phone(traveller):
    walker = traveller(PHONE)
    page = walker.device()
    journey.sign_in(walker, page, "bajiao_handler")
    page.goto("/unserved/")
    assert page.evaluate(WIDE) <= 0 and faults(page) == []
    journey.press(page, "main .queue h2 a >> nth=0")
    people = page.locator("main .queue > li").count()
    assert people and "宁静" not in page.inner_text("main")
    assert page.evaluate(WIDE) <= 0 and faults(page) == []
    first = page.locator("main .queue > li").first
    reason, step = first.locator("p").all_inner_texts()[:2]
    assert len(reason) > 8 and not reason.endswith("："), "why she was missed"
    assert step.startswith("下一步") and len(step) > 5, "and what to do"
    first.locator("summary").click()
    first.locator("select[name=result]").select_option("not_wanted")
    with page.expect_navigation():
        first.locator("button.button").click()
    assert page.locator("main .queue > li").count() == people - 1
    assert walker.troubles == []
