"""Pauses and extensions: our clocks may stand still or be given more time, within bounds; hers never move."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from baiying.cases import actions, queries
from baiying.cases.models import Clock, Extension, Task
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network
from tests.cases.conftest import entry, people_of

MONDAY = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)
WAIT = flow.WAITING_FOR_ASKER
EXTENDABLE = "answer"


@pytest.fixture(autouse=True)
def a_monday_in_march():
    with moment.frozen(MONDAY):
        yield


def later(**length):
    return moment.frozen(moment.now() + timedelta(**length))


def rows(receipt) -> dict[str, Clock]:
    with door.open(door.Asker(case=receipt.case_id)):
        return {one.name: one for one in Clock.objects.filter(case_id=receipt.case_id, met_at=None)}


def dues(running: dict[str, Clock]) -> dict[str, datetime | None]:
    return {name: one.due_at for name, one in running.items()}


def tasks(receipt, kind) -> list[Task]:
    with door.open(door.Asker(case=receipt.case_id)):
        return list(Task.objects.filter(case_id=receipt.case_id, kind=kind).order_by("opened_at"))


def days_on(days: int):
    return moment.today() + timedelta(days=days)


def test_a_pause_moves_every_clock_of_ours_and_none_of_hers(send, trial):
    receipt = send(matter=trial, answers={"knew_on": "2026-02-02"})
    before, handler = rows(receipt), people_of(receipt.unit.id)
    with later(hours=1):
        actions.pause(handler, receipt.number, WAIT, days_on(9), "请您把工资条找出来。", "p")
        after = rows(receipt)
        hers = [name for name, one in before.items() if one.owner != "ours"]
        ours = [name for name, one in before.items() if one.owner == "ours"]
        assert "limitation" in hers and "outside" in hers and ours
        assert all(after[name].due_at == before[name].due_at for name in hers)
        assert all(after[name].due_at > before[name].due_at for name in ours)
        story = queries.story(entry(receipt))
        assert story.case.paused_until == days_on(9)
        assert story.case.next_due_at == min(after[name].due_at for name in ours)
        assert "请您把工资条找出来。" in [line.words for line in story.lines]


def test_the_explanation_names_each_day_that_stood_still(send):
    receipt = send()
    with later(hours=1):
        actions.pause(people_of(receipt.unit.id), receipt.number, WAIT, days_on(2), "请补一张照片。", "p")
    for view in queries.story(entry(receipt)).clocks:
        if view.row.owner == "ours":
            assert view.reckoning.due_at == view.row.due_at
            assert any(flow.PAUSE_GROUNDS[WAIT].label in line.why_zh for line in view.reckoning.days)


def test_ended_early_only_the_days_that_stood_still_count(send):
    receipt, handler = (sent := send()), people_of(sent.unit.id)
    before = rows(receipt)
    with later(hours=1):
        actions.pause(handler, receipt.number, WAIT, days_on(9), "请补一张照片。", "p")
        paused = rows(receipt)
    with later(hours=3):
        actions.resume(handler, receipt.number, "r")
        after = rows(receipt)
        assert queries.story(entry(receipt)).case.paused_until is None
    for name, one in before.items():
        if one.owner == "ours":
            assert one.due_at <= after[name].due_at < paused[name].due_at
            assert after[name].due_at - one.due_at in (timedelta(hours=2), timedelta())


def test_a_pause_whose_last_day_is_over_is_ended_by_itself_and_tells_both(send):
    receipt = send()
    with later(hours=1):
        actions.pause(people_of(receipt.unit.id), receipt.number, WAIT, days_on(1), "请补一张照片。", "p")
        due = rows(receipt)
    with moment.frozen(MONDAY + timedelta(days=1, hours=13)):  # the second midnight in Shanghai has passed
        actions.climb()
        story = queries.story(entry(receipt))
        assert story.case.paused_until is None and [line.verb for line in story.lines] == ["paused", "resumed"]
        assert not story.lines[-1].by_her
        assert dues(rows(receipt)) == dues(due)
        actions.climb()
        assert len(queries.story(entry(receipt)).lines) == 2


def test_pauses_are_bounded(send):
    receipt, handler = (sent := send()), people_of(sent.unit.id)
    with pytest.raises(Refusal):
        actions.pause(handler, receipt.number, WAIT, days_on(flow.PAUSE_DAYS[WAIT] + 1), "太久", "long")
    with pytest.raises(Refusal):
        actions.pause(handler, receipt.number, "because", days_on(1), "没有这个理由", "ground")
    with pytest.raises(Refusal):
        actions.pause(handler, receipt.number, WAIT, days_on(1), " ", "silent")
    for turn in range(flow.PAUSES_MOST):
        actions.pause(handler, receipt.number, WAIT, days_on(1), "请补材料。", f"p{turn}")
        with pytest.raises(Refusal):
            actions.pause(handler, receipt.number, flow.FORCE_MAJEURE, days_on(1), "同时两个", f"both{turn}")
        actions.resume(handler, receipt.number, f"r{turn}")
    with pytest.raises(Refusal):
        actions.pause(handler, receipt.number, WAIT, days_on(1), "第三次", "third")


def test_the_same_pause_sent_twice_is_one(send):
    receipt, handler = (sent := send()), people_of(sent.unit.id)
    for _ in range(2):
        actions.pause(handler, receipt.number, WAIT, days_on(3), "请补材料。", "p")
    assert len(queries.story(entry(receipt)).lines) == 1
    for _ in range(2):
        actions.resume(handler, receipt.number, "r")
    assert len(queries.story(entry(receipt)).lines) == 2


def test_nobody_but_the_unit_that_leads_pauses(send):
    receipt = send()
    other = people_of(network.upper(receipt.unit, moment.today()).id)
    with pytest.raises(Unseen):
        actions.pause(other, receipt.number, WAIT, days_on(3), "请补材料。", "p")


def test_an_answer_ends_the_pause_and_nothing_stands_still_while_it_is_given_back(send):
    receipt, handler = (sent := send()), people_of(sent.unit.id)
    actions.pause(handler, receipt.number, WAIT, days_on(9), "请补材料。", "p")
    ground = catalogue.options("return_grounds")[0].label
    with later(hours=5):
        actions.give_back(handler, receipt.number, ground, "不是我们的", "g")
        story = queries.story(entry(receipt))
        assert story.case.paused_until is None and story.case.unassigned
        for view in story.clocks:
            if view.row.owner == "ours" and view.running:
                assert view.row.due_at <= next(one for one in receipt.clocks if one.name == view.row.name).due_at \
                    + timedelta(hours=5), "the rest of the pause was given back"


def ask(receipt, clock, key="e"):
    actions.ask_extension(people_of(receipt.unit.id), receipt.number, clock, "等鉴定结果, 请求延长", key)


def test_more_time_counts_only_once_another_person_above_has_granted_it(send, trial):
    receipt, clock = send(matter=trial), EXTENDABLE
    before = rows(receipt)
    ask(receipt, clock)
    assert rows(receipt)[clock].due_at == before[clock].due_at
    (task,) = tasks(receipt, Task.Kind.EXTEND)
    above = people_of(task.unit_id)
    with pytest.raises(Unseen):
        actions.decide_extension(people_of(receipt.unit.id), receipt.number, True, "自己批", "own")
    for _ in range(2):
        actions.decide_extension(above, receipt.number, True, "情况属实, 同意", "yes")
    after = rows(receipt)
    assert after[clock].due_at > before[clock].due_at
    assert all(after[name].due_at == before[name].due_at for name in before if name != clock)
    view = next(one for one in queries.story(entry(receipt)).clocks if one.row.name == clock)
    assert view.reckoning.due_at == after[clock].due_at
    with pytest.raises(Refusal):
        ask(receipt, clock, "again")


def test_more_time_that_was_not_granted_moves_nothing_and_cannot_be_asked_again(send, trial):
    receipt, clock = send(matter=trial), EXTENDABLE
    before = rows(receipt)
    ask(receipt, clock)
    with pytest.raises(Refusal):
        ask(receipt, clock, "while it waits")
    above = people_of(tasks(receipt, Task.Kind.EXTEND)[0].unit_id)
    actions.decide_extension(above, receipt.number, False, "时间够用", "no")
    assert rows(receipt)[clock].due_at == before[clock].due_at
    with pytest.raises(Refusal):
        ask(receipt, clock, "again")


def test_whoever_asked_never_decides_even_with_a_post_above(send, trial):
    receipt, clock = send(matter=trial), EXTENDABLE
    ask(receipt, clock)
    (task,) = tasks(receipt, Task.Kind.EXTEND)
    both = door.Asker(who=people_of(receipt.unit.id).who, units=frozenset({task.unit_id, receipt.unit.id}))
    with pytest.raises(Refusal):
        actions.decide_extension(both, receipt.number, True, "自己批", "own")


def test_nothing_is_granted_after_the_clock_has_run_out(send, trial):
    receipt, clock = send(matter=trial), EXTENDABLE
    ask(receipt, clock)
    (task,) = tasks(receipt, Task.Kind.EXTEND)
    with moment.frozen(rows(receipt)[clock].due_at + timedelta(minutes=1)):
        with pytest.raises(Refusal):
            actions.decide_extension(people_of(task.unit_id), receipt.number, True, "迟了", "late")
        actions.climb()
        assert tasks(receipt, Task.Kind.EXTEND)[0].state == Task.State.DROPPED
    with door.open(door.Asker(case=receipt.case_id)):
        assert Extension.objects.get(case_id=receipt.case_id).granted is False


def test_the_reason_for_more_time_in_a_guarded_case_lies_sealed(send, trial):
    receipt = send("他打我。", matter=trial)
    ask(receipt, EXTENDABLE)
    with door.open(door.Asker(case=receipt.case_id)):
        assert Extension.objects.get(case_id=receipt.case_id).reason == ""


def test_a_clock_that_does_not_say_so_or_is_not_ours_is_not_extended(send, trial):
    receipt = send(matter=trial, answers={"knew_on": "2026-02-02"})
    for clock in ("contact", "limitation", "outside", "no such clock"):
        with pytest.raises(Refusal):
            ask(receipt, clock)
