"""Her own pages in Chromium: the list behind her account, complaint, letters, questions with conditions, switches."""

from __future__ import annotations

import pytest

from tests.browser import hers, journey
from tests.browser.journey import DESKTOP, PHONE
from tests.browser.test_way import SIZES, faults, walked

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]
STORES = "[localStorage.length, sessionStorage.length]"
# A form as a matter with conditions would give it: baiying.js knows no matter, only what the attributes say.
FORM = """
<form>
  <div data-kind="yesno">
    <input type="radio" name="ask.child" value="yes"><input type="radio" name="ask.child" value="no"></div>
  <div data-kind="choices">
    <input type="checkbox" name="ask.about" value="工资"><input type="checkbox" name="ask.about" value="工伤"></div>
  <input name="ask.sum" data-kind="money">
  <p data-when='[{"fact": "ask.child", "how": "is", "value": true}]' id="age"><input name="ask.age"></p>
  <p data-when='[{"how": "any", "of": [{"fact": "ask.about", "how": "any_of", "value": ["工伤"]},
     {"fact": "ask.sum", "how": "at_least", "value": 1000000}]}]' id="much"><input name="ask.much"></p>
  <p data-when='[{"how": "none", "of": [{"fact": "ask.about", "how": "has", "value": ["工资", "工伤"]}]}]' id="not"></p>
  <p data-when='[{"fact": "case.returns", "how": "at_least", "value": 1}]' id="elsewhere"><input name="ask.why"></p>
</form>"""


@pytest.fixture
def asking(traveller):
    """A page with that form, and the product's own script on it."""
    page = traveller(PHONE).device()
    page.route("**/asking/", lambda route: route.fulfill(
        content_type="text/html; charset=utf-8",
        body=f'<!doctype html><main>{FORM}</main><script src="/script.js"></script>'))
    page.goto("/")
    script = page.locator("script[src*=baiying]").get_attribute("src")
    text = page.evaluate("src => fetch(src).then(answer => answer.text())", script)
    page.route("**/script.js", lambda route: route.fulfill(
        content_type="text/javascript; charset=utf-8", body=text))
    page.goto("/asking/")
    return page


def test_a_question_is_hidden_until_it_applies_and_then_shown(asking):
    assert not asking.is_visible("#age") and asking.locator("#age input").is_disabled()
    asking.check("[name='ask.child'][value=yes]")
    assert asking.is_visible("#age") and asking.locator("#age input").is_enabled()
    asking.fill("[name='ask.age']", "12")
    asking.check("[name='ask.child'][value=no]")
    assert not asking.is_visible("#age")
    asking.check("[name='ask.child'][value=yes]")
    assert asking.input_value("[name='ask.age']") == "12"


def test_conditions_are_decided_in_the_page_as_the_engine_decides_them(asking):
    assert not asking.is_visible("#much") and asking.is_visible("#elsewhere")  # a fact of no form is never known here
    asking.fill("[name='ask.sum']", "9,999.99")
    assert not asking.is_visible("#much")
    asking.fill("[name='ask.sum']", "１００００元")
    assert asking.is_visible("#much")
    asking.fill("[name='ask.sum']", "")
    asking.check("[name='ask.about'][value=工伤]")
    assert asking.is_visible("#much") and asking.locator("#not").get_attribute("hidden") is None
    asking.check("[name='ask.about'][value=工资]")
    assert asking.locator("#not").get_attribute("hidden") is not None


@SIZES
def test_the_list_behind_her_account_and_a_complaint_are_sound(traveller, size):
    walker = traveller(size)
    assert walked(hers.account(walker)) == {}
    assert walked(hers.complaint(walker)) == {}
    assert walker.troubles == []


def test_the_list_and_a_complaint_work_without_scripts(traveller):
    bare = traveller(PHONE, script=False)
    assert [name for name, _page in hers.account(bare)] == ["list-not-proved", "list", "list-mine"]
    assert [name for name, _page in hers.complaint(bare)][-1] == "complaint-sent"


def test_a_letter_is_read_in_her_story(traveller):
    walker = traveller(PHONE)
    for _name, page in hers.letter(walker):
        assert page.locator("details.letter .paper").first.inner_text().strip() and faults(page) == []
    assert walker.troubles == []


@pytest.mark.parametrize("switch", ["large", "language"])
def test_what_is_typed_on_her_page_stays_when_language_or_size_is_switched(traveller, switch):
    her = traveller(DESKTOP).device()
    journey.write(her, "水管漏了, 没有人来修。")
    journey.send(her)
    her.goto("/mine/")
    her.locator("#complain summary").click()
    her.fill("#complain textarea", "写了很久\n不能丢")
    her.get_by_text("我想撤回").click()
    her.check("[name='back-sure']")
    her.click(f"#switch [name={switch}]")
    her.wait_for_selector("html[lang=en]" if switch == "language" else "html.large")
    assert her.is_visible("#complain textarea") and her.input_value("#complain textarea") == "写了很久\n不能丢"
    assert her.is_checked("[name='back-sure']") and her.evaluate(STORES) == [0, 0]
    assert faults(her) == [] and her.url.endswith("/mine/")
    journey.press(her, "#complain form button")
    assert "不能丢" in her.inner_text("#complain blockquote")


def test_a_refused_word_is_still_there_after_a_switch(traveller):
    her = traveller(PHONE).device()
    journey.write(her, "水管漏了, 没有人来修。")
    journey.send(her)
    her.goto("/mine/")
    her.locator("#complain summary").click()
    her.fill("#complain textarea", "长" * 5_001)
    journey.press(her, "#complain form button")
    her.wait_for_selector("[role=alert]:not([hidden])")
    her.click("#switch [name=language]")
    her.wait_for_selector("html[lang=en]")
    assert len(her.input_value("#complain textarea")) == 5_001
