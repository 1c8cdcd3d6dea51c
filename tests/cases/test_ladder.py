"""The ladder before a clock ends, and what follows when it has run out: each rung once, always before the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from baiying.cases import actions, clocks, queries
from baiying.cases.models import Case, Clock, Task
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.engine.clock import Calendar, Day
from baiying.kit import door, log, moment
from baiying.network import queries as network
from tests.cases.conftest import entry, people_of

MONDAY = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)


@pytest.fixture(autouse=True)
def a_monday_in_march():
    with moment.frozen(MONDAY):
        yield


@pytest.fixture
def receipt(send, trial):
    return send(matter=trial)


def row(receipt, name: str) -> Clock:
    with door.open(door.Asker(case=receipt.case_id)):
        return Clock.objects.select_related("case").filter(case_id=receipt.case_id, name=name).latest("started_at")


def climbs(receipt) -> list[Task]:
    with door.open(door.Asker(case=receipt.case_id)):
        return list(Task.objects.filter(case_id=receipt.case_id, kind=Task.Kind.CLIMB).order_by("opened_at"))


def said(receipt, verb: str) -> int:
    with door.open(door.Asker(case=receipt.case_id)):
        return [line.verb for line in log.lines_about(receipt.case_id)].count(verb)


def told(receipt) -> int:
    return ProcrastinateJob.objects.filter(task_name="tell_her", args__case=str(receipt.case_id)).count()


def climb_at(at: datetime) -> None:
    with moment.frozen(at):
        actions.climb()
        actions.climb()


def verbs(receipt) -> list[str]:
    return [line.verb for line in queries.story(entry(receipt)).lines]


def test_every_rung_lies_before_the_end_and_is_climbed_once(receipt):
    clock, word = row(receipt, "answer"), catalogue.matter(catalogue_key(receipt)).clocks["answer"]
    ladder = clocks.ladder_of(clock, word)
    assert [rung.to for rung in ladder] == ["unit", "unit", "upper"]
    for number, rung in enumerate(ladder):
        assert clock.started_at < rung.at < clock.due_at
        climb_at(rung.at)
        assert row(receipt, "answer").rung >= number + 1
    assert [task.about for task in climbs(receipt)].count("answer") == 1
    assert row(receipt, "answer").next_rung_at is None
    before = said(receipt, "clock.soon")
    climb_at(clock.due_at - timedelta(minutes=1))
    assert said(receipt, "clock.soon") == before


def catalogue_key(receipt) -> str:
    return receipt.matter.key


def test_the_level_above_is_called_and_the_task_closes_by_itself_when_the_clock_is_met(receipt):
    clock = row(receipt, "contact")
    climb_at(clock.due_at - timedelta(hours=1))
    (task,) = climbs(receipt)
    above = network.upper(receipt.unit, moment.today())
    assert (task.unit_id, task.state, task.due_at) == (above.id, Task.State.OPEN, clock.due_at)
    assert [one.task.id for one in queries.tasks(people_of(above.id), [Task.Kind.CLIMB])] == [task.id]
    handler = people_of(receipt.unit.id)
    version = queries.open_case(handler, receipt.number).case.version
    actions.move(handler, receipt.number, "second", "已联系", "", "k", version)
    assert climbs(receipt)[0].state == Task.State.DROPPED


def test_at_the_top_nobody_is_called_and_the_log_still_has_the_line(send, trial):
    receipt = send(matter=trial, area=None)
    assert network.upper(receipt.unit, moment.today()) is None
    climb_at(row(receipt, "contact").due_at - timedelta(hours=1))
    assert climbs(receipt) == [] and said(receipt, "clock.soon") >= 1


def test_a_clock_that_ran_out_does_what_its_word_says_exactly_once(receipt):
    clock = row(receipt, "contact")
    assert verbs(receipt) == []
    climb_at(clock.due_at)
    climb_at(clock.due_at + timedelta(hours=1))
    story = queries.story(entry(receipt))
    (line,) = [line for line in story.lines if line.verb == "expired"]
    assert not line.by_her and line.unit == "" and line.letter is not None
    assert receipt.unit.name in line.letter.text
    assert [task.about for task in climbs(receipt)].count("contact") == 1
    assert said(receipt, "clock.ran_out") == 1 and told(receipt) == 1
    assert row(receipt, "contact").met_at is None, "it stays late until it is met"


def test_a_clock_that_ran_out_moves_the_case_as_the_systems_own_step(receipt):
    climb_at(row(receipt, "answer").due_at)
    story = queries.story(entry(receipt))
    assert story.case.stage == "overdue" and verbs(receipt).count("expired") == 2
    assert row(receipt, "answer").met_at is not None
    view = queries.open_case(people_of(receipt.unit.id), receipt.number)
    assert [offer.move.to for offer in view.offers] == [flow.ANSWERED]


def test_while_an_answer_waits_for_her_word_no_clock_moves_the_case(receipt):
    handler = people_of(receipt.unit.id)
    actions.move(handler, receipt.number, "answered", "已经答复", "", "k",
                 queries.open_case(handler, receipt.number).case.version)
    climb_at(MONDAY + timedelta(days=60))
    assert queries.story(entry(receipt)).case.stage == flow.ANSWERED


def test_her_own_clock_tells_her_before_it_ends_and_calls_nobody(send, trial):
    receipt = send(matter=trial, answers={"knew_on": "2025-04-10"})
    clock = row(receipt, "limitation")
    assert clock.next_rung_at is not None and clock.next_rung_at < clock.due_at
    before = told(receipt)
    climb_at(clock.next_rung_at)
    assert told(receipt) == before + 2, "hers, and the expired contact"
    assert "limitation" not in [task.about for task in climbs(receipt)]


def test_a_clock_that_counts_back_from_her_day_is_climbed_before_that_day(send, trial):
    receipt = send(matter=trial, answers={"limit_date": "2026-04-20"})
    clock = row(receipt, "before_limit")
    assert clock.due_at == datetime(2026, 4, 14, tzinfo=moment.SHANGHAI)
    assert MONDAY < clock.next_rung_at < clock.due_at
    climb_at(clock.due_at - timedelta(days=2))
    assert row(receipt, "before_limit").rung == 3
    assert "before_limit" in [task.about for task in climbs(receipt)]


def test_a_pause_takes_the_rungs_along_and_the_call_above_is_no_longer_needed(receipt):
    clock = row(receipt, "answer")
    with moment.frozen(clock.due_at - timedelta(hours=20)):
        actions.climb()
        assert "answer" in [task.about for task in climbs(receipt) if task.state == Task.State.OPEN]
        until = moment.today() + timedelta(days=40)
        actions.pause(people_of(receipt.unit.id), receipt.number, flow.OUTSIDE_STEP, until, "等鉴定", "p")
        later = row(receipt, "answer")
        assert later.due_at > clock.due_at and later.next_rung_at > moment.now()
        assert "answer" not in [task.about for task in climbs(receipt) if task.state == Task.State.OPEN]
    climb_at(later.due_at - timedelta(minutes=1))
    assert "answer" in [task.about for task in climbs(receipt) if task.state == Task.State.OPEN]


def test_one_case_that_fails_stops_no_other(receipt, send, trial, monkeypatch):
    other = send(matter=trial, key="two")
    from baiying.cases.actions import ladder

    real = ladder.climb_case

    def failing(case_id):
        if case_id == receipt.case_id:
            raise RuntimeError("this one cannot be climbed")
        return real(case_id)

    monkeypatch.setattr(ladder, "climb_case", failing)
    with moment.frozen(row(receipt, "contact").due_at), pytest.raises(RuntimeError):
        actions.climb()
    assert said(other, "clock.ran_out") == 1 and said(receipt, "clock.ran_out") == 0


def corrected() -> Calendar:
    """The calendar in force with one more day off: the second Friday of March 2026, which nobody ever gave."""
    found = catalogue.calendar()
    return replace(found, days=(*found.days, Day(date(2026, 3, 13), False, "更正", "Corrected")))


def test_a_corrected_calendar_moves_clocks_that_were_counted_for_good(receipt, monkeypatch):
    before = row(receipt, "answer")
    assert not before.provisional
    wrong, right = catalogue.calendar(), corrected()
    for turn, (calendar, due) in enumerate([(right, before.due_at + timedelta(days=1)), (wrong, before.due_at),
                                            (right, before.due_at + timedelta(days=1))]):
        monkeypatch.setattr(catalogue, "calendar", lambda calendar=calendar: calendar)
        looked, changed = actions.recompute()
        assert looked >= 1 and changed >= 1
        after = row(receipt, "answer")
        assert after.due_at == due and after.calendar == calendar.version
        assert verbs(receipt).count("calendar") == turn + 1
        with door.open(door.Asker(case=receipt.case_id)):
            assert Case.objects.get(id=receipt.case_id).next_due_at is not None
        assert actions.recompute() == (0, 0)
