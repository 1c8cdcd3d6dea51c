"""Incidents: a person sets the level, the frame counts and never lists, and what was learned of people is destroyed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import pytest
from django.db import models

from baiying.cases import models_incidents
from baiying.cases.actions import incidents as actions
from baiying.cases.models import Incident, IncidentDuty, IncidentLine, IncidentMark
from baiying.cases.queries import incidents as queries
from baiying.kit import door, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.kit.models import Line
from baiying.network import queries as network
from tests.cases.answering import above, lead_of, row
from tests.cases.conftest import people_of

pytestmark = pytest.mark.django_db
TOLD = {"what": ["群体欠薪"], "employer": ["金顶装饰工程队"], "workers": ["40"], "danger": ["no"], "stopped": ["no"],
        "demands": ["结清四个月工资"]}


@pytest.fixture
def cases(send):
    """Three cases of one unit, however many take turns in leading."""
    by_unit = defaultdict(list)
    for place in range(12):
        one = send(f"三个月没有发工资了, 第 {place} 次来问。", key=f"w{place}")
        by_unit[row(one).unit_id].append(one)
        if len(by_unit[row(one).unit_id]) == 3:
            return by_unit[row(one).unit_id]
    raise AssertionError("nobody leads three of twelve")


@pytest.fixture
def lead(cases) -> door.Asker:
    return lead_of(cases[0])


@pytest.fixture
def ref(lead) -> str:
    return actions.report(lead, "labour", TOLD, moment.now() - dt.timedelta(minutes=30), "one")


def upper(receipt) -> door.Asker:
    return people_of(above(receipt).id)


def numbers(cases) -> list[str]:
    return [one.number for one in cases]


def test_what_is_late_in_an_incident_reaches_the_level_above_by_itself(cases, lead, ref):
    above_it = upper(cases[0])
    assert queries.late_incidents(above_it) == []
    with moment.frozen(moment.now() + dt.timedelta(hours=5)):
        (late,) = queries.late_incidents(above_it)
        assert late.row.incident.ref == ref and late.due_at < moment.now()
        keys = {one.word.key for one in late.clocks}
        assert "written" in keys and queries.late_incidents(lead)[0].clocks == late.clocks
        actions.tell(lead, ref, "written", "四十人, 欠薪三个月, 没有人受伤。", "w")
        assert "written" not in {one.word.key for row in queries.late_incidents(above_it) for one in row.clocks}


def test_a_first_report_suggests_a_level_and_a_person_sets_it(lead, ref):
    assert actions.report(lead, "labour", TOLD, moment.now(), "one") == ref, "the same form twice is one incident"
    view = queries.frame(lead, ref)
    assert view.suggested.key == "III" and view.row.level is None
    with pytest.raises(Refusal):
        actions.set_level(lead, ref, "V", "", "k")
    with pytest.raises(Refusal):
        actions.tell(lead, ref, "ended", "都结清了。", "k")
    actions.set_level(lead, ref, "II", "", "k")
    view = queries.frame(lead, ref)
    assert view.row.incident.level == "II"
    assert {clock.word.key for clock in view.clocks if clock.met is None} == {"written", "on_site", "update_six_hours"}
    with moment.frozen(moment.now() + dt.timedelta(hours=3)):
        late = {clock.word.key for clock in queries.frame(lead, ref).clocks if clock.late}
        assert late == {"on_site"}


def test_what_is_missing_or_lies_in_the_future_is_refused_with_a_sentence(lead):
    for told, known in (({**TOLD, "workers": []}, moment.now()), ({**TOLD, "workers": ["四十"]}, moment.now()),
                        (TOLD, moment.now() + dt.timedelta(hours=1))):
        with pytest.raises(Refusal):
            actions.report(lead, "labour", told, known, "two")
    with pytest.raises(Unseen):
        actions.report(lead, "none", TOLD, moment.now(), "two")


def test_the_level_above_sees_it_and_a_unit_beside_does_not(cases, lead, ref):
    assert queries.frame(upper(cases[0]), ref).row.incident.ref == ref
    beside = next(one for one in network.units(moment.today(), level="street", organisation="women")
                  if network.posts_in(one.id, moment.today()))
    with pytest.raises(Unseen):
        queries.frame(people_of(beside.id), ref)
    assert queries.incidents_of(people_of(beside.id)) == []


def test_the_frame_counts_and_only_what_one_may_open_joins(cases, lead, ref, send, guarded_matter):
    hers = send("他也欠我的, 还动手。", key="guarded", matter=guarded_matter)
    joined, left = actions.join(lead, ref, [*numbers(cases), hers.number, "2222-2222-22", "不是编号"], "j")
    assert (joined, left) == (3, 3), "an unseen case and no case at all look alike"
    actions.join(lead, ref, numbers(cases), "again")
    view = queries.frame(lead, ref)
    assert view.row.size == view.mine == 3
    assert actions.leave(lead, ref, [cases[0].number]) == 1 and queries.frame(lead, ref).row.size == 2


def test_one_step_reaches_all_of_ones_own_cases_and_nobody_elses(cases, lead, ref):
    actions.join(lead, ref, numbers(cases), "j")
    step = next(one for one in queries.frame(lead, ref).steps if one.move.to == "work")
    assert step.size == 3
    assert actions.step_all(lead, ref, step.key, "都联系上了, 一起谈。", {}, "s") == (3, 0)
    with pytest.raises(Refusal):
        actions.step_all(lead, ref, step.key, "再来一次。", {}, "s2")
    assert queries.frame(upper(cases[0]), ref).mine == 0, "whoever leads none of them moves none of them"


def test_no_field_names_who_leads_who_was_there_or_who_knows_whom():
    tables = [one for one in vars(models_incidents).values()
              if isinstance(one, type) and issubclass(one, models.Model)]
    people = {(table.__name__, field.name) for table in tables for field in table._meta.get_fields()
              if getattr(field, "related_model", None) is not None
              and field.related_model._meta.label == "members.Person"}
    assert people == {("IncidentDuty", "person")}, "staff on duty, and nobody else"
    cases = [field for table in tables for field in table._meta.get_fields()
             if getattr(field, "related_model", None) is not None and field.related_model._meta.label == "cases.Case"]
    assert not cases
    joined = {table.__name__ for table in tables for field in table._meta.get_fields()
              if isinstance(field, models.ManyToManyField)}
    assert not joined, "nothing here leads from one person to another"


def test_a_mark_tells_nothing_without_the_case(cases, lead, ref):
    actions.join(lead, ref, numbers(cases), "j")
    other = actions.report(lead, "labour", TOLD, moment.now(), "other")
    actions.join(lead, other, numbers(cases), "j")
    with door.open(lead):
        marks = list(IncidentMark.objects.values_list("id", flat=True))
    assert len(set(marks)) == 6, "another mark in each incident: frames cannot be laid over one another"


def test_after_the_review_what_was_learned_of_people_is_destroyed_on_its_day_and_the_counts_stay(cases, lead, ref):
    actions.join(lead, ref, numbers(cases), "j")
    person = queries.frame(lead, ref).colleagues[0]
    with pytest.raises(Refusal):
        actions.put_on_duty(lead, ref, "nobody", 8, "d")
    actions.put_on_duty(lead, ref, actions.ref_of(person.id), 8, "d")
    actions.set_level(lead, ref, "III", "", "l")
    actions.tick(lead, ref, "safety", "t")
    actions.tell(lead, ref, "talks", "四十人的要求都交给了单位。", "e1")
    actions.tell(lead, ref, "ended", "工资结清。", "e2")
    with pytest.raises(Refusal):
        actions.tell(lead, ref, "updated", "还有事。", "e3")
    with pytest.raises(Refusal):
        actions.join(lead, ref, numbers(cases), "late")
    actions.tick(lead, ref, "review", "t2")  # what comes after the end is ticked after the end
    actions.tell(lead, ref, "reviewed", "复盘贴在会所门口。", "e4")
    with pytest.raises(Refusal):
        actions.tick(lead, ref, "talks", "t3")
    assert {check.key for check, line in queries.frame(lead, ref).checks if line} == {"safety", "review"}
    day = queries.frame(lead, ref).row.incident.destroy_on
    assert (day - moment.today()).days >= 30
    assert actions.destroy_due() == 0
    with moment.frozen(dt.datetime.combine(day, dt.time(4), dt.UTC)):
        assert (actions.destroy_due(), actions.destroy_due()) == (1, 0)
        view = queries.frame(lead, ref)
        assert view.row.size == 3 and view.row.incident.facts == {} and view.row.incident.level == "III"
        assert not view.roster and not view.answers and not any(line.words for line in view.lines)
    with door.open(lead):
        assert not IncidentMark.objects.exists() and not IncidentDuty.objects.exists()
        assert IncidentLine.objects.filter(event="destroyed").count() == 1
        assert Incident.objects.get().counts["cases"] == 3
    with door.errand("verify"):
        assert Line.objects.filter(verb="incident.destroyed").count() == 1


def test_without_a_review_it_is_destroyed_all_the_same_and_nothing_is_added_afterwards(cases, lead, ref):
    actions.join(lead, ref, numbers(cases), "j")
    actions.set_level(lead, ref, "IV", "", "l")
    assert queries.frame(lead, ref).row.incident.destroy_on is None, "while it goes on nothing is destroyed"
    actions.tell(lead, ref, "ended", "工资结清。", "e")
    day = queries.frame(lead, ref).row.incident.destroy_on
    assert (day - moment.today()).days >= 60, "thirty days for the review, thirty more"
    with moment.frozen(dt.datetime.combine(day, dt.time(4), dt.UTC)):
        assert [one.row.incident.ref for one in queries.late_incidents(upper(cases[0]))] == [ref]
        assert actions.destroy_due() == 1
        view = queries.frame(lead, ref)
        assert view.next_events == () and queries.late_incidents(upper(cases[0])) == []
        with pytest.raises(Refusal):
            actions.tell(lead, ref, "reviewed", "张三带的头。", "late")
        assert not any(line.words for line in queries.frame(lead, ref).lines)


def test_an_older_backup_does_not_bring_back_what_was_destroyed_in_an_incident(cases, lead, ref):
    from baiying.kit import erasures
    from baiying.project import erasing

    with door.open(lead):
        incident = Incident.objects.get()
    other = actions.report(lead, "labour", TOLD, moment.now(), "other")
    names = frozenset({("incident", erasures.hashed("incident", incident.id))})  # a backup from before its end
    assert erasing.erase_again(names, lambda *_turn: None) == 1
    assert (queries.frame(lead, ref).answers, queries.frame(lead, ref).row.size) == ([], 0)
    assert queries.frame(lead, other).answers and erasing.erase_again(names, lambda *_turn: None) == 0
    assert names <= erasures.names([erasures.path()]), "what is destroyed is written down beside the keys"
