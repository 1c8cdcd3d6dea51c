"""What one person may have: yes, no, or what is still missing; only questions that can still change an answer."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from baiying.kit import moment
from baiying.members import actions as members
from baiying.services.actions import telling
from baiying.services.queries import entitlement
from tests.members.figures import street, telephone
from tests.services.little import use

pytestmark = pytest.mark.django_db
SWIM, CHECK, COURSE, RELIEF = (f"union.trial.{key}" for key in ("swim", "check", "course", "relief"))


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    use(monkeypatch)
    with moment.frozen(datetime(2026, 11, 23, 4, tzinfo=UTC)):
        yield


def states(found: entitlement.Entitlements) -> dict[str, str]:
    return {one.service.key: one.state for one in found.offers}


def questions(found: entitlement.Entitlements) -> list[str]:
    return [one.name for one in found.questions]


def test_nothing_said_leaves_everything_open_and_asks_first_what_settles_most():
    found = entitlement.guest({})
    assert states(found) == {SWIM: "open", CHECK: "open", COURSE: "one", RELIEF: "open"}
    assert questions(found)[0] == "person.migrant" or questions(found)[0] in ("person.born", "member.active")


def test_a_question_that_can_change_no_answer_is_not_asked_any_more():
    said = {"member.active": False}
    assert states(entitlement.guest(said))[SWIM] == states(entitlement.guest(said))[CHECK] == "no"
    assert set(questions(entitlement.guest(said))) == {
        "person.migrant",
        "home.income_year",
        "home.rigid_spend",
        "home.size",
    }
    assert "person.migrant" not in questions(entitlement.guest({**said, "person.migrant": True}))


def test_a_left_out_question_is_not_asked_again_and_settles_nothing():
    found = entitlement.guest({"member.active": False}, skipped=["person.migrant"])
    assert "person.migrant" not in questions(found) and states(found)[COURSE] == "one"


def test_clauses_say_which_is_met_and_a_sum_from_a_mirror_page_is_promised_to_nobody():
    found = entitlement.guest({"member.active": True, "person.sex": "女", "person.born": "1980-01-01"})
    check = next(one for one in found.offers if one.service.key == CHECK)
    assert check.state == "yes" and all(line.met for line in check.clauses)
    assert [(one.amount.item, sure) for one, sure in check.lines] == [("补贴", True), ("红包", False)]


def test_her_page_knows_what_the_register_and_she_herself_told():
    she = members.enter_person("she", members.NewMember(1, "安小满", street(), (), telephone(4)), UUID(int=7))
    telling.tell(she, {"person.born": "1990-05-06", "person.sex": "女"}, by=she)
    found = entitlement.mine(she)
    assert states(found)[SWIM] == "yes" and states(found)[CHECK] == "no" and states(found)[RELIEF] == "open"
    failed = next(one for one in found.offers if one.service.key == CHECK)
    assert [line.clause.requirement.otherwise for line in failed.clauses if line.failed] == ["要年满40周岁。"]
    assert found.told["person.sex"].source == "declared"
