"""A street's union adds to what the district grants to the people of the street: on the pages, decided once."""

from __future__ import annotations

import pytest

from baiying.kit.door import Asker
from baiying.kit.number import ref_of
from baiying.ledger import actions as ledger
from baiying.project.demo.network import unit_id
from tests.members.figures import street
from tests.stories.asking import ABOVE, UNIT, fund, her, in_the_books, keeper, stands
from tests.web.pages import shown

pytestmark = pytest.mark.django_db
ILLNESS, BY_RULE, AGREED = "union.hardship.major_illness", "照规则算的金额, 提请复核", "同意, 记入台账"
ELSEWHERE = "union.110107005"


def add_to_the_district(unit, most_yuan: int) -> None:
    """This street's union sets money aside, and adds one to one to what the district grants."""
    asker = Asker(who=keeper().who, units=frozenset({unit}))
    ledger.open_budget(asker, f"fund {unit}", "110107", unit, ILLNESS, 2026, 90_000_00)
    plan = ledger.Plan(unit, unit_id("union"), ILLNESS, 2026, 100, most_yuan * 100)
    ledger.declare_matching(asker, f"add {unit}", "110107", plan)


def asks(staff, turn: int):
    asked = (
        her(staff, turn)
        .know(card__active=True)
        .ask(ILLNESS, self_paid="200000", payee="6217 0000", agree=("health",), papers=("settlements",))
    )
    asked.look(UNIT, "settlements")
    asked.step(UNIT, BY_RULE)
    return asked


def test_what_the_street_adds_is_kept_free_granted_and_told_until_its_ceiling(staff):
    fund(ILLNESS, 50_000)
    add_to_the_district(street(), 20_000)
    add_to_the_district(unit_id(ELSEWHERE), 20_000)
    asked = asks(staff, 1)
    page = shown(staff("treasurer").get("/budgets/"))
    assert "每给 100 元" in page.text and page.text.count("12,000 元") >= 3, "promised: of the district, and added"
    assert asked.desk(ABOVE).text.count("再配 12,000 元") == 1, "a street adds to its own people's grants alone"
    asked.step(ABOVE, AGREED)
    assert in_the_books(asked) == [("grant", 12_000_00)] and stands(ILLNESS) == (0, 12_000_00, 0, 38_000_00)
    mine = asked.hers().text
    assert "再配 12,000 元" in mine and "24,000 元" in mine
    second = asks(staff, 2)
    assert "这一笔不配" in second.desk(ABOVE).text and "再配" not in second.hers().text
    second.step(ABOVE, AGREED)
    assert "24,000 元" not in second.hers().text and "12,000 元" in second.hers().text


def test_a_treasurer_declares_it_on_the_page_sees_both_sides_and_ends_it(staff):
    ledger.open_budget(Asker(who=keeper().who, units=frozenset({street()})), "f", "110107", street(), ILLNESS, 2026, 1)
    maker = staff("treasurer")
    page = shown(maker.get("/budgets/"))
    to = ref_of(street())
    wrong = page.press(maker, "/budgets/matching/", service=ILLNESS, to=to, per_hundred="50", most="很多")
    assert wrong.status == 400 and wrong.form("/budgets/matching/").fields["most"] == ["很多"]
    assert page.press(maker, "/budgets/matching/", service=ILLNESS, to=to, per_hundred="50", most="800").status == 400
    fund(ILLNESS, 1_000)
    for _ in range(2):
        after = page.press(maker, "/budgets/matching/", service=ILLNESS, to=to, per_hundred="50", most="800")
    assert after.status == 200 and "配 50 元" in after.text and "最多配 800 元" in after.text
    ended = after.press(maker, "/budgets/matching/end/")
    assert "停了" in ended.text and not [one for one in ended.forms if one.action.endswith("/end/")]
