"""A telephone number is typed in many ways and changes hands: its next holder opens nothing that was sent before."""

from __future__ import annotations

import pytest
from django.test import Client

from baiying.cases import actions as cases
from baiying.cases.actions import Submission
from tests.web.pages import Shown, shown
from tests.web.test_account_own import member, signed_in
from tests.web.test_way import keepsake

pytestmark = pytest.mark.django_db


def send(browser: Client, words: str) -> tuple[str, str]:
    """Number and 查询码 of a request sent from this browser."""
    return keepsake(shown(browser.get("/")).press(browser, "need", words=words))


def find(browser: Client, number: str, code: str) -> Shown:
    return shown(browser.post("/find/", {**shown(browser.get("/find/")).form("/find/").fields,
                                         "number": number, "code": code}, follow=True))


def test_the_next_holder_of_a_number_opens_nothing_with_a_case_of_his_own():
    her = member()
    old = cases.submit(Submission(key="old", words="三个月没有拿到工资", asker=her))
    next_holder = signed_in(her, "b" * 32)
    page = find(next_holder, *send(next_holder, "我的一件小事"))
    assert "我的一件小事" in page.text
    listed = shown(next_holder.get("/mine/list/"))
    assert not [form for form in listed.forms if old.number in form.action]


def test_who_sends_her_first_case_signed_in_proves_her_device_with_its_code():
    her = signed_in(member())
    number, code = send(her, "三个月没有拿到工资")
    find(her, number, code)
    assert [form for form in shown(her.get("/mine/list/")).forms if number.replace("-", "") in form.action]


def test_a_device_that_is_not_proved_learns_neither_name_nor_membership():
    stranger = signed_in(member())
    assert shown(stranger.get("/")).form("need").fields["name"] == [""]
    assert "您在哪里是会员" not in shown(stranger.get("/account/")).text


def test_a_telephone_number_may_be_typed_in_full_width_digits(browser):
    box = shown(browser.get("/"))
    assert keepsake(box.press(browser, "need", words="三个月没有拿到工资", phone="０１０－００００－０１０１"))[0]
