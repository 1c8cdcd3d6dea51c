"""The receipt says for which place a need was taken, asks where it is not certain, names the lawful place elsewhere."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.pages import Shown, shown

WAGES = "三个月没有发工资了, 老板拖欠工钱。"


@pytest.fixture
def browser(db) -> Client:
    return Client()


@pytest.fixture
def send(browser):
    def sending(words: str) -> Shown:
        return shown(browser.get("/")).press(browser, "need", words=words)
    return sending


def where_form(page: Shown):
    return next(form for form in page.forms if form.action == "/received/where/")


def test_a_place_from_her_words_is_shown_and_can_be_put_right(browser, send):
    receipt = send(f"我住八角南里。{WAGES}")
    assert "八角街道 八角南里社区" in receipt.text and "不对的话" in receipt.text
    told = where_form(receipt).fields | {"area": "110107011007"}
    changed = shown(browser.post("/received/where/", told, follow=True))
    assert "鲁谷街道 五芳园社区" in changed.text and "鲁谷街道总工会" in changed.text


def test_what_is_not_certain_is_asked_with_buttons(browser, send):
    receipt = send(f"家在鲁谷,单位在古城。{WAGES}")
    assert "还不知道在哪里" in receipt.text and "是下面哪一个" in receipt.text
    told = where_form(receipt).fields | {"area": "110107004000"}
    chosen = shown(browser.post("/received/where/", told, follow=True))
    assert "我们按这个地方办" in chosen.text and "古城街道" in chosen.text


def test_another_district_is_told_with_the_lines_that_answer_there(send):
    receipt = send(f"我在海淀区上班。{WAGES}")
    assert "北京市海淀区" in receipt.text and "12351" in receipt.text and "12338" in receipt.text
    assert "也可以就留在这里" in receipt.text


def test_a_receipt_of_danger_asks_for_no_place(send):
    receipt = send("他打我, 我不敢回家。我住八角南里")
    assert not [form for form in receipt.forms if form.action == "/received/where/"]
    assert "八角南里社区" not in receipt.text


def test_what_is_no_place_is_refused_on_the_receipt_and_nothing_is_lost(browser, send):
    receipt = send(WAGES)
    again = shown(browser.post("/received/where/", where_form(receipt).fields | {"area": "nonsense"}, follow=True))
    assert "请收好这两样" in again.text and again.status == 200


def test_without_a_receipt_nothing_can_be_said(browser):
    token = shown(browser.get("/")).form("need").fields["csrfmiddlewaretoken"]
    sent = browser.post("/received/where/", {"csrfmiddlewaretoken": token, "area": "110107004000"})
    assert sent["Location"] == "/find/"
    assert browser.get("/received/where/")["Location"] == "/find/"
