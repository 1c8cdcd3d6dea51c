"""An end that is not her verdict: asked by the lead, decided above, contested once, and never counted as solved."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from baiying.cases import actions, queries
from baiying.cases.models import Task
from baiying.engine import flow
from baiying.kit import door, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network
from tests.cases.answering import above, answer, lead_of, row, to_the_top
from tests.cases.conftest import entry, people_of

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)
WHY = "同一件事, 另一件正在办。"


@pytest.fixture(autouse=True)
def a_day_in_march():
    with moment.frozen(NOON):
        yield


def ask(receipt, ground="spam", other="", key="ask", asker=None):
    actions.ask_set_aside(asker or lead_of(receipt), receipt.number, ground, WHY, key, other)


def decide(receipt, asker, yes=True, text="核对过, 是广告。", key="decide"):
    actions.decide_set_aside(asker, receipt.number, yes, text, key)


def another_of(unit_id, asker):
    """A colleague in the same unit."""
    return door.Asker(who=None, units=frozenset({unit_id}), roles=asker.roles)


def test_the_lead_asks_and_the_level_above_ends_it(send):
    receipt = send()
    upper = people_of(above(receipt).id)
    ask(receipt)
    assert row(receipt).stage != flow.SET_ASIDE, "asking ends nothing"
    (wish,) = queries.set_asides(upper)
    assert (wish.address, wish.own) == (receipt.number, False)
    assert queries.set_aside(upper, receipt.number).text == WHY
    decide(receipt, upper)
    case = row(receipt)
    assert (case.stage, case.ended, case.verdict) == (flow.SET_ASIDE, True, "")
    assert queries.set_asides(upper) == []


def test_she_reads_who_ended_it_for_which_ground_and_why(send):
    receipt = send()
    upper = above(receipt)
    ask(receipt, "mistake")
    decide(receipt, people_of(upper.id), text="打电话问过, 是点错了。")
    line = queries.story(entry(receipt)).lines[-1]
    assert (line.unit, line.words, line.reason) == (network.unit_said(upper), "打电话问过, 是点错了。", "误提交")


def test_the_unit_that_leads_cannot_end_it_by_itself(send):
    receipt = send()
    ask(receipt)
    with pytest.raises(Unseen):
        decide(receipt, lead_of(receipt))
    with pytest.raises(Unseen):
        ask(receipt, asker=people_of(above(receipt).id))
    assert not row(receipt).ended


def test_at_the_top_another_person_decides(send):
    receipt = send()
    top = to_the_top(receipt)
    asker = lead_of(receipt)
    ask(receipt)
    with pytest.raises(Refusal) as told:
        decide(receipt, asker)
    assert not isinstance(told.value, Unseen) and not row(receipt).ended
    assert queries.set_asides(asker)[0].own
    decide(receipt, another_of(top.id, asker))
    assert row(receipt).stage == flow.SET_ASIDE


def test_no_sends_the_request_back_and_the_case_goes_on(send):
    receipt = send()
    upper = people_of(above(receipt).id)
    before = row(receipt)
    ask(receipt)
    decide(receipt, upper, yes=False, text="不是广告, 请接着办。")
    case = row(receipt)
    assert (case.stage, case.next_due_at) == (before.stage, before.next_due_at) and not case.ended
    with door.open(door.Asker(case=receipt.case_id)):
        assert [task.state for task in Task.objects.filter(kind="set_aside")] == ["refused"]
    ask(receipt, key="again")
    assert len(queries.set_asides(upper)) == 1


def test_nothing_stands_still_while_it_is_decided(send):
    receipt = send()
    due = row(receipt).next_due_at
    ask(receipt)
    assert row(receipt).next_due_at == due and due is not None


def test_asked_twice_it_is_one_request_and_decided_twice_one_end(send):
    receipt = send()
    upper = people_of(above(receipt).id)
    ask(receipt)
    ask(receipt)
    ask(receipt, key="other")
    assert len(queries.set_asides(upper)) == 1
    decide(receipt, upper)
    decide(receipt, upper)
    assert [line.verb for line in queries.story(entry(receipt)).lines].count("set_aside") == 1


def test_a_ground_from_the_list_is_needed(send):
    receipt = send()
    with pytest.raises(Refusal):
        ask(receipt, "annoying")
    with pytest.raises(Refusal):
        actions.ask_set_aside(lead_of(receipt), receipt.number, "spam", " ", "k")


def test_a_duplicate_names_the_other_case_which_must_go_on(send):
    first, second = send(key="one"), send(key="two")
    upper = people_of(above(second).id)
    with pytest.raises(Refusal):
        ask(second, "duplicate", second.number)
    with pytest.raises(Refusal):
        ask(second, "duplicate", "")
    ask(second, "duplicate", first.number)
    assert queries.set_aside(upper, second.number).other.replace("-", "") == first.number
    decide(second, upper)
    line = queries.story(entry(second)).lines[-1]
    assert first.number not in line.reason and "重复" in line.reason


def test_two_duplicates_never_end_each_other(send):
    first, second = send(key="one"), send(key="two")
    upper = people_of(above(second).id)
    ask(second, "duplicate", first.number)
    ask(first, "duplicate", second.number)
    decide(second, upper)
    with pytest.raises(Refusal):
        decide(first, upper)
    assert not row(first).ended and row(second).ended
    assert len(queries.set_asides(upper)) == 1, "a refused decision changes nothing"


def test_refusing_for_good_is_for_the_top_alone_and_after_her_word(send):
    receipt = send()
    with pytest.raises(Refusal):
        ask(receipt, "final_refusal")
    top = to_the_top(receipt)
    with pytest.raises(Refusal):
        ask(receipt, "final_refusal")
    answer(receipt)
    actions.judge(entry(receipt), "not_solved", None, "", "last")
    ask(receipt, "final_refusal")
    decide(receipt, another_of(top.id, lead_of(receipt)))
    case = row(receipt)
    assert case.stage == flow.SET_ASIDE and case.verdict == "not_solved"


def test_she_contests_once_and_it_is_looked_at_again_one_level_up(send):
    receipt = send()
    upper = above(receipt)
    first = row(receipt)
    ask(receipt)
    decide(receipt, people_of(upper.id))
    assert queries.her_ways(entry(receipt)).may_contest
    with moment.frozen(NOON + timedelta(hours=2)):
        for _ in range(2):
            actions.contest(entry(receipt), "这不是广告", "k")
    case = row(receipt)
    assert (case.unit_id, case.stage, case.ended, case.contested) == (upper.id, first.stage, False, True)
    assert case.next_due_at is not None and case.kept_until is None
    ask(receipt)
    decide(receipt, another_of(upper.id, lead_of(receipt)), key="second")
    assert not queries.her_ways(entry(receipt)).may_contest
    with pytest.raises(Refusal):
        actions.contest(entry(receipt), "还是不对", "k2")
    assert row(receipt).ended


def test_contesting_takes_nothing_from_her_not_solved(send):
    receipt = send()
    ask(receipt)
    decide(receipt, people_of(above(receipt).id))
    actions.contest(entry(receipt), "", "k")
    answer(receipt)
    actions.judge(entry(receipt), "not_solved", None, "", "j")
    assert row(receipt).times_reopened == 1 and row(receipt).stage not in flow.WAITING


def test_what_was_ended_is_no_longer_to_be_judged_and_keeps_its_day(send):
    receipt = send()
    ask(receipt)
    decide(receipt, people_of(above(receipt).id))
    assert not queries.her_ways(entry(receipt)).may_judge and row(receipt).kept_until is not None
    with pytest.raises(Refusal):
        actions.judge(entry(receipt), "solved", None, "", "k")


def test_the_other_tasks_of_the_case_are_dropped_but_never_her_complaint(send):
    receipt = send()
    upper = people_of(above(receipt).id)
    helper = next(unit for unit in queries.candidates(lead_of(receipt), receipt.number, flow.CO)
                  if network.is_living(unit.id, unit.district, moment.today()))
    actions.bring_in(lead_of(receipt), receipt.number, actions.Call(flow.CO, helper.id, "请一起办"), "b")
    actions.complain(entry(receipt), "一直没有人理", "c")
    ask(receipt)
    decide(receipt, upper)
    with door.open(door.Asker(door=entry(receipt), case=receipt.case_id)):
        states = {task.kind: task.state for task in Task.objects.all()}
    assert states == {"work": "dropped", "complaint": "open", "set_aside": "done"}
    with moment.frozen(NOON + timedelta(days=1)):
        assert len(queries.complaints(upper)) == 1
