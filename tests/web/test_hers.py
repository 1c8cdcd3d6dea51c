"""Her own page over HTTP: her dates first, what she can do, and nothing that she typed is lost."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from baiying.cases import actions, queries
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import moment, number
from baiying.network import queries as network
from tests.cases.conftest import matters_where, people_of
from tests.web.pages import COMMUNITY, shown

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)
WRONG = "两个星期了, 没有一个人联系我。"


@pytest.fixture(autouse=True)
def a_day_in_march():
    with moment.frozen(NOON):
        yield


@pytest.fixture
def hers(db, browser):
    """Her case in her browser: gives a function that sends a need of a matter and its receipt."""
    def sending(key: str = "one", **named) -> actions.Receipt:
        receipt = actions.submit(actions.Submission(key=key, words="三个月没有发工资了。", area=COMMUNITY, **named))
        shown(browser.get("/find/")).press(browser, "/find/", number=receipt.number, code=receipt.code)
        return receipt
    return sending


def entry(receipt) -> bytes:
    return number.entry(receipt.number, receipt.code)


@pytest.fixture
def dispute(db) -> flow.Matter:
    """A matter in which she can tell days for a limitation of hers."""
    return catalogue.matter(matters_where(lambda matter: any(
        clock.kind == "limitation" and len(clock.starts) > 1 for clock in matter.clocks.values())))


def test_her_own_dates_stand_before_everything_else(hers, browser, dispute):
    hers(matter=dispute.key, answers={flow.day_asks(dispute)[0].key: "2026-01-05"})
    text = shown(browser.get("/mine/")).text
    assert text.index("您自己的法定期限") < text.index("接下来") < text.index("我们答应的，最晚哪天")


def test_a_day_told_later_is_counted_and_the_days_left_are_shown(hers, browser, dispute):
    hers(matter=dispute.key)
    ask = flow.day_asks(dispute)[0]
    page = shown(browser.get("/mine/")).press(browser, "/mine/days/", **{f"ask.{ask.key}": "2026-01-05"})
    assert "2027年1月5日" in page.text and "还有" in page.text


def test_a_day_that_is_none_comes_back_with_its_sentence_and_what_was_typed(hers, browser, dispute):
    hers(matter=dispute.key)
    ask = flow.day_asks(dispute)[0]
    page = shown(browser.get("/mine/")).press(browser, "/mine/days/", **{f"ask.{ask.key}": "去年夏天"})
    assert page.status == 400 and "不是日期" in page.text
    assert page.form("/mine/days/").fields[f"ask.{ask.key}"] == ["去年夏天"]


def test_a_complaint_goes_one_level_up_and_she_reads_her_words_and_until_when(hers, browser):
    receipt = hers()
    page = shown(browser.get("/mine/")).press(browser, "/mine/complain/", **{"complain-text": WRONG})
    assert WRONG in page.text and "上一级会在" in page.text
    above = network.upper(receipt.unit, moment.today())
    assert above is not None
    assert [one.task.kind for one in queries.tasks(people_of(above.id))] == ["complaint"]


def test_an_empty_complaint_is_refused_with_a_sentence(hers, browser):
    hers()
    page = shown(browser.get("/mine/")).press(browser, "/mine/complain/", **{"complain-text": "  "})
    assert page.status == 400 and "请写几句" in page.text


def test_a_second_complaint_before_the_answer_comes_back_filled(hers, browser):
    hers()
    first = shown(browser.get("/mine/"))
    first.press(browser, "/mine/complain/", **{"complain-text": WRONG})
    page = first.press(browser, "/mine/complain/", **{"complain-text": "还是没有人来。"})
    assert page.status == 400 and "还是没有人来。" in page.text


def test_a_word_once_given_can_be_changed_until_the_day_that_is_shown(hers, browser):
    receipt = hers()
    answer(receipt)
    browser.get("/mine/")
    shown(browser.get("/mine/")).press(browser, "/mine/judge/", verdict="solved")
    page = shown(browser.get("/mine/"))
    assert "我想改我说的结果" in page.text and "2029年3月2日" in page.text
    page.press(browser, "/mine/judge/", verdict="not_solved", why="又停发了。")
    story = queries.story(entry(receipt))
    assert story.case.verdict == "not_solved" and not story.case.ended


def answer(receipt, text="已经谈妥, 周五发。") -> None:
    """The handler takes the shortest way of the file to an answer."""
    asker = people_of(receipt.unit.id)
    for turn in range(10):
        view = queries.open_case(asker, receipt.number)
        if view.case.stage == flow.ANSWERED:
            return
        offer = next((one for one in view.offers if one.move.to == flow.ANSWERED), None) or view.offers[0]
        actions.move(asker, receipt.number, offer.move.key, text, "", f"turn-{turn}", view.case.version)


def test_an_end_set_above_can_be_contested_from_her_page(hers, browser):
    receipt = hers()
    asker, above = people_of(receipt.unit.id), network.upper(receipt.unit, moment.today())
    actions.ask_set_aside(asker, receipt.number, "mistake", "像是误提交。", "ask")
    actions.decide_set_aside(people_of(above.id), receipt.number, True, "同意。", "decide")
    page = shown(browser.get("/mine/"))
    assert "不算“已解决”" in page.text
    page = page.press(browser, "/mine/contest/", **{"contest-text": "不是误提交, 工资真的没有发。"})
    story = queries.story(entry(receipt))
    assert not story.case.ended and story.lines[-1].words == "不是误提交, 工资真的没有发。"


def test_the_acts_of_her_page_open_nothing_without_her_door(browser):
    for act in ("days", "complain", "contest", "further"):
        answer_ = browser.get(f"/mine/{act}/")
        assert (answer_.status_code, answer_["Location"]) == (302, "/find/")


def test_a_letter_that_went_out_stands_in_her_story(hers, browser):
    key = matters_where(lambda matter: any(move.letter and move.by == ("lead",) for move in
                                           matter.stages[matter.first].moves))
    receipt = hers(matter=key)
    view = queries.open_case(people_of(receipt.unit.id), receipt.number)
    offer = next(one for one in view.offers if one.move.letter)
    actions.move(people_of(receipt.unit.id), receipt.number, offer.move.key, "请看这封信。",
                 offer.move.reasons[0].label if offer.move.reasons else "", "one", view.case.version,
                 {ask.key: example(ask) for ask in offer.asks})
    assert catalogue.said(view.matter.letters[offer.move.letter]) in shown(browser.get("/mine/")).text


def example(ask: flow.Ask) -> str:
    """Some answer to a question."""
    return ask.options[0].label if ask.options else {"yesno": "yes", "date": "2026-03-01"}.get(ask.kind, "1")


def test_a_protected_case_closes_by_itself_and_its_page_has_a_neutral_title(hers, browser):
    key = matters_where(lambda matter: matter.safe)
    hers(matter=key)
    page = browser.get("/mine/")
    assert catalogue.matter(key).name not in page.content.decode().split("</title>")[0]
    with moment.frozen(NOON + timedelta(minutes=16)):
        assert browser.get("/mine/").status_code == 302


def test_the_slip_of_a_protected_case_names_neither_matter_nor_unit(hers, browser):
    receipt = hers(matter=matters_where(lambda matter: matter.safe))
    text = shown(browser.get("/slip/")).text
    assert number.shown(receipt.number) in text
    assert receipt.unit.name not in text and catalogue.matter(receipt.matter.key).name not in text


def test_what_a_pause_waits_for_stands_on_her_page_with_whom_to_call(hers, browser, dispute):
    receipt = hers(matter=dispute.key)
    until = moment.today() + timedelta(days=7)
    actions.pause(people_of(receipt.unit.id), receipt.number, "waiting_for_asker", until, "请补充工资条。", "pause")
    text = shown(browser.get("/mine/")).text
    assert "打电话给" in text and text.index("请补充工资条。") < text.index("接下来")
