"""Several hands in one case: who is brought in, what each sees, and what comes back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from baiying.cases import actions, queries
from baiying.cases.actions import Call
from baiying.cases.models import Task
from baiying.engine import flow
from baiying.kit import door, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network
from tests.cases.conftest import entry, matters_where, people_of

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)
ASKED = "请派调解员, 周四前见双方。"


@pytest.fixture(autouse=True)
def a_day_in_march():
    with moment.frozen(NOON):
        yield


@pytest.fixture
def protected_matter(db) -> str:
    """A matter of class P3 without danger: to bring somebody in, she is asked."""
    return matters_where(lambda matter: matter.privacy == "P3" and not matter.safe)


def lead_of(receipt) -> door.Asker:
    return people_of(receipt.unit.id)


def other_unit(receipt):
    """A living unit that can help as a co-handler."""
    found = queries.candidates(lead_of(receipt), receipt.number, flow.CO)
    return next(one for one in found if network.is_living(one.id, one.district, moment.today()))


def bring(receipt, unit, key="one", **named) -> None:
    actions.bring_in(lead_of(receipt), receipt.number, Call(flow.CO, unit.id, ASKED, **named), key)


def consents_asked(receipt):
    return queries.story(entry(receipt)).consents_asked


def test_a_co_handler_has_the_task_on_its_list_and_sees_its_words_only(send):
    receipt = send(words="单位三个月没有发工资。", phone="010-0000-0911")
    helper = other_unit(receipt)
    assert queries.tasks(people_of(helper.id)) == []
    bring(receipt, helper)
    (row,) = queries.tasks(people_of(helper.id))
    assert (row.address, row.asked_by) == (receipt.number, network.unit_said(receipt.unit))
    view = queries.open_task(people_of(helper.id), receipt.number)
    assert view.asked == ASKED
    assert (view.words, view.name, view.phone, view.answers, view.lines) == ("", "", "", [], [])


def test_who_was_brought_in_cannot_open_the_case_itself(send):
    receipt = send()
    helper = other_unit(receipt)
    bring(receipt, helper)
    for look in (queries.open_case, queries.reach):
        with pytest.raises(Unseen):
            look(people_of(helper.id), receipt.number)


def test_a_unit_without_a_task_finds_no_case_there(send):
    receipt = send()
    with pytest.raises(Unseen):
        queries.open_task(people_of(other_unit(receipt).id), receipt.number)


def test_her_yes_opens_the_task_in_a_protected_case_and_until_then_nobody_sees_it(send, protected_matter):
    receipt = send(matter=protected_matter)
    helper = other_unit(receipt)
    bring(receipt, helper)
    assert queries.tasks(people_of(helper.id)) == []
    with pytest.raises(Unseen):
        queries.open_task(people_of(helper.id), receipt.number)
    (asked,) = consents_asked(receipt)
    assert (asked.asked, asked.unit) == (ASKED, network.unit_said(helper))
    actions.consent(entry(receipt), asked.ref, True, "yes")
    assert [row.address for row in queries.tasks(people_of(helper.id))] == [receipt.number]
    assert consents_asked(receipt) == []


def test_after_words_of_danger_she_is_asked_first_whatever_the_kind_of_case(send):
    receipt = send(words="老公又打我, 我怕")
    helper = other_unit(receipt)
    bring(receipt, helper)
    assert queries.tasks(people_of(helper.id)) == [] and len(consents_asked(receipt)) == 1


def test_her_no_keeps_the_unit_out_and_her_later_no_takes_the_task_away(send, protected_matter):
    receipt = send(matter=protected_matter)
    helper = other_unit(receipt)
    bring(receipt, helper)
    ref = consents_asked(receipt)[0].ref
    actions.consent(entry(receipt), ref, True, "yes")
    actions.consent(entry(receipt), ref, False, "no")
    assert queries.tasks(people_of(helper.id)) == []
    with pytest.raises(Refusal):
        actions.consent(entry(receipt), ref, True, "again")


def test_nobody_can_say_yes_to_a_task_of_another_case(send, protected_matter):
    first, second = send(matter=protected_matter), send(matter=protected_matter, key="two")
    bring(first, other_unit(first))
    with pytest.raises(Unseen):
        actions.consent(entry(second), consents_asked(first)[0].ref, True, "yes")


def test_what_comes_back_stands_beside_the_task_and_the_task_is_off_the_list(send):
    receipt = send()
    helper = other_unit(receipt)
    bring(receipt, helper)
    actions.finish_task(people_of(helper.id), receipt.number, flow.CO, "已经见过双方, 单位同意周五发。", "done")
    assert queries.tasks(people_of(helper.id)) == []
    (line,) = queries.open_case(lead_of(receipt), receipt.number).tasks
    assert (line.came_back, line.open) == ("已经见过双方, 单位同意周五发。", False)
    assert [one.verb for one in queries.story(entry(receipt)).lines] == ["brought_in", "task_done"]


def test_the_same_answer_sent_twice_is_one_and_another_one_after_it_is_refused(send):
    receipt = send()
    helper = other_unit(receipt)
    bring(receipt, helper)
    for _turn in range(2):
        actions.finish_task(people_of(helper.id), receipt.number, flow.CO, "办好了。", "done")
    with pytest.raises(Refusal):
        actions.finish_task(people_of(helper.id), receipt.number, flow.CO, "又办好了。", "again")
    assert [one.verb for one in queries.story(entry(receipt)).lines].count("task_done") == 1


def test_a_unit_refuses_only_in_writing_and_with_a_ground_from_the_list(send):
    receipt = send()
    helper = other_unit(receipt)
    bring(receipt, helper)
    handler = people_of(helper.id)
    with pytest.raises(Refusal):
        actions.refuse_task(handler, receipt.number, flow.CO, "不想办", "我们不办。", "one")
    with pytest.raises(Refusal):
        actions.refuse_task(handler, receipt.number, flow.CO, "应当回避", "  ", "two")
    actions.refuse_task(handler, receipt.number, flow.CO, "应当回避", "承办人是用人单位负责人的亲属。", "three")
    line = queries.story(entry(receipt)).lines[-1]
    assert (line.verb, line.reason) == ("task_refused", "应当回避")


def test_a_task_has_its_own_clock_the_day_named_or_five_working_days(send):
    receipt = send()
    helper = other_unit(receipt)
    bring(receipt, helper, due_on=moment.today() + timedelta(days=1))
    (row,) = queries.tasks(people_of(helper.id))
    assert row.due_at == datetime(2026, 3, 4, tzinfo=moment.SHANGHAI)
    with moment.frozen(NOON + timedelta(days=2)):
        assert queries.tasks(people_of(helper.id))[0].late
    actions.finish_task(people_of(helper.id), receipt.number, flow.CO, "办好了。", "done")
    bring(receipt, helper, key="two")
    assert queries.tasks(people_of(helper.id))[0].due_at == datetime(2026, 3, 10, tzinfo=moment.SHANGHAI)


def test_the_same_unit_is_not_asked_twice_at_once(send):
    receipt = send()
    helper = other_unit(receipt)
    bring(receipt, helper)
    bring(receipt, helper)  # the same form again
    with pytest.raises(Refusal):
        bring(receipt, helper, key="two")
    assert len(queries.open_case(lead_of(receipt), receipt.number).tasks) == 1


def test_a_closed_unit_a_past_day_and_a_party_of_the_house_cannot_be_brought_in(send):
    receipt = send()
    helper = other_unit(receipt)
    wrong = [Call(flow.ASKER, helper.id, ASKED), Call(flow.CO, receipt.unit.id, ASKED),
             Call("nobody", helper.id, ASKED),
             Call(flow.CO, helper.id, ASKED, due_on=moment.today() - timedelta(days=1)), Call(flow.CO, helper.id, " "),
             Call(flow.CO, helper.id, ASKED, duty="没有这样的义务")]
    for call in wrong:
        with pytest.raises(Refusal):
            actions.bring_in(lead_of(receipt), receipt.number, call, "one")
    assert queries.open_case(lead_of(receipt), receipt.number).tasks == []


def test_every_opening_by_a_party_is_shown_to_her_under_that_partys_unit(send):
    receipt = send()
    helper = other_unit(receipt)
    bring(receipt, helper)
    queries.open_task(people_of(helper.id), receipt.number)
    assert network.unit_said(helper) in [one.unit for one in queries.story(entry(receipt)).readings]


def test_the_words_of_a_task_are_sealed_and_in_no_other_table(send, django_db_blocker):
    receipt = send()
    bring(receipt, other_unit(receipt))
    with door.open(door.Asker(door=entry(receipt), case=receipt.case_id)):
        assert ASKED not in str(list(Task.objects.filter(case_id=receipt.case_id).values()))
