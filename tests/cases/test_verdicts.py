"""Her verdict by telephone or on paper: written down by the level above or a call-back desk, never by the handlers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from baiying.cases import actions, queries
from baiying.cases.actions import Call
from baiying.cases.actions.tasks import open_task
from baiying.cases.models import Case, Task
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.network import queries as network
from tests.cases.answering import above, answer, lead_of, row, to_the_top
from tests.cases.conftest import entry, matters_where, people_of

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)


@pytest.fixture(autouse=True)
def a_day_in_march():
    with moment.frozen(NOON):
        yield


def record(asker, receipt, verdict="solved", contacted=True, via="phone", words="", key="k", **named):
    actions.record_verdict(asker, receipt.number, verdict, contacted, via, words, key, **named)


def pressed(monkeypatch, key="pressed"):
    """Every matter asks one more question with the verdict."""
    ask = flow.Ask(key, "有没有人催您签字", "Were you pressed to sign", "yesno", "P3")
    real = catalogue.matter_of

    def asking(one):
        matter = real(one)
        return replace(matter, asks={**matter.asks, key: ask}, closing=replace(matter.closing, asks=(key,)))
    monkeypatch.setattr(catalogue, "matter_of", asking)


def test_the_level_above_writes_down_what_she_said_and_her_story_says_who_and_how(send):
    receipt = send()
    answer(receipt)
    upper = above(receipt)
    with moment.frozen(NOON + timedelta(days=1)):
        record(people_of(upper.id), receipt, "partly", False, words="还差一个月")
    case = row(receipt)
    assert (case.stage, case.verdict, case.contacted) == (flow.CLOSED, "partly", False)
    line = queries.story(entry(receipt)).lines[-1]
    assert line.verb == "recorded" and line.unit == network.unit_said(upper) and not line.by_her
    assert "电话" in line.label and line.words == "还差一个月"


def test_on_paper_is_said_to_be_on_paper(send):
    receipt = send()
    answer(receipt)
    with moment.frozen(NOON + timedelta(days=1)):
        record(people_of(above(receipt).id), receipt, via="paper")
    assert "书面" in queries.story(entry(receipt)).lines[-1].label


def test_the_unit_that_leads_never_writes_down_her_verdict(send):
    receipt = send()
    answer(receipt)
    with pytest.raises(Refusal) as told:
        record(lead_of(receipt), receipt)
    assert not isinstance(told.value, Unseen) and row(receipt).verdict == ""


def test_nor_does_a_unit_that_led_it_once(send):
    """Not solved brings it one level up; then the first unit is below, and the second led it too."""
    receipt = send()
    answer(receipt)
    actions.judge(entry(receipt), "not_solved", None, "", "k")
    second = lead_of(receipt)
    answer(receipt)
    with pytest.raises(Refusal):
        record(second, receipt)
    assert row(receipt).verdict == ""


def test_nor_does_the_level_above_when_it_led_before_and_the_case_came_back_below(send):
    receipt = send()
    first = row(receipt).unit
    top = to_the_top(receipt)
    answer(receipt)
    with door.open(door.Asker(case=receipt.case_id)):
        Case.objects.filter(id=receipt.case_id).update(unit=first)  # as a ruling would
    assert above(receipt).id == top.id
    with pytest.raises(Refusal) as told:
        record(people_of(top.id), receipt)
    assert not isinstance(told.value, Unseen) and row(receipt).verdict == ""


def test_nor_does_a_unit_whose_task_it_was_even_if_it_never_moved_anything(send):
    receipt = send()
    upper = above(receipt)
    lead, case = lead_of(receipt), row(receipt)
    with door.open(replace(lead, case=receipt.case_id)):  # a party is brought in by whoever leads, or by her (0043)
        open_task(case, Task.Kind.WORK, upper, key="x", party=flow.CO)
    answer(receipt)
    with pytest.raises(Refusal):
        record(people_of(upper.id), receipt)


def test_nor_does_the_level_above_when_it_worked_in_the_case(send):
    receipt = send()
    upper = above(receipt)
    actions.bring_in(lead_of(receipt), receipt.number, Call(flow.CO, upper.id, "请一起办"), "one")
    answer(receipt)
    with pytest.raises(Refusal):
        record(people_of(upper.id), receipt)
    assert row(receipt).verdict == ""


def test_nor_does_the_level_above_when_it_wrote_the_request_down(db):
    from baiying.cases.actions import Submission
    from tests.cases.conftest import COMMUNITY

    first = actions.submit(Submission(key="x", words="工资", area=COMMUNITY))
    upper = above(first)
    writer = people_of(upper.id)
    receipt = actions.enter(writer, Submission(key="y", words="工资", area=COMMUNITY, channel="phone"), upper.id, True)
    assert row(receipt).unit_id != upper.id
    answer(receipt)
    with pytest.raises(Refusal):
        record(writer, receipt)
    assert row(receipt).verdict == ""


def test_nor_does_a_person_who_has_a_post_in_a_unit_that_handled_it(send, monkeypatch):
    receipt = send()
    answer(receipt)
    upper = people_of(above(receipt).id)
    lead = lead_of(receipt)
    monkeypatch.setattr(network, "posts_of", lambda who, on, real=network.posts_of: [*real(who, on),
                                                                                    *real(lead.who, on)])
    with pytest.raises(Refusal):
        record(upper, receipt)


def test_a_unit_beside_or_below_finds_nothing(send):
    receipt = send()
    answer(receipt)
    today = moment.today()
    reach = {above(receipt).id, row(receipt).unit_id}
    others = [unit for unit in network.units(today) if network.is_living(unit.id, unit.district, today)
              and unit.id not in reach and network.upper(unit, today) is not None]
    assert others
    for unit in others[:4]:
        if row(receipt).unit_id in queries.late.__globals__["below"](frozenset({unit.id})):
            continue
        with pytest.raises(Unseen):
            record(people_of(unit.id), receipt)


def test_a_guarded_case_is_not_called_back_unless_the_unit_was_asked_to(send, guarded_matter):
    receipt = send(matter=guarded_matter)
    answer(receipt)
    upper = people_of(above(receipt).id)
    with moment.frozen(NOON + timedelta(days=40)):
        assert queries.call_backs(upper) == []
        with pytest.raises(Unseen):
            record(upper, receipt)
        actions.ask_call_back(lead_of(receipt), receipt.number, "她要我们下午打这个电话", "one")
        assert [one.address for one in queries.call_backs(upper)] == [receipt.number]
        assert queries.call_back(upper, receipt.number).asked == "她要我们下午打这个电话"
        record(upper, receipt)
        record(upper, receipt)  # the form sent twice
        assert queries.call_backs(upper) == []
    assert row(receipt).verdict == "solved"


def test_who_is_called_back_is_listed_once_all_reminders_are_over(send):
    receipt = send(phone="138 0000 0000", name="石小工")
    answer(receipt)
    upper = people_of(above(receipt).id)
    with moment.frozen(NOON + timedelta(days=13)):
        assert queries.call_backs(upper) == []
    with moment.frozen(NOON + timedelta(days=14, hours=1)):
        assert [one.address for one in queries.call_backs(upper)] == [receipt.number]
        assert queries.call_backs(lead_of(receipt)) == []
        view = queries.call_back(upper, receipt.number)
        assert (view.name, view.phone) == ("石小工", "138 0000 0000") and view.answer
        record(upper, receipt)
        assert queries.call_backs(upper) == []


def test_opening_a_case_for_a_call_back_is_shown_to_her(send):
    receipt = send(phone="138 0000 0000")
    answer(receipt)
    upper = above(receipt)
    queries.call_back(people_of(upper.id), receipt.number)
    assert queries.story(entry(receipt)).readings[0].unit == network.unit_said(upper)


def test_she_can_change_what_was_recorded(send):
    receipt = send()
    answer(receipt)
    record(people_of(above(receipt).id), receipt, "solved")
    actions.judge(entry(receipt), "not_solved", False, "我没有这样说", "mine")
    case = row(receipt)
    assert case.verdict == "not_solved" and not case.ended and case.times_reopened == 1


def test_not_solved_by_telephone_reopens_one_level_up_like_hers(send):
    receipt = send()
    answer(receipt)
    upper = above(receipt)
    record(people_of(upper.id), receipt, "not_solved")
    case = row(receipt)
    assert case.unit_id == upper.id and case.times_reopened == 1 and case.stage not in flow.WAITING


def test_a_call_back_desk_hears_her_where_nobody_stands_above(send):
    """At the top the units above are spent; a desk of its own that had no hand in it remains."""
    receipt = send()
    top = to_the_top(receipt)
    answer(receipt)
    today = moment.today()
    desk = next(unit for unit in network.units(today) if unit.organisation == top.organisation and unit.id != top.id
                and unit.id != receipt.unit.id and unit.level == "grassroots")
    somebody = next(iter(network.posts_in(top.id, today))).holder_id
    plain = door.Asker(who=None, units=frozenset({desk.id}), roles=frozenset({"handler"}))
    with pytest.raises(Unseen):
        record(plain, receipt)
    at_desk = replace(plain, roles=frozenset({"callback_desk"}))
    record(at_desk, receipt)
    assert row(receipt).verdict == "solved" and somebody


def test_danger_that_she_speaks_of_on_the_telephone_guards_the_case_too(send):
    receipt = send(words="孩子的学费交不起。")
    answer(receipt)
    record(people_of(above(receipt).id), receipt, "not_solved", words="昨晚他又打我了")
    case = row(receipt)
    assert case.guarded and case.danger and case.words == ""
    assert "昨晚他又打我了" in [line.words for line in queries.story(entry(receipt)).lines]


def test_her_own_word_takes_the_call_back_off_the_list(send):
    receipt = send()
    answer(receipt)
    upper = people_of(above(receipt).id)
    actions.ask_call_back(lead_of(receipt), receipt.number, "请回访", "a")
    assert len(queries.tasks(upper)) == 1
    actions.judge(entry(receipt), "partly", None, "", "k")
    assert queries.tasks(upper) == [] and queries.call_backs(upper) == []


def test_a_call_back_that_was_made_is_done(send):
    receipt = send()
    answer(receipt)
    upper = people_of(above(receipt).id)
    actions.ask_call_back(lead_of(receipt), receipt.number, "请回访", "a")
    record(upper, receipt)
    with door.open(door.Asker(case=receipt.case_id)):
        assert [task.state for task in Task.objects.filter(kind="call_back")] == ["done"]


def test_there_is_nothing_to_record_before_an_answer(send):
    receipt = send()
    with pytest.raises(Refusal):
        record(people_of(above(receipt).id), receipt)


def test_how_she_gave_her_word_must_be_said(send):
    receipt = send()
    answer(receipt)
    with pytest.raises(Refusal):
        record(people_of(above(receipt).id), receipt, via="hearsay")


def test_what_is_asked_with_the_verdict_is_hers_and_the_levels_above_alone(send, monkeypatch):
    pressed(monkeypatch)
    receipt = send()
    assert not queries.story(entry(receipt)).answers
    answer(receipt)
    assert [ask.key for ask in queries.her_ways(entry(receipt)).asks] == ["pressed"]
    first = lead_of(receipt)
    actions.judge(entry(receipt), "solved", None, "", "k", {"pressed": "yes"})
    assert [said for _, said in queries.story(entry(receipt)).answers] == ["是"]
    assert queries.open_case(first, receipt.number).answers == []
    with moment.frozen(NOON + timedelta(days=1)):
        actions.judge(entry(receipt), "not_solved", None, "", "k", {"pressed": "yes"})
    assert [said for _, said in queries.open_case(lead_of(receipt), receipt.number).answers] == ["是"]


def test_an_answer_that_is_none_of_the_choices_is_refused_and_nothing_is_written(send, monkeypatch):
    pressed(monkeypatch)
    receipt = send()
    answer(receipt)
    with pytest.raises(Refusal):
        actions.judge(entry(receipt), "solved", None, "", "k", {"pressed": "perhaps"})
    assert row(receipt).verdict == "" and row(receipt).stage == flow.ANSWERED


def test_the_same_word_with_other_answers_is_another_word(send, monkeypatch):
    pressed(monkeypatch)
    receipt = send()
    answer(receipt)
    actions.judge(entry(receipt), "solved", None, "", "k", {"pressed": "no"})
    with moment.frozen(NOON + timedelta(days=1)):
        actions.judge(entry(receipt), "solved", None, "", "k", {"pressed": "yes"})
    assert [said for _, said in queries.story(entry(receipt)).answers] == ["是"]


def test_nobody_is_asked_to_call_back_where_nobody_stands_above(send):
    receipt = send()
    to_the_top(receipt)
    answer(receipt)
    with pytest.raises(Refusal):
        actions.ask_call_back(lead_of(receipt), receipt.number, "", "k")


def test_asking_for_a_call_back_twice_is_one_call(send):
    receipt = send()
    answer(receipt)
    for key in ("a", "b"):
        actions.ask_call_back(lead_of(receipt), receipt.number, "请回访", key)
    assert len(queries.tasks(people_of(above(receipt).id))) == 1
    assert matters_where(lambda matter: matter.default)
