"""Budgets, ledger and payments as those who look after money use them without JavaScript; the notice for everybody."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from baiying.kit import door, moment
from baiying.kit.door import Asker
from baiying.ledger.actions import Share, What, Whom, grant
from baiying.ledger.models import Batch, Line
from baiying.project.demo.network import unit_id
from tests.web.pages import shown

pytestmark = pytest.mark.django_db
WARM = "union.hardship.warm"


@pytest.fixture
def maker(staff):
    return staff("treasurer")


@pytest.fixture
def releaser(staff):
    return staff("treasurer_two")


def waiting_batch() -> str:
    """The batch of the demo that waits for its second person."""
    with door.errand("ledger"):
        return Batch.objects.get(released_at=None).number


def test_a_treasurer_sees_what_is_promised_granted_paid_and_left(maker):
    page = shown(maker.get("/budgets/"))
    for told in ("1,200,000 元", "2,000 元", "17,000 元", "4,000 元", "1,181,000 元"):
        assert told in page.text, told


def test_money_is_set_aside_once_however_often_the_form_is_pressed(maker):
    page = shown(maker.get("/budgets/"))
    for _ in range(2):
        after = page.press(maker, "/budgets/set/", service="union.mutual.illness", sum="1,500.50")
    assert after.text.count("1,500.50 元") == 2  # left, and set aside
    refused = page.press(maker, "/budgets/set/", service="union.mutual.illness", sum="很多", key="k2")
    assert refused.status == 400 and refused.form("/budgets/set/").fields["sum"] == ["很多"]
    assert page.press(maker, "/budgets/set/", service="union.mutual.illness", sum="-2000", key="k3").status == 400


def test_the_ledger_names_nobody(maker):
    page = shown(maker.get("/ledger/"))
    assert "已付" in page.text and "退回" in page.text
    for name in ("舒织云", "车行健", "甘味全", "6222"):
        assert name not in page.text
    assert "960 元" in page.text and "960 元" not in shown(maker.get(f"/ledger/?service={WARM}&year=x")).text


def test_four_eyes_and_a_file_for_the_bank_that_comes_back(maker, releaser):
    page = shown(maker.get("/batches/")).press(maker, "/batches/make/")
    assert "由另一个人放行" in page.text and not [form for form in page.forms if "release" in form.action]
    theirs = shown(releaser.get(address(page)))
    assert "由另一个人放行" not in theirs.text
    assert "银行的结果" in theirs.press(releaser, "/release/").text
    page = shown(maker.get(address(page)))
    form = page.form("/bank/csv/")
    file = maker.post(form.action, form.fields).content.decode("gb18030")
    assert "舒织云" in file and "演示银行" in file
    head, *rows = file.splitlines()
    filled = "\r\n".join([head, *(row[:-1] + "已付," for row in rows)]).encode("gb18030")
    assert "已付 5 笔" in bring(page, maker, filled).text
    again = bring(page, maker, filled)
    assert "以前登记过 5 笔" in again.text and "每笔都有结果" in again.text
    assert bring(page, maker, b"a,b").status == 400


def bring(page, client, content: bytes):
    return page.press(client, "/files/", file=SimpleUploadedFile("r.csv", content, "text/csv"))


def address(page) -> str:
    """Where a batch stands, by its form that takes it apart."""
    return page.form("/drop/").action.removesuffix("drop/")


def test_who_made_a_batch_is_refused_its_release_by_hand_too(maker):
    page = shown(maker.get("/batches/")).press(maker, "/batches/make/")
    form = page.form("/drop/")
    refused = shown(maker.post(form.action.replace("drop", "release"), form.fields))
    assert refused.status == 409 and "由另一个人放行" in refused.text
    early = shown(maker.post(form.action.replace("drop", "bank/csv"), form.fields))
    assert early.status == 409
    assert "已拆散" in page.press(maker, "/drop/").text


def test_an_account_that_is_missing_is_written_down(maker):
    year = str(moment.today().year)
    union = unit_id("union")
    with door.open(Asker(who=UUID(int=9), units=frozenset({union}))):
        grant("no account", What("110107", WARM, year, Whom((UUID(int=5),))), [Share(union, 100)])
        number = Line.objects.get(service=WARM, fen=100).number
    page = shown(maker.get(f"/ledger/{number}/"))
    wrong = page.press(maker, "/account/", name="某人", account="12")
    assert wrong.status == 400 and wrong.form("/account/").fields["name"] == ["某人"]
    assert "还缺账号" not in page.press(maker, "/account/", name="某人", account="6222 0000 1111").text


def test_whoever_looks_after_no_budget_sees_none(staff):
    handler = staff("bajiao_handler")
    for page in ("/budgets/", "/ledger/", "/batches/", f"/batches/{waiting_batch()}/"):
        assert handler.get(page).status_code in (403, 404)


def test_the_public_notice_tells_number_class_and_amount_of_many_and_nothing_of_few(browser):
    page = shown(browser.get("/granted/"))
    assert "2,000 元" in page.text
    assert "3,000 元" not in page.text  # one grant alone has this sum
    assert "960 元" not in page.text and "420 元" not in page.text  # two grants of another service
    for name in ("舒织云", "八角"):
        assert name not in page.text


def test_a_grant_is_taken_back_in_part_by_two_people_and_the_ledger_keeps_both_lines(maker, releaser):
    year, union = str(moment.today().year), unit_id("union")
    with door.open(Asker(who=UUID(int=9), units=frozenset({union}))):
        made = grant("too much", What("110107", WARM, year, Whom((UUID(int=6),))), [Share(union, 300_00)])
        number = Line.objects.get(id=made).number
    page = shown(maker.get(f"/ledger/{number}/"))
    wrong = page.press(maker, "/back/", how="part", sum="", why="wrong_sum", words="多写了一百元。")
    assert wrong.status == 400 and wrong.form("/back/").fields["words"] == ["多写了一百元。"]
    asked = page.press(maker, "/back/", how="part", sum="100", why="wrong_sum", words="多写了一百元, 收回。")
    assert "另一个人同意" in asked.text and "同意收回" not in asked.text
    form = asked.form("/decide/")
    alone = shown(maker.post(form.action, {**form.fields, "agreed": "yes"}))
    assert alone.status == 409 and "两个人看过" in alone.text
    theirs = shown(releaser.get("/ledger/"))
    assert "等另一个人看" in theirs.text and f"/ledger/{number}/" in theirs.answer.content.decode()
    theirs = shown(releaser.get(f"/ledger/{number}/"))
    done = theirs.press(releaser, "/decide/", agreed="yes")
    assert "200 元" in done.text and "原来是 300 元" in done.text and "-100 元" in done.text


def test_what_bounced_waits_for_the_right_account_and_then_for_the_next_batch(maker):
    page = shown(maker.get("/batches/"))
    form = page.form("/batches/payee/")
    before = page.text.partition("做成一批")[0]
    wrong = page.press(maker, "/batches/payee/", name="某人", account="12")
    assert wrong.status == 400 and wrong.form("/batches/payee/").fields["name"] == ["某人"]
    with door.open(Asker(who=UUID(int=9), units=frozenset({unit_id("union")}))):
        number = Line.objects.get(id=form.fields["grant"][0]).number
    assert "银行退回来了" in shown(maker.get(f"/ledger/{number}/")).text
    after = page.press(maker, "/batches/payee/", name="某人", account="6222 0000 1111")
    assert "还缺账号" not in after.text and after.text.partition("做成一批")[0] != before
    assert "等着付款" in shown(maker.get(f"/ledger/{number}/")).text


def test_whoever_looks_after_no_budget_takes_nothing_back(staff, maker):
    number = shown(maker.get("/ledger/")).answer.content.decode().partition('href="/ledger/')[2].partition("/")[0]
    assert maker.get(f"/ledger/{number}/").status_code == 200
    handler = staff("bajiao_handler")
    assert handler.get(f"/ledger/{number}/").status_code in (403, 404)
    assert handler.post(f"/ledger/{number}/back/", {"how": "all"}).status_code in (403, 404)
