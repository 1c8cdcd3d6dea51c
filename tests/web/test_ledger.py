"""Budgets, ledger and payments as those who look after money use them without JavaScript; the notice for everybody."""

from __future__ import annotations

from uuid import UUID

import pytest

from baiying.kit import door
from baiying.ledger.actions import To
from baiying.ledger.models import Batch
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
    form = {"key": "k1", "service": "union.mutual.illness", "year": "2026", "sum": "1,500.50"}
    from baiying.kit import moment

    form["year"] = str(moment.today().year)
    for _ in range(2):
        assert maker.post("/budgets/set/", form).status_code == 302
    assert "1,500.50 元" in shown(maker.get("/budgets/")).text
    refused = maker.post("/budgets/set/", {**form, "key": "k2", "sum": "很多"})
    assert refused.status_code == 400 and "很多" in refused.content.decode()
    less = maker.post("/budgets/set/", {**form, "key": "k3", "sum": "-2000"})
    assert less.status_code == 400


def test_the_ledger_names_nobody(maker):
    page = shown(maker.get("/ledger/"))
    assert "已付" in page.text and "退回" in page.text
    for name in ("舒织云", "车行健", "甘味全", "宁静", "6222"):
        assert name not in page.text
    assert "住院" not in shown(maker.get(f"/ledger/?service={WARM}&year=2026")).main


def test_four_eyes_and_a_file_for_the_bank_that_comes_back(maker, releaser):
    from django.core.files.uploadedfile import SimpleUploadedFile

    made = maker.post("/batches/make/", {"key": "k", "unit": unit_id("union").hex})
    where = made["Location"]
    assert "两个人" in shown(maker.get(where)).text
    assert maker.post(f"{where}release/").status_code == 409
    assert maker.post(f"{where}bank/csv/").status_code == 409
    assert releaser.post(f"{where}release/").status_code == 302
    file = maker.post(f"{where}bank/csv/").content.decode("gb18030")
    assert "舒织云" in file and "演示银行" in file
    head, *rows = file.splitlines()
    filled = "\r\n".join([head, *(row[:-1] + "已付," for row in rows)]).encode("gb18030")
    for _ in range(2):
        page = shown(maker.post(f"{where}files/", {"file": SimpleUploadedFile("r.csv", filled)}))
    assert "以前登记过" in page.text
    broken = maker.post(f"{where}files/", {"file": SimpleUploadedFile("r.csv", b"a,b\r\n1,2")})
    assert broken.status_code == 400
    assert "退回" not in shown(maker.get(where)).main.split("这一批里有")[1]


def test_an_account_that_is_missing_is_written_down(maker):
    from tests.ledger.books import keeper, ours

    from baiying.kit import moment
    from baiying.ledger.actions import Share, What, Whom, grant

    with door.open(keeper()):
        made = grant("no account", What("110107", WARM, str(moment.today().year), Whom((UUID(int=5),))),
                     [Share(ours(), 100)])
    assert str(made) in maker.get("/batches/").content.decode()
    wrong = maker.post("/batches/payee/", {"grant": str(made), "name": "某人", "account": "12"})
    assert wrong.status_code == 400 and "某人" in wrong.content.decode()
    assert maker.post("/batches/payee/", {"grant": str(made), "name": "某人", "account": "6222 0000 1111"}
                      ).status_code == 302
    assert str(made) not in maker.get("/batches/").content.decode()


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
        assert name not in page.main
    assert To
