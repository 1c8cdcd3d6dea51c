"""The page of new rules: numbers before anything comes into force, two people's words, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from baiying.catalogue import queries as declared
from baiying.catalogue.promised import promised
from baiying.engine import rules
from baiying.kit import moment
from baiying.kit.chance import uuid_for
from baiying.project.commands import doctor
from baiying.services.actions import publishing, standing
from baiying.services.models import MonthCover, Rulebook
from baiying.web.clauses import condition
from tests.members.figures import street
from tests.services.changing import ACTIVE, MEMBERS, OLD, asks, edited
from tests.services.test_standing import enter
from tests.web.pages import shown

pytestmark = pytest.mark.django_db
Staff = Callable[[str], Client]
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(db):
    Rulebook.objects.all().delete()
    with moment.frozen(NOON):
        for n in range(9):
            enter("安小满", 10 + n, street(), person_born="1976-05-06")
        standing.sweep_all("110107")
    with moment.frozen(NOON + timedelta(minutes=1)):
        yield


def test_one_proposes_on_the_page_another_approves_and_the_numbers_stand_there(staff: Staff) -> None:
    drops, was = edited(MEMBERS, asks(ACTIVE, OLD)), declared.in_force()
    publishing.publish(drops)
    one, two = staff("administrator"), staff("administrator_two")
    page = shown(one.get("/publishing/"))
    assert (
        "失去的人多" in page.text
        and "要年满120周岁。（年龄（周岁） ≥ 120）" in page.text
        and "八角街道 13 0 0 13" in page.text
    )
    refused = page.press(one, "propose", words=" ")
    assert refused.status == 400 and "请写一句话" in refused.text
    mine = page.press(one, "propose", words="三思后再改")
    assert "这是您自己提出的" in mine.text and not any(form.id == "approve" for form in mine.forms)
    assert declared.in_force() == was and "要另一个人批准" in page.press(one, "propose", do="approve").text
    theirs = shown(two.get("/publishing/"))
    assert "管有章 提出" in theirs.text and "三思后再改" in theirs.text
    theirs.press(two, "approve")
    assert declared.in_force() == drops.edition
    after = shown(one.get("/publishing/"))
    assert "印同管 批准" in after.text and "现在没有等着看的" in after.text


def test_who_has_no_such_post_does_not_find_the_page(staff: Staff) -> None:
    publishing.publish(edited(MEMBERS, asks(ACTIVE, OLD)))
    assert staff("bajiao_handler").get("/publishing/").status_code == 404
    assert staff("bajiao_handler").get("/publishing/decide/").status_code == 404


def test_the_doctor_says_that_an_old_catalogue_stays_in_force(monkeypatch) -> None:
    drops = edited(MEMBERS, asks(ACTIVE, OLD))
    monkeypatch.setattr("baiying.catalogue.actions.read", lambda folder: drops)
    assert "not the one in force" in next(doctor.rules_wait())
    publishing.publish(drops)
    assert "the old one stays in force until two people" in next(doctor.rules_wait())


def test_everybody_sees_coverage_with_the_unknown_beside_it() -> None:
    page = shown(Client().get("/coverage/"))
    assert page.status == 200 and "谁享到了" in page.text and "取到最近的" in page.text and "不清楚" in page.text
    assert any(tag == "table" for tag, _ in page.tags)


def test_coverage_with_the_unknown_beside_it_is_the_first_number_of_the_boards() -> None:
    MonthCover.objects.all().delete()
    assert "人数还太少" in shown(Client().get("/boards/")).text
    MonthCover.objects.create(
        id=uuid_for("11", "month"), district="110107", month=date(2026, 11, 1), service="union.card.issue",
        entitled=40, served=20, unknown=9,
    )  # fmt: skip
    page = " ".join(shown(Client().get("/boards/")).text.split())
    before, found, _ = page.partition("50%")
    assert found and "该享的 40 人次里，有 20 人次享到了；还有 10 人次不清楚该不该享。" in page
    assert "%" not in before


@pytest.mark.parametrize(("length", "unit", "said"), [
    (12, "month", "12个月"), (30, "day", "30"), (1, "last_year", "去年"),
])
def test_a_length_of_time_in_a_condition_is_said_in_words(length: int, unit: str, said: str) -> None:
    found = condition(promised(), rules.Test("person.born", "within", rules.Span(length, unit)))
    assert said in found and unit not in found
