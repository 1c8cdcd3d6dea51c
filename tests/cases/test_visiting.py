"""下基层访妇情办实事: with her yes a case with a slip; without it a number, and not a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baiying.cases import actions, queries
from baiying.cases.actions import Heard, Visit
from baiying.cases.actions.visiting import visit_matter
from baiying.cases.models import Case
from baiying.cases.models import Heard as Count
from baiying.catalogue import queries as catalogue
from baiying.kit import chance, door, log, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network
from tests.cases.answering import row
from tests.cases.conftest import COMMUNITY, entry, matters_where, people_of

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=moment.SHANGHAI)
MONDAY = date(2026, 3, 2)
YES = Heard("工资", "老板欠我两个月工资。", consents=True, name="安小满", phone="138 0000 0000")
NO = Heard("工资")


@pytest.fixture(autouse=True)
def a_day_in_march():
    with moment.frozen(NOON):
        yield


@pytest.fixture
def home(db):
    """A Women's Home with somebody in it."""
    return next(unit for unit in network.units(moment.today()) if unit.level == "community"
                and unit.organisation == "women" and network.is_living(unit.id, unit.district, moment.today()))


def go(home, *rows, key="one", on=date(2026, 3, 4), area=COMMUNITY, asker=None):
    return actions.visit(asker or people_of(home.id), Visit(home.id, area, on, tuple(rows)), key)


def counts() -> dict[tuple[str, date], int]:
    return {(one.topic, one.week): one.count for one in Count.objects.filter(area=COMMUNITY)}


def cases() -> int:
    with door.errand("clocks"):
        return Case.objects.count()


def test_with_her_yes_each_thing_heard_is_a_case_with_its_own_slip(home):
    receipts = go(home, YES, replace(YES, words="孩子没有地方放。", topic="其他"))
    assert len({(one.number, one.code) for one in receipts}) == 2
    story = queries.story(entry(receipts[1]))
    assert story.words == "孩子没有地方放。" and story.case.channel == "visit"
    assert row(receipts[0]).entered_by_id == home.id and counts() == {}


def test_without_her_yes_it_is_one_more_for_topic_community_and_week(home):
    assert go(home, NO, NO, Heard("工伤")) == []
    assert counts() == {("工资", MONDAY): 2, ("工伤", MONDAY): 1} and cases() == 0
    go(home, NO, key="two", on=date(2026, 3, 3))
    assert counts()[("工资", MONDAY)] == 3


def test_a_count_holds_no_time_no_person_and_no_text(db):
    columns = {field.name for field in Count._meta.concrete_fields}
    assert columns == {"id", "district", "area", "topic", "week", "count"}


@pytest.mark.parametrize("told", [{"words": "她说老公不管家"}, {"name": "安小满"}, {"phone": "138 0000 0000"},
                                  {"contact": "下午打"}])
def test_words_without_her_yes_are_refused_and_nothing_of_the_visit_is_stored(home, told):
    with pytest.raises(Refusal):
        go(home, YES, replace(NO, **told))
    assert counts() == {} and cases() == 0


def test_a_yes_needs_her_words(home):
    with pytest.raises(Refusal):
        go(home, replace(YES, words=" "))


def test_what_is_wrong_in_a_row_names_the_row(home):
    with pytest.raises(Refusal) as told:
        go(home, NO, replace(YES, phone="12"))
    assert "2" in told.value.sentence and "电话" in told.value.sentence
    with pytest.raises(Refusal) as told:
        go(home, replace(YES, matter="no.such.matter"))
    assert "第 1 行" in told.value.sentence and counts() == {} and cases() == 0


def test_twice_is_once(home):
    first = go(home, YES, NO)
    again = go(home, YES, NO)
    assert [(one.number, one.code) for one in first] == [(one.number, one.code) for one in again]
    assert counts() == {("工资", MONDAY): 1} and cases() == 1


def test_what_fails_in_the_middle_stores_nothing(home, monkeypatch):
    from baiying.cases.actions import visiting

    real, calls = visiting.store_inside, []

    def failing(plan):
        calls.append(plan)
        if len(calls) == 2:
            raise RuntimeError("the light goes out")
        return real(plan)
    monkeypatch.setattr(visiting, "store_inside", failing)
    with pytest.raises(RuntimeError):
        go(home, YES, NO, replace(YES, words="第二件"))
    monkeypatch.undo()
    assert counts() == {} and cases() == 0
    with moment.frozen(NOON):
        assert len(go(home, YES, NO, replace(YES, words="第二件"))) == 2


def test_a_number_that_is_taken_spoils_nothing(home, monkeypatch):
    """The first number tried belongs to another case: the next one is taken, in the same transaction."""
    from baiying.kit import number

    taken = go(home, YES, key="first")[0].number
    real = number.number_for
    monkeypatch.setattr(number, "number_for", lambda key, attempt=0: taken if attempt == 0 else real(key, attempt))
    receipts = go(home, replace(YES, words="另一件"), NO, key="second")
    assert receipts[0].number != taken and counts() == {("工资", MONDAY): 1}


@pytest.mark.parametrize("told", [
    {"on": date(2026, 3, 5)}, {"on": date(2026, 2, 1)}, {"area": "110107999999"}, {"rows": ()},
    {"rows": (Heard("她们家的事"),)}, {"rows": (NO,) * 51},
])
def test_day_place_topic_and_number_of_rows_are_checked(home, told):
    rows = told.pop("rows", (NO,))
    with pytest.raises(Refusal):
        go(home, *rows, **told)
    assert counts() == {}


def test_nobody_enters_the_visit_of_another_unit(home):
    with pytest.raises(Unseen):
        go(home, NO, asker=door.Asker(who=people_of(home.id).who, units=frozenset(), roles=frozenset()))


def test_a_thing_heard_may_become_another_kind_of_case(home):
    other = matters_where(lambda matter: matter.safe)
    (receipt,) = go(home, replace(YES, matter=other))
    assert receipt.matter.key == other and row(receipt).guarded
    (plain,) = go(home, YES, key="two")
    assert plain.matter.key == visit_matter().key


def test_the_kind_of_case_for_visits_is_declared_in_its_file(db, monkeypatch):
    default, chosen = catalogue.default_matter(), replace(catalogue.matters()[1], visit=True)
    monkeypatch.setattr(catalogue, "matters", lambda: (default, chosen))
    assert visit_matter() == chosen


def test_the_log_tells_that_a_visit_was_entered_and_nothing_of_what(home):
    go(home, YES, NO)
    visit_id = chance.uuid_for(f"{people_of(home.id).who}:one", "visit")
    with door.open(door.Asker(case=visit_id)):
        (line,) = log.lines_about(visit_id)
    assert line.verb == "visit.entered" and line.payload["counted"] == 1 and "工资" not in str(line.payload)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(visits=st.lists(st.lists(st.booleans(), min_size=1, max_size=5), min_size=1, max_size=3),
       resent=st.lists(st.integers(0, 2), max_size=4))
def test_however_often_visits_are_sent_cases_and_counts_are_those_of_one_sending(home, visits, resent):
    before = (cases(), sum(counts().values()))
    rows = [[replace(YES, words=f"{place}-{turn}") if yes else NO for turn, yes in enumerate(visit)]
            for place, visit in enumerate(visits)]
    order = [*range(len(rows)), *(one for one in resent if one < len(rows))]
    for place in order:
        go(home, *rows[place], key=f"{visits}-{resent}-{place}")
    said = [yes for visit in visits for yes in visit]
    assert (cases() - before[0], sum(counts().values()) - before[1]) == (sum(said), len(said) - sum(said))
