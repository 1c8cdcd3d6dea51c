"""With a script and without one: quick exit, words of danger, drafts, the keyboard alone."""

from __future__ import annotations

import pytest

from tests.browser import journey
from tests.browser.journey import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]
ELSEWHERE = "https://www.baidu.com/"


def test_the_whole_way_works_with_scripts_switched_off(traveller):
    walker = traveller(PHONE, script=False)
    assert [name for name, _page in journey.request_to_verdict(walker)][-1] == "mine-closed"
    assert [name for name, _page in journey.in_danger(walker)][-1] == "danger-mine"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_quick_exit_leaves_nothing_that_back_or_the_next_visit_shows(traveller, script):
    her = traveller(PHONE, script=script).device()
    her.context.route(ELSEWHERE, lambda route: route.fulfill(body="<title>elsewhere</title>", content_type="text/html"))
    journey.write(her, "老公又打我, 我怕")
    journey.send(her)
    her.click("aside [data-quick-exit]")
    her.wait_for_url(ELSEWHERE)
    if script:
        her.go_back()
        assert her.locator(".keepsake").count() == 0 and "老公" not in her.content()
    her.goto("/received/")
    assert her.url.endswith("/find/")
    her.goto("/mine/")
    assert her.url.endswith("/find/")


def test_words_of_danger_open_the_numbers_before_anything_is_sent(traveller):
    her = traveller(PHONE).device()
    her.goto("/")
    assert not her.is_visible("#danger")
    her.fill("[name=words]", "打我电话就行")
    her.wait_for_timeout(1_000)
    assert not her.is_visible("#danger")
    her.fill("[name=words]", "他 又 打　我")
    her.wait_for_selector("#danger", state="visible")
    assert "12338" in her.inner_text("#danger")


def test_half_a_sentence_that_sounds_like_danger_is_forgotten_and_what_is_written_over_is_not(traveller):
    her = traveller(PHONE).device()
    her.goto("/")
    her.fill("[name=words]", "他打我")
    her.wait_for_selector("#danger", state="visible")
    her.locator("[name=words]").press_sequentially("的电话就行")
    her.wait_for_selector("#danger", state="hidden")
    her.fill("[name=words]", "老公又打我, 我怕")
    her.wait_for_selector("#danger", state="visible")
    her.fill("[name=words]", "")
    her.wait_for_timeout(1_000)
    assert her.is_visible("#danger")


def test_a_draft_is_kept_on_the_server_and_nothing_in_the_browser(traveller):
    her = traveller(PHONE).device()
    her.goto("/")
    her.locator("[name=words]").press_sequentially("写到一半")
    her.wait_for_selector("#kept:not(:empty)")
    assert her.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    her.goto("/about/")
    her.goto("/")
    assert her.input_value("[name=words]") == "写到一半"
    journey.press(her, "button[formaction='/drop/']")
    assert her.input_value("[name=words]") == ""


def test_nothing_is_written_into_the_browsers_storage_even_for_a_moment(traveller):
    her = traveller(PHONE).device()
    her.add_init_script("""window.written = [];
        const set = Storage.prototype.setItem;
        Storage.prototype.setItem = function (key, value) { window.written.push(key); set.call(this, key, value); };""")
    her.goto("/")
    her.wait_for_function("window.htmx")  # it runs after the storage was shut, and goes on without
    assert her.evaluate("window.written") == []
    assert her.evaluate("Storage.prototype.setItem.length") == 0


def test_the_keyboard_alone_sends_a_need(traveller):
    her = traveller(DESKTOP).device()
    her.goto("/")
    her.keyboard.press("Tab")
    assert her.evaluate("document.activeElement.className") == "skip"
    her.keyboard.press("Enter")
    tab_until(her, "document.activeElement.name === 'words'")
    her.keyboard.insert_text("水管漏了")
    tab_until(her, "document.activeElement.matches('#need > p button')")
    her.keyboard.press("Enter")
    her.wait_for_selector(".keepsake")
    assert journey.keepsake(her).number


def tab_until(page, reached: str) -> None:
    """Press Tab until the focus is there; it must be seen on the way."""
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(reached):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"the keyboard never came to: {reached}")


def test_the_printed_receipt_says_demonstration_and_holds_number_and_code(traveller):
    her = traveller(DESKTOP).device()
    journey.write(her, "水管漏了")
    journey.send(her)
    her.emulate_media(media="print")
    assert her.is_visible(".demo") and her.is_visible(".keepsake dd.code") and her.is_visible(".qr")
    assert not her.is_visible(".menu") and not her.is_visible(".buttons")


def test_a_printed_receipt_of_danger_tells_nobody_what_it_is_about(traveller):
    her = traveller(DESKTOP).device()
    journey.write(her, "老公又打我, 我怕")
    journey.send(her)
    her.emulate_media(media="print")
    assert her.is_visible(".keepsake dd.code")
    assert not her.is_visible("#who") and not her.is_visible(".quote") and not her.is_visible(".calls")
