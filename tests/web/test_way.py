"""The way of one request through HTTP, without JavaScript: from her words to her verdict (promises 1, 2, 7)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from baiying.catalogue import queries as catalogue
from baiying.kit import moment
from tests.web.desks import case_of
from tests.web.pages import Shown, shown

pytestmark = pytest.mark.django_db


def keepsake(receipt: Shown) -> tuple[str, str]:
    """Number and query code as they stand on the receipt."""
    number = re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{2}\b", receipt.text)
    code = re.search(r"(?<![-2-9A-Z])[2-9A-Z]{4}-[2-9A-Z]{4}(?![-2-9A-Z])", receipt.text)
    assert number and code
    return number.group(), code.group()


def come_back(number: str, code: str) -> tuple[Client, Shown]:
    """Another device, nothing but the slip."""
    client = Client(enforce_csrf_checks=True)
    find = shown(client.get("/find/"))
    return client, find.press(client, "/find/", number=number.lower(), code=code.replace("-", " "))


def answered(handler: Client, number: str, words: str) -> Shown:
    """The handler finds the case in the list, opens it and answers."""
    today = shown(handler.get("/today/"))
    assert number in today.text
    case = case_of(handler, number)
    form = next(form for form in case.forms if form.action.endswith("/move/") and "text" in form.fields
                and form.fields["move"][0].startswith("answered"))
    return shown(handler.post(form.action, {**form.fields, "text": words}, follow=True))


def test_a_need_is_sent_found_answered_and_judged_without_javascript(send, staff):
    receipt = send("三个月没有发工资了。", contact="只发短信")
    number, code = keepsake(receipt)
    assert "八角街道总工会" in receipt.text and "最晚" in receipt.text
    client, mine = come_back(number, code)
    assert mine.status == 200 and "等待联系" in mine.text

    done = answered(staff("bajiao_handler"), number, "已与单位谈妥, 本周五发清。")
    assert "只发短信" in done.text and "已答复" in done.text

    mine = shown(client.get("/mine/"))
    assert "本周五发清" in mine.text
    closed = mine.press(client, "/mine/judge/", verdict="solved", contacted="yes", why="都发了")
    assert "本人说：已解决" in closed.text and "都发了" in closed.text


def test_not_solved_goes_one_level_up_and_is_on_the_list_there(send, staff):
    number, code = keepsake(send())
    answered(staff("bajiao_handler"), number, "请再等等。")
    client, mine = come_back(number, code)
    mine.press(client, "/mine/judge/", verdict="not_solved", contacted="no", why="还是没有发")
    assert number in shown(staff("district_union").get("/today/")).text
    assert number not in shown(staff("bajiao_handler").get("/today/")).text


def test_the_same_form_sent_twice_is_one_request(browser):
    front = shown(browser.get("/"))
    first = front.press(browser, "need", words="水管漏了")
    second = front.press(browser, "need", words="水管漏了")
    assert keepsake(first) == keepsake(second)


def test_a_second_need_written_over_the_first_is_a_request_of_its_own(browser):
    front = shown(browser.get("/"))
    first = front.press(browser, "need", words="水管漏了")
    second = front.press(browser, "need", words="工资没发")
    assert keepsake(first)[0] != keepsake(second)[0]


@pytest.mark.parametrize("wrong", ["number", "code", "both", "shape"])
def test_every_failure_to_open_a_case_has_one_sentence(send, wrong):
    number, code = keepsake(send())
    other_number, other_code = keepsake(send("另一件事"))
    tried = {"number": (other_number, code), "code": (number, other_code), "both": ("23456789AB", "23456789"),
             "shape": ("1", "1")}[wrong]
    _client, page = come_back(*tried)
    assert page.status == 404 and "编号和查询码对不上" in page.text


def test_words_of_danger_show_the_numbers_before_the_receipt_and_leave_no_key_in_the_browser(send, browser):
    receipt = send("老公又打我,我怕")
    assert receipt.text.index("110") < receipt.text.index("查询码")
    assert "百应 · 查询" in receipt.answer.content.decode()
    assert any("data-quick-exit" in given for _tag, given in receipt.tags)
    assert browser.get("/mine/").status_code == 302


def test_the_receipt_of_danger_survives_the_switch_to_large_text(send, browser):
    receipt = send("老公又打我,我怕")
    large = receipt.press(browser, "/prefer/", large="1")
    assert keepsake(large) == keepsake(receipt)


def test_quick_exit_forgets_draft_session_and_receipt(send, browser):
    send("水管漏了")
    front = shown(browser.get("/"))
    browser.post("/draft/", {**front.form("need").fields, "words": "他又来了"}, headers={"HX-Request": "true"})
    assert "他又来了" in shown(browser.get("/")).form("need").fields["words"][0]
    assert not browser.get("/leave/")["Location"].startswith("/")
    assert shown(browser.get("/")).form("need").fields["words"] == [""]
    assert browser.get("/mine/")["Location"] == "/find/" and browser.get("/received/")["Location"] == "/find/"


def test_a_draft_comes_back_and_can_be_thrown_away(browser):
    front = shown(browser.get("/"))
    browser.post("/draft/", {**front.form("need").fields, "words": "写到一半"})
    again = shown(browser.get("/"))
    assert again.form("need").fields["words"] == ["写到一半"]
    assert again.form("need").fields["key"] == front.form("need").fields["key"]
    browser.post("/drop/", again.form("need").fields)
    assert shown(browser.get("/")).form("need").fields["words"] == [""]


def test_pressing_a_switch_above_the_box_loses_no_word(browser):
    front = shown(browser.get("/"))
    typed = {**front.form("need").fields, "words": "写到一半"}
    back = shown(browser.post("/prefer/", {**typed, "language": "en"}, follow=True))
    assert back.form("need").fields["words"] == ["写到一半"] and "What is the difficulty?" in back.text


def test_a_look_at_the_telephone_number_is_shown_to_her(send, staff):
    number, code = keepsake(send(phone="13800138000"))
    handler = staff("bajiao_handler")
    case = case_of(handler, number)
    assert "13800138000" not in case.text and "138" in case.text
    assert "13800138000" in case.press(handler, "/reach/").text
    _client, mine = come_back(number, code)
    assert "八角街道总工会（办理人）" in mine.text


def test_a_move_made_on_a_stale_page_keeps_what_was_typed(send, staff):
    number, _code = keepsake(send())
    handler = staff("bajiao_handler")
    page = case_of(handler, number)
    forms = [form for form in page.forms if form.action.endswith("/move/")]
    shown(handler.post(forms[0].action, {**forms[0].fields, "text": "第一位写的"}, follow=True))
    late = shown(handler.post(forms[1].action, {**forms[1].fields, "text": "第二位写的"}, follow=True))
    assert late.status == 409 and "第二位写的" in late.text and "第一位写的" in late.text


def test_an_answer_without_words_is_refused_with_a_sentence(send, staff):
    number, _code = keepsake(send())
    page = answered(staff("bajiao_handler"), number, "")
    assert page.status == 400 and "等待联系" in page.text


def test_what_is_late_is_seen_above_with_its_unit_and_without_a_word_of_hers(send, staff):
    send("三个月没有发工资了。")
    with moment.frozen(moment.now() + timedelta(days=40)):
        late = shown(staff("district_union").get("/late/"))
        women = shown(staff("district_women").get("/late/"))
    assert "八角街道总工会" in late.text and "三个月" not in late.text
    assert "八角街道总工会" not in women.text


def test_she_takes_her_request_back(send):
    number, code = keepsake(send())
    client, mine = come_back(number, code)
    assert mine.press(client, "/mine/withdraw/").status == 400
    assert "已撤回" in mine.press(client, "/mine/withdraw/", **{"back-sure": "on"}).text


def test_every_matter_can_be_asked_for_on_its_own_page_with_its_own_questions(browser):
    for matter in catalogue.matters():
        page = shown(browser.get(f"/catalogue/{matter.key}/"))
        said = {f"ask.{key}": example(ask) for key, ask in matter.asks.items()}
        receipt = page.press(browser, "need", words="请帮帮我", **said)
        assert keepsake(receipt), matter.key


def example(ask) -> str:
    """Something that answers a question of this kind."""
    plain = {"yesno": "no", "date": "2026-03-02", "number": "3", "money": "21000"}
    return plain.get(ask.kind, ask.options[0].label if ask.options else "有")


def test_a_needed_question_left_empty_comes_back_with_everything_typed(browser):
    matter = next(matter for matter in catalogue.matters() if any(ask.need for ask in matter.asks.values()))
    needed = next(key for key, ask in matter.asks.items() if ask.need)
    page = shown(browser.get(f"/catalogue/{matter.key}/"))
    said = {f"ask.{key}": example(ask) for key, ask in matter.asks.items() if key != needed}
    back = page.press(browser, "need", words="请帮帮我", **{**said, f"ask.{needed}": ""})
    assert back.status == 400 and back.form("need").fields["words"] == ["请帮帮我"]
    assert matter.asks[needed].label in back.text
    linked = {str(given.get("href")) for tag, given in back.tags if tag == "a"}
    assert f"#ask_{needed}" in linked and any(given.get("id") == f"ask_{needed}" for _tag, given in back.tags)
