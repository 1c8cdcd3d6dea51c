"""Requests for services on the pages: papers, two people, the ledger, her word."""

from __future__ import annotations

import pytest

from tests.stories.asking import ABOVE, UNIT, fund, her

pytestmark = pytest.mark.django_db
ILLNESS = "union.hardship.major_illness"


def test_major_illness_is_looked_at_proposed_and_decided_by_another_person_then_granted(staff):
    fund(ILLNESS, 50_000)
    she = her(staff).know(card__active=True, medical__self_paid_year=20_000_000)
    asked = she.ask(ILLNESS, self_paid="200000", payee="621700 0000 0001", agree=("health",), papers=("settlements",))
    assert not asked.offered(UNIT) & {"照规则算的金额, 提请复核"}
    asked.look(UNIT, "settlements", "sent_back", status=400)
    asked.look(UNIT, "settlements", "sent_back", "第二页看不清, 请重拍一张。")
    assert "第二页看不清" in asked.hers().text
    asked.hand_in("settlements")
    asked.look(UNIT, "settlements")
    asked.step(UNIT, "照规则算的金额, 提请复核")
    assert asked.stage == "decide"
    asked.step(ABOVE, "同意, 记入台账")
    assert asked.stage == "pay" and "12,000" in asked.hers().text
