"""Somebody without an account asks for a service across the desk; and who she is counts once, account or not."""

from __future__ import annotations

from uuid import UUID

import pytest

from baiying.kit import door
from baiying.ledger import actions as ledger
from baiying.ledger import queries as books
from baiying.ledger.words import Why
from baiying.members import actions as members
from baiying.members.actions import NewMember
from tests.members.figures import identity_number, street, telephone
from tests.stories.asking import ABOVE, UNIT, Her, Request, a_file, fund, in_the_books, keeper, pay_all, second_keeper
from tests.stories.telling import Staff
from tests.web.pages import Shown, shown
from tests.web.test_account_own import signed_in
from tests.web.test_both_languages import faults
from tests.web.test_way import keepsake

pytestmark = pytest.mark.django_db
ILLNESS, ANOTHER, AGREED = "union.hardship.major_illness", "另定金额并说明理由, 提请复核", "同意, 记入台账"
PAPER = identity_number(7)
SAID = {"name": "安小满", "kind": "id18", "number": PAPER, "channel": "desk", "ask.self_paid": "60000",
        "ask.payee": "6217", "agree": ["health"]}  # fmt: skip
WHY = {"amount": "4000", "amount_why": "照今年的方案核定"}


def enter(staff: Staff, **more: object) -> Shown:
    """The form of the desk, filled in and sent."""
    browser = staff(UNIT)
    page = shown(browser.get(f"/enter/service/{ILLNESS}/"))
    assert not list(faults(page, "zh-hans"))
    form = page.form("ask")
    return shown(browser.post(form.action, {**form.fields, **SAID, **more}, follow=True))


def decided(asked: Request) -> None:
    """Its paper is brought to the desk and looked at; one proposes."""
    asked.put(UNIT, **{"paper.settlements": a_file("settlements")})
    asked.look(UNIT, "settlements")
    asked.step(UNIT, ANOTHER, **WHY)


def test_a_request_of_somebody_without_an_account_goes_its_whole_way_and_counts_once(staff):
    fund(ILLNESS, 50_000)
    list_ = shown(staff(UNIT).get("/enter/service/"))
    assert f"/enter/service/{ILLNESS}/" in list_.answer.content.decode()
    unread = enter(staff)
    assert unread.status == 400 and unread.form("ask").fields["name"] == ["安小满"], "it is read to her first"
    assert enter(staff, right="yes", number="123").status == 400
    asked = Request(*keepsake(enter(staff, right="yes")), staff)
    assert "60,000" in asked.hers().text or "60000" in asked.hers().text
    decided(asked)
    asked.step(ABOVE, AGREED)
    assert in_the_books(asked) == [("grant", 4_000_00)]
    taken_back_in_part_and_bounced(asked)
    again = Request(*keepsake(enter(staff, right="yes", channel="phone")), staff)
    decided(again)
    again.refused(ABOVE, AGREED, status=409)


def taken_back_in_part_and_bounced(asked: Request) -> None:
    """Two people lessen it, the bank sends it back: she reads both on her page, and why."""
    case = asked.story.case.id
    with door.open(keeper()):
        number = books.lines_of(case)[-1].number
    ledger.ask_back(keeper(), number, Why.WRONG_SUM, "多算了五百元, 有疑问请打街道工会的电话。", 500_00)
    assert "多算了五百元" not in asked.hers().text, "nothing is taken while one alone wants it"
    ledger.decide_back(second_keeper(), number, agreed=True)
    seen = asked.hers().text
    assert "多算了五百元" in seen and "这笔给付收回了 500 元" in seen and "3,500 元" in seen
    pay_all("退回")
    assert "这笔钱还是您的" in asked.hers().text and "请向本人问清账号" in asked.desk(ABOVE).text


@pytest.mark.deep
def test_what_was_granted_at_the_desk_counts_for_the_account_that_she_gets_later(staff):
    fund(ILLNESS, 50_000)
    asked = Request(*keepsake(enter(staff, right="yes")), staff)
    decided(asked)
    asked.step(ABOVE, AGREED)
    found = members.enter_person("她", NewMember(1, "安小满", street(), (("id18", PAPER),), telephone(1)), UUID(int=9))
    token = f"{1:032d}"
    browser = signed_in(found, token)
    members.prove_device(found, token, found)
    own = Her(found, browser, staff).know(card__active=True)
    hers = own.ask(ILLNESS, self_paid="200000", payee="1", agree=("health",), papers=("settlements",))
    hers.look(UNIT, "settlements")
    hers.step(UNIT, ANOTHER, **WHY)
    hers.refused(ABOVE, AGREED, status=409)
