"""The list behind her account, and what reaches the handler of what she said about herself: over HTTP."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from baiying.cases import actions, queries
from baiying.catalogue import queries as catalogue
from baiying.kit import moment, number
from baiying.members.actions.devices import SILENCE
from baiying.web.typesetting import chinese
from tests.cases.conftest import matters_where
from tests.web.desks import bare, case_of
from tests.web.pages import COMMUNITY, Shown, shown
from tests.web.test_account_own import member, signed_in
from tests.web.test_way import come_back, keepsake

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)
WAGES = "三个月没有发工资了。"


@pytest.fixture(autouse=True)
def a_day_in_march():
    with moment.frozen(NOON):
        yield


@pytest.fixture
def her() -> UUID:
    return member()


@pytest.fixture
def browser_of_hers(her) -> Client:
    """She is signed in by telephone, on a device that nobody knows yet."""
    return signed_in(her)


def write(browser: Client, words: str = WAGES, **more: str) -> tuple[str, str]:
    """Send a need from the box; gives number and code."""
    return keepsake(shown(browser.get("/")).press(browser, "need", words=words, **{"area": COMMUNITY, **more}))


def prove(browser: Client, kept: tuple[str, str]) -> Shown:
    """Type number and code on this device."""
    return shown(browser.get("/find/")).press(browser, "/find/", number=kept[0], code=kept[1])


def tied_to(kept: tuple[str, str]) -> UUID | None:
    """The account that this case is tied to."""
    door = queries.entry_for(*kept)
    assert door is not None
    return queries.story(door).case.asker_id


def list_of(browser: Client) -> str:
    return shown(browser.get("/mine/list/")).text


def test_a_device_that_is_not_proved_shows_and_counts_nothing(browser_of_hers):
    before = list_of(browser_of_hers)
    kept = write(browser_of_hers)
    after = browser_of_hers.get("/mine/list/")
    assert shown(after).text == before and kept[0] not in after.content.decode()
    assert "这台设备" in before and "没有办件" not in before
    assert not [form for form in shown(after).forms if "/mine/list/" in form.action]


def test_number_and_code_of_a_case_of_hers_prove_the_device(browser_of_hers):
    kept = write(browser_of_hers)
    prove(browser_of_hers, kept)
    assert kept[0] in list_of(browser_of_hers)


def test_number_and_code_of_somebody_elses_case_prove_nothing(browser_of_hers, browser):
    mine, theirs = write(browser_of_hers), write(browser, "水管漏了, 没有人来修。")
    prove(browser_of_hers, theirs)
    assert mine[0] not in list_of(browser_of_hers)


def test_a_device_silent_for_half_a_year_shows_nothing_again(browser_of_hers, her):
    kept = write(browser_of_hers)
    prove(browser_of_hers, kept)
    with moment.frozen(NOON + SILENCE + timedelta(days=1)):
        assert kept[0] not in list_of(signed_in(her))


def test_the_list_opens_a_case_by_its_button_alone(browser_of_hers):
    kept = write(browser_of_hers)
    prove(browser_of_hers, kept)
    where = f"/mine/list/{bare(kept[0])}/"
    assert browser_of_hers.get(where).status_code == 404
    page = shown(browser_of_hers.get("/mine/list/")).press(browser_of_hers, where)
    assert WAGES in page.text and "您提出" in page.text


def test_another_persons_case_is_unseen_as_one_that_does_not_exist_is(browser_of_hers, browser):
    prove(browser_of_hers, write(browser_of_hers))
    theirs = write(browser, "水管漏了, 没有人来修。")
    token = shown(browser_of_hers.get("/mine/list/")).forms[0].fields["csrfmiddlewaretoken"][0]
    told = [browser_of_hers.post(f"/mine/list/{bare(one)}/", {"csrfmiddlewaretoken": token})
            for one in (theirs[0], "7K3M-9QXR-TB")]
    assert [one.status_code for one in told] == [404, 404]
    assert shown(told[0]).text == shown(told[1]).text


def test_an_unproved_device_opens_no_case_of_hers_by_its_number(browser_of_hers):
    kept = write(browser_of_hers)
    token = shown(browser_of_hers.get("/mine/list/")).forms[0].fields["csrfmiddlewaretoken"][0]
    assert browser_of_hers.post(f"/mine/list/{bare(kept[0])}/", {"csrfmiddlewaretoken": token}).status_code == 404


def test_a_matter_of_safety_is_tied_to_no_account_and_on_no_list(browser_of_hers):
    prove(browser_of_hers, write(browser_of_hers))
    guarded = write(browser_of_hers, "想找人说说家里的事。", matter=matters_where(lambda matter: matter.safe))
    danger = write(browser_of_hers, "老公又打我, 我怕")
    said = list_of(browser_of_hers)
    assert guarded[0] not in said and danger[0] not in said
    for kept in (guarded, danger):
        assert tied_to(kept) is None
        prove(browser_of_hers, kept)
        assert kept[0] not in list_of(browser_of_hers)


def test_a_need_from_a_device_not_proved_is_tied_to_no_account_that_has_cases(browser_of_hers, her):
    first = write(browser_of_hers)
    prove(browser_of_hers, first)
    stranger = signed_in(her, "b" * 32)
    second = write(stranger, "水管漏了, 没有人来修。")
    prove(stranger, second)
    assert (tied_to(first), tied_to(second)) == (her, None)
    assert first[0] not in list_of(stranger) and second[0] not in list_of(browser_of_hers)


def test_words_of_danger_are_on_no_list_though_they_came_with_her_account(browser_of_hers, her):
    receipt = actions.submit(actions.Submission(key="one", words="老公又打我, 我怕", area=COMMUNITY, asker=her))
    prove(browser_of_hers, write(browser_of_hers))
    assert number.shown(receipt.number) not in list_of(browser_of_hers)


def test_her_name_stands_in_the_box_on_a_device_of_hers_and_on_no_other(browser_of_hers, browser):
    key = matters_where(lambda matter: not matter.safe)
    paths = ("/", f"/catalogue/{key}/")
    assert [shown(one.get(path)).form("need").fields["name"] for path in paths
            for one in (browser, browser_of_hers)] == [[""]] * 4
    prove(browser_of_hers, write(browser_of_hers))
    assert [shown(browser_of_hers.get(path)).form("need").fields["name"] for path in paths] == [["石小工"]] * 2


def test_a_guardian_and_text_instead_of_calls_reach_the_handler(browser, staff):
    kept = keepsake(shown(browser.get("/")).press(
        browser, "need", words="孩子的学费没有着落。", area=COMMUNITY, text_only="on", guardian="金安宁",
        relation="妈妈", guardian_phone="010-0000-0912", guardian_consents="on"))
    page = case_of(staff("bajiao_handler"), kept[0]).text
    assert "金安宁" in page and "妈妈" in page
    assert "只用文字联系" in page


def test_a_refused_form_comes_back_with_the_guardian_and_the_wish_to_be_written_to(browser):
    page = shown(browser.get("/")).press(browser, "need", words=" ", text_only="on", guardian="金安宁", relation="妈妈")
    fields = page.form("need").fields
    assert page.status == 400 and "text_only" in fields
    assert (fields["guardian"], fields["relation"]) == (["金安宁"], ["妈妈"])


def test_the_duties_of_the_law_stand_before_the_box(browser):
    key = matters_where(lambda matter: bool(matter.duties))
    page = shown(browser.get(f"/catalogue/{key}/"))
    said = chinese(catalogue.matter(key).duties[0].label)
    assert page.text.index(said) < page.text.index("提出这件事")


def test_in_a_matter_of_safety_every_question_may_be_left_open(browser):
    key = matters_where(lambda matter: matter.safe and any(ask.need for ask in matter.asks.values()))
    page = shown(browser.get(f"/catalogue/{key}/"))
    legends = page.text.count("（可不填）")
    assert "都可以不答" in page.text and legends >= len(catalogue.matter(key).asks)
    assert keepsake(page.press(browser, "need", words="想找人说说家里的事。"))


def test_money_is_asked_for_in_yuan_and_comes_back_as_it_was_typed(browser):
    key = matters_where(lambda matter: any(ask.kind == "money" and ask.by == "asker" for ask in matter.asks.values()))
    ask = next(ask for ask in catalogue.matter(key).asks.values() if ask.kind == "money")
    page = shown(browser.get(f"/catalogue/{key}/"))
    assert "单位是元" in page.text
    back = page.press(browser, "need", words=WAGES, **{f"ask.{ask.key}": "一万二"})
    assert back.status == 400 and back.form("need").fields[f"ask.{ask.key}"] == ["一万二"]


def test_a_case_from_the_slip_needs_no_account(browser):
    kept = write(browser)
    _client, mine = come_back(*kept)
    assert mine.status == 200 and "我的全部办件" not in mine.text
