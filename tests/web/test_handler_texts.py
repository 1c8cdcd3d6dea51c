"""Nothing is retyped: answer templates, earlier answers, the case for paper."""

from __future__ import annotations

import pytest

from tests.web import desks
from tests.web.pages import Shown, shown
from tests.web.test_way import answered, come_back, keepsake

pytestmark = pytest.mark.django_db
TEXT = "我们已联系您的单位, 三日内再告诉您结果。"


def case_of(client, number: str) -> Shown:
    return desks.case_of(client, number)


def answering(page: Shown):
    """The form of the first step in which she answers."""
    return next(form for form in page.forms if form.action.endswith("/move/") and "template" in form.fields)


def with_template(client) -> None:
    shown(client.get("/texts/")).press(client, "text", title="欠薪 首次答复", text=TEXT)


def test_a_template_is_set_behind_what_is_typed_without_javascript_and_sent(send, staff):
    number, _code = keepsake(send())
    handler = staff("bajiao_handler")
    with_template(handler)
    page = case_of(handler, number)
    form = answering(page)
    chosen = next(given["value"] for tag, given in page.tags if tag == "option" and given.get("data-text") == TEXT)
    back = shown(handler.post(form.action, {**form.fields, "text": "您好。", "template": chosen, "insert": "1"}))
    filled = answering(back)
    assert back.status == 200 and filled.fields["text"] == [f"您好。\n{TEXT}"]
    assert filled.fields["move"] == form.fields["move"]
    sent = shown(handler.post(filled.action, filled.fields, follow=True))
    assert TEXT in sent.text and "已答复" in sent.text


def test_a_template_is_seen_by_the_own_unit_alone_and_can_be_laid_aside(staff):
    handler = staff("bajiao_handler")
    with_template(handler)
    assert TEXT not in shown(staff("gucheng_handler").get("/texts/")).text
    page = shown(handler.get("/texts/"))
    assert TEXT in page.text
    assert TEXT not in page.press(handler, "/texts/aside/").text


def test_a_template_that_is_refused_comes_back_as_it_was_typed(staff):
    handler = staff("bajiao_handler")
    back = shown(handler.get("/texts/")).press(handler, "text", title="", text=TEXT)
    assert back.status == 400 and back.form("text").fields["text"] == [TEXT]


def test_an_earlier_answer_is_shown_and_set_into_the_answer(send, staff):
    words = "工地的老板拖欠工资三个月了。"
    number, code = keepsake(send(words))
    handler = staff("bajiao_handler")
    answered(handler, number, TEXT)
    client, mine = come_back(number, code)
    mine.press(client, "/mine/judge/", verdict="solved")
    now, _code = keepsake(send("工地的老板拖欠我的工资。"))
    earlier = shown(handler.get(f"/case/{now.replace('-', '')}/similar/"))
    assert number in earlier.text and TEXT in earlier.text and "已解决" in earlier.text
    back = earlier.press(handler, "/move/", insert="1")
    texts = [form.fields["text"][0] for form in back.forms if form.action.endswith("/move/") and "text" in form.fields]
    assert TEXT in texts
    part = handler.get(f"/case/{now.replace('-', '')}/similar/", headers={"HX-Request": "true"}).content.decode()
    assert TEXT in part and "<html" not in part


def test_the_case_for_paper_names_who_printed_it_and_never_the_query_code(send, staff):
    number, code = keepsake(send(phone="010-0000-0909", contact="只发短信"))
    page = shown(staff("bajiao_handler").get(f"/case/{number.replace('-', '')}/print/"))
    assert number in page.text and "三个月没有发工资" in page.text and "八角街道总工会" in page.text
    assert "打印" in page.text and code not in page.text and "0000-0909" not in page.text


def test_printing_a_protected_case_is_a_reading_that_she_sees(send, staff):
    number, code = keepsake(send("老公又打我,我怕"))
    before = come_back(number, code)[1]
    handler = next(client for key in ("home_handler", "bajiao_women", "bajiao_handler")
                   if case_of(client := staff(key), number).status == 200)
    assert "尚无人" in before.text or "还没有人" in before.text
    readings = [tag for tag, given in come_back(number, code)[1].tags if given.get("class") == "reading"]
    assert handler.get(f"/case/{number.replace('-', '')}/print/").status_code == 200
    more = [tag for tag, given in come_back(number, code)[1].tags if given.get("class") == "reading"]
    assert len(more) == len(readings) + 1


def test_another_units_case_has_neither_similar_ones_nor_a_paper(send, staff):
    number, _code = keepsake(send())
    for page in ("similar", "print"):
        assert staff("gucheng_handler").get(f"/case/{number.replace('-', '')}/{page}/").status_code == 404


@pytest.mark.parametrize("key, first", [
    ("bajiao_handler", "/today/"), ("district_union", "/federation/"), ("court_clerk", "/tasks/"),
    ("callback", "/back/"), ("administrator", "/administration/"), ("auditor", "/")])
def test_the_desk_leads_everybody_to_a_first_page_that_opens(staff, key, first):
    client = staff(key)
    assert client.get("/desk/")["Location"] == first and client.get(first).status_code == 200


def test_the_desk_leads_nobody_in_particular_to_the_sign_in(browser):
    assert browser.get("/desk/")["Location"] == "/in/"
