"""The link of a party outside: opened by a messenger it changes nothing; with the code it is one task on a phone."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baiying.kit import messages
from tests.web.desks import bare, case_of
from tests.web.pages import shown
from tests.web.test_way import keepsake

pytestmark = pytest.mark.django_db
FIRM = "百工建筑公司人事部"


@pytest.fixture
def sent(monkeypatch) -> list[str]:
    """The texts that the console port was given."""
    out: list[str] = []
    monkeypatch.setattr(messages, "send", lambda phone, text: out.append(text))
    return out


@pytest.fixture
def asked(send, staff, sent) -> tuple[str, str, str]:
    """A firm asked from outside: the case's number, the link's path, the code."""
    number, _code = keepsake(send("三个月没有发工资了。"))
    lead = staff("bajiao_handler")
    form = shown(lead.get(f"/case/{bare(number)}/guest/?party=co"))
    form.press(lead, "guest", name=FIRM, phone="13800138001", code_phone="13800138002", text="请说明欠薪情况。")
    sent.clear()
    case_of(lead, number).press(lead, f"/case/{bare(number)}/party/link/")
    link, code = sent
    return number, re.findall(r"/outside/\w+/", link)[0], re.findall(r"\d{6}", code)[0]


def test_opening_the_link_asks_no_database_changes_nothing_and_is_the_same_for_every_link(asked, browser):
    _number, path, _code = asked
    with CaptureQueriesContext(connection) as asked_of_it:
        page = browser.get(path)
    assert not [one for one in asked_of_it if "cases_" in one["sql"] or "INSERT" in one["sql"]]
    other = browser.get("/outside/" + "A" * 28 + "/")
    token = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"|/outside/\w+/')
    assert token.sub(b"", page.content) == token.sub(b"", other.content)
    assert FIRM not in page.content.decode() and "欠薪" not in page.content.decode()
    assert (page["Cache-Control"], page["X-Robots-Tag"], page["Referrer-Policy"]) == (
        "no-store", "noindex, nofollow", "same-origin")
    assert browser.get("/outside/")["Location"] == "/outside/closed/"


def test_a_wrong_code_and_an_unknown_link_are_answered_alike_and_slowed(asked, browser):
    _number, path, code = asked
    wrong = "111111" if code != "111111" else "222222"
    here = [shown(browser.get(path)).press(browser, "code", code=wrong) for _turn in range(6)]
    there = [shown(browser.get("/outside/" + "A" * 28 + "/")).press(browser, "code", code=wrong) for _turn in range(6)]
    assert [page.status for page in here] == [page.status for page in there] == [404] * 5 + [429]
    assert [page.text for page in here] == [page.text for page in there]


def test_with_the_code_it_is_received_answered_and_over(asked, browser, staff):
    number, path, code = asked
    page = shown(browser.get(path)).press(browser, "code", code=f"{code[:3]} {code[3:]}")
    assert page.status == 200 and "请说明欠薪情况。" in page.text and "三个月" not in page.text
    page = page.press(browser, "received")
    page = page.press(browser, "reply", text="周五答复。")
    assert "周五答复。" in page.text
    empty = page.press(browser, "refuse", text="不归我们。", ground="")
    assert "还没填：情形" in empty.text, "what is missing is named"
    assert empty.status == 400 and empty.form("refuse").fields["text"] == ["不归我们。"]
    assert "谢谢" in page.press(browser, "finish", text="已发工资。").text
    assert browser.get("/outside/").status_code == 302
    assert "已发工资。" in case_of(staff("bajiao_handler"), number).text
    again = shown(browser.get(path)).press(browser, "code", code=code)
    assert again.status == 404


def test_her_page_says_who_reads_what_and_takes_it_back(asked, staff):
    number, _path, _code = asked
    page = case_of(staff("bajiao_handler"), number)
    assert FIRM in page.text and "还没有打开" in page.text
