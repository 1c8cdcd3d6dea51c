"""The bank sent her money back: she writes the right account on her page, a treasurer looks, and it is paid again."""

from __future__ import annotations

import pytest

from baiying.kit import door
from baiying.kit.errors import Refusal
from baiying.ledger import actions as ledger
from baiying.ledger import queries as books
from baiying.ledger.models import Payee
from tests.stories.asking import ABOVE, UNIT, fund, her, keeper, pay_all
from tests.web.pages import shown
from tests.web.test_both_languages import faults

pytestmark = pytest.mark.django_db
ILLNESS, BY_RULE, AGREED = "union.hardship.major_illness", "照规则算的金额, 提请复核", "同意, 记入台账"
RIGHT = {"name": "安小满", "account": "6217 0000 1111 9999", "bank": "某银行"}


def granted(staff):
    fund(ILLNESS, 50_000)
    said = {"self_paid": "200000", "payee": "6217 0000", "agree": ("health",), "papers": ("settlements",)}
    asked = her(staff).know(card__active=True).ask(ILLNESS, **said)
    asked.look(UNIT, "settlements")
    asked.step(UNIT, BY_RULE)
    asked.step(ABOVE, AGREED)
    return asked


def number() -> str:
    (one,) = [one.line.number for one in books.waiting(keeper()) if one.line.service == ILLNESS]
    return one


def test_she_writes_the_account_a_treasurer_looks_and_only_then_it_is_paid(staff):
    asked = granted(staff)
    assert "/mine/request/account/" not in [one.action for one in asked.hers().forms], "nothing was sent back"
    token = asked.hers().forms[-1].fields["csrfmiddlewaretoken"]
    early = {**RIGHT, "csrfmiddlewaretoken": token}
    assert asked._browser("her").post("/mine/request/account/", early).status_code == 409
    pay_all("退回")
    page = asked.hers()
    wrong = page.press(asked._browser("her"), "/mine/request/account/", **{**RIGHT, "account": "12"})
    assert wrong.status == 400 and wrong.form("/account/").fields["name"] == ["安小满"]
    after = page.press(asked._browser("her"), "/mine/request/account/", **RIGHT)
    assert after.status == 200 and "管钱的人看过就再发一次" in after.text and "9999" not in after.text
    assert "9999" not in asked.desk(ABOVE).text, "an account is for those who pay alone"
    with pytest.raises(Refusal):
        ledger.make_batch(keeper(), "too early", keeper_unit())
    treasurer = staff("treasurer")
    seen = shown(treasurer.get(f"/ledger/{number()}/"))
    assert "本人自己写了新的账号" in seen.text and not list(faults(seen, "zh-hans"))
    (open_it,) = [one for one in seen.forms if "hers" in one.buttons]
    opened = shown(treasurer.post(open_it.action, {**open_it.fields, "hers": "1"}))
    form = next(one for one in opened.forms if one.fields.get("account"))
    assert form.fields["account"] == ["6217000011119999"] and form.fields["name"] == ["安小满"]
    assert "付款" in asked.her().text or "经费" in asked.her().text, "she sees that it was opened"
    assert shown(treasurer.post(form.action, form.fields, follow=True)).status == 200
    assert "/mine/request/account/" not in [one.action for one in asked.hers().forms]
    pay_all(key="again")
    asked.step(ABOVE, "已到账, 告诉本人", "已经到您的卡上。")
    with door.errand("ledger"):
        assert [one.hers for one in Payee.objects.filter(line__service=ILLNESS).order_by("nth")] == [False, True, False]


def keeper_unit():
    (unit,) = {one.line.unit_id for one in books.waiting(keeper()) if one.line.service == ILLNESS}
    return unit
