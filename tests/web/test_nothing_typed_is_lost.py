"""A session that is over, a case that is closed or has gone on: what was typed comes back, and can be sent again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import moment
from tests.web.desks import case_of
from tests.web.pages import shown
from tests.web.test_way import answered, come_back, example, keepsake

pytestmark = pytest.mark.django_db


def test_her_word_written_in_a_session_that_is_over_comes_back_and_can_be_sent(send, staff):
    number, code = keepsake(send())
    answered(staff("bajiao_handler"), number, "已经谈过")
    client, mine = come_back(number, code)
    typed = {**mine.form("/mine/judge/").fields, "verdict": "not_solved", "why": "没有人来过"}
    client.session.flush()
    back = shown(client.post("/mine/judge/", typed))
    assert back.status == 403 and any(given.get("href") == "/find/" and given.get("target") for _t, given in back.tags)
    again = back.form("/mine/judge/")
    assert again.fields["why"] == ["没有人来过"] and again.fields["verdict"] == ["not_solved"]
    shown(client.get("/find/")).press(client, "/find/", number=number, code=code)
    assert "没有人来过" in shown(client.post(again.action, again.fields, follow=True)).text


def test_an_answer_written_in_a_session_that_is_over_comes_back(send, staff):
    number, _code = keepsake(send())
    handler = staff("bajiao_handler")
    page = case_of(handler, number)
    form = next(form for form in page.forms if form.action.endswith("/move/"))
    handler.session.flush()
    back = shown(handler.post(form.action, {**form.fields, "text": "写了一个小时的答复"}))
    assert back.status == 403 and back.form("/move/").fields["text"] == ["写了一个小时的答复"]


def test_a_note_for_a_case_that_has_gone_on_comes_back_with_the_one_sentence(send, staff):
    page = shown(staff("bajiao_handler").get("/today/"))
    other = staff("administrator")
    token = page.forms[0].fields["csrfmiddlewaretoken"][0]
    other.get("/")
    back = shown(other.post("/case/7K3M9QXRTB/move/", {"text": "一个字也不能丢", "csrfmiddlewaretoken":
                                                      other.cookies["csrftoken"].value or token}))
    assert back.status == 404 and "一个字也不能丢" in str([form.fields for form in back.forms])


def test_why_written_in_a_second_window_after_the_first_closed_the_case_changes_her_word(send, staff):
    number, code = keepsake(send())
    answered(staff("bajiao_handler"), number, "已经谈过")
    client, mine = come_back(number, code)
    mine.press(client, "/mine/judge/", verdict="solved")
    late = mine.press(client, "/mine/judge/", verdict="not_solved", why="其实还没有")
    assert late.status == 200 and "其实还没有" in late.text


def test_a_draft_outlives_the_opening_of_an_older_case(send):
    number, code = keepsake(send())
    client = Client(enforce_csrf_checks=True)
    front = shown(client.get("/"))
    client.post("/draft/", {**front.form("need").fields, "words": "还有一件事"})
    shown(client.get("/find/")).press(client, "/find/", number=number, code=code)
    assert shown(client.get("/")).form("need").fields["words"] == ["还有一件事"]


def test_pressing_a_switch_on_the_page_of_a_matter_loses_neither_words_nor_answers(browser):
    for matter in catalogue.matters():
        page = shown(browser.get(f"/catalogue/{matter.key}/"))
        said = {f"ask.{ask.key}": example(ask) for ask in flow.form_asks(matter)}
        typed = {**page.form("need").fields, "words": "写到一半", **said, "large": "1"}
        back = shown(browser.post("/prefer/", typed, follow=True))
        assert back.answer.request["PATH_INFO"] == f"/catalogue/{matter.key}/"
        kept = back.form("need").fields
        assert kept["words"] == ["写到一半"]
        assert {name: kept[name] for name in said} == {name: [one] for name, one in said.items()}
        assert 'role="alert"><p>' not in back.answer.content.decode()


@pytest.mark.parametrize("address", ["/", "matter"])
def test_the_key_enter_sends_and_presses_no_switch(browser, address):
    """The first submit button of a form in the order of the page is its default one (HTML, 4.10.21.2)."""
    page = shown(browser.get(f"/catalogue/{catalogue.matters()[0].key}/" if address == "matter" else address))
    owned = [given for tag, given in page.tags if tag == "button" and given.get("form") == "need"]
    assert owned and "formaction" not in owned[0]


def test_what_was_typed_is_kept_by_no_cache(browser):
    for answer in (browser.post("/", {"words": "孩子"}), browser.get("/nothing/here/")):
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_protected_case_closes_by_itself_and_another_does_not(send):
    for words, stays in (("水管漏了", 200), ("老公又打我,我怕", 302)):
        client, page = come_back(*keepsake(send(words)))
        assert page.status == 200
        with moment.frozen(moment.now() + timedelta(minutes=14)):
            assert client.get("/mine/").status_code == 200
        with moment.frozen(moment.now() + timedelta(minutes=40)):
            assert client.get("/mine/").status_code == stays
