"""What others hear of the ledger: services know who has what, rules know how often, an erased case takes its payees."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from uuid import UUID

import pytest

from baiying.cases.actions.retention import CASE_FORGOTTEN
from baiying.kit import door, moment, news
from baiying.ledger import queries
from baiying.ledger.actions import Share, What, Whom, counter, grant
from baiying.ledger.models import Payee
from baiying.ledger.words import Why
from baiying.members import actions as members
from baiying.services import access
from baiying.services.actions import granted
from baiying.services.models import Rulebook
from tests.ledger.books import BANK, DISTRICT, SERVICE, fund, keeper, ours, stranger, what
from tests.members.figures import telephone
from tests.services.little import use

pytestmark = pytest.mark.django_db
SWIM, RELIEF = "union.trial.swim", "union.trial.relief"
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(monkeypatch, db):
    use(monkeypatch)
    Rulebook.objects.all().delete()
    with moment.frozen(NOON):
        yield


@pytest.fixture
def her() -> UUID:
    return members.enter_person("她", members.NewMember(1, "安小满", ours(), (), telephone(4)), UUID(int=9))


def given(her: UUID, key: str, service: str, period: str = "2026") -> UUID:
    with door.open(stranger()):
        return grant(key, What(DISTRICT, service, period, Whom((her,)), unit=ours()), [])


def served(her: UUID) -> set[str]:
    with door.errand("members"):
        return {one.service for one in access.served([her])}


def test_who_was_granted_a_service_has_it_until_the_last_grant_is_taken_back(her):
    first, second = given(her, "a", SWIM), given(her, "b", SWIM, "2027")
    for _ in range(2):
        granted.note_served(first, her)
    assert served(her) == {SWIM}
    for key, line, left in (("c", first, {SWIM}), ("d", second, set())):
        with door.open(stranger()):
            counter(key, line, Why.NOT_WANTED)
        granted.note_served_no_more(first)
        assert served(her) == left


def test_a_grant_that_was_taken_back_before_the_job_ran_marks_nobody(her):
    line = given(her, "a", SWIM)
    with door.open(stranger()):
        counter("c", line, Why.NOT_WANTED)
    granted.note_served(line, her)
    assert served(her) == set()


def test_no_job_names_who_has_a_service_that_is_told_in_private(her, monkeypatch):
    jobs: list[str] = []
    monkeypatch.setattr("baiying.kit.queue.later", lambda name, **ids: jobs.append(name))
    given(her, "a", RELIEF)
    assert jobs == []
    given(her, "b", SWIM)
    assert jobs == ["served"]


def test_rules_learn_how_often_and_how_much(her):
    fund()
    whom = queries.whom(her)
    with door.open(stranger()):
        for turn, period in enumerate(("2026#1", "2026#2")):
            grant(f"g{turn}", what(whom, period), [Share(ours(), 10_00)])
        told = queries.facts_used(SERVICE, whom, date(2026, 12, 1), periods={"round": "2026#2"})
        others, had = queries.facts_of_all([SERVICE, SWIM], whom, date(2027, 1, 1))
    assert told["used.times_year"] == 2 and told["used.money_year"] == 20_00 and told["used.times_round"] == 1
    assert told["used.years_since"] == date(2026, 11, 23)
    assert others[f"used.times_life:{SERVICE}"] == 2 and others[f"used.times_year:{SERVICE}"] == 0
    assert others[f"used.times_life:{SWIM}"] == 0 and had == {SERVICE}


def test_an_erased_case_takes_names_and_accounts_along(her):
    fund()
    case = UUID(int=77)
    with door.open(stranger()):
        grant("g", what(case=case), [Share(ours(), 10_00)], payee=BANK)
    with door.errand("retention"):
        news.tell(CASE_FORGOTTEN, case=SimpleNamespace(id=case))
    with door.open(keeper()):
        assert not Payee.objects.filter(case=case).exists() and len(queries.lines_of(case)) == 1
