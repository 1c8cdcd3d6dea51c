"""A limit for one event: the same day in another request of hers is the same event, and the ledger counts it."""

from __future__ import annotations

import pytest

from baiying.catalogue import actions as catalogue
from baiying.kit import door
from tests.services.changing import edited
from tests.stories.asking import ABOVE, UNIT, fund, her, in_the_books

pytestmark = pytest.mark.django_db
ILLNESS, BY_RULE, AGREED = "union.hardship.major_illness", "照规则算的金额, 提请复核", "同意, 记入台账"
DAY = {"label": "哪天出的事", "label_en": "On which day", "kind": "date", "class": "P3", "need": True}


def test_the_same_event_is_granted_once_and_another_one_again(staff):
    found = edited(
        ILLNESS,
        lambda table: (
            table["ask"].update(event_day=DAY),
            table.update(limit=[{"times": 1, "per": "event", "basis": "K-SAID"}]),
        ),
    )
    with door.errand("members"):
        catalogue.store(found)
        catalogue.bring_into_force(found.edition)
    fund(ILLNESS, 90_000)
    she = her(staff).know(card__active=True)

    def asks(day: str):
        said = {"self_paid": "200000", "payee": "6217", "agree": ("health",), "papers": ("settlements",)}
        asked = she.ask(ILLNESS, event_day=day, **said)
        asked.look(UNIT, "settlements")
        return asked

    first, other = asks("2026-02-01"), asks("2026-02-07")
    for one in (first, other):
        one.step(UNIT, BY_RULE)
        one.step(ABOVE, AGREED)
        assert in_the_books(one) == [("grant", 12_000_00)]
    again = asks("2026-02-01")
    assert BY_RULE not in again.offered(UNIT), "by the rule it is used up"
    again.step(UNIT, "另定金额并说明理由, 提请复核", amount="100", amount_why="再看一次")
    again.refused(ABOVE, AGREED, status=409)
