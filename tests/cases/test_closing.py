"""An answer waits for her word: reminders, 未评, and until when her word is taken."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baiying.cases import actions, queries
from baiying.cases.models import Case
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, log, moment
from baiying.kit.errors import Refusal
from tests.cases.answering import answer, lead_of, row
from tests.cases.conftest import entry, matters_where

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)
PHONE = "138 0000 0000"


@pytest.fixture(autouse=True)
def a_day_in_march():
    with moment.frozen(NOON):
        yield


def rung(capsys) -> int:
    """How many messages the console has shown since the last look."""
    return capsys.readouterr().err.count("[message to")


def on_day(day: int, hour: int = 10):
    return moment.frozen(datetime(2026, 3, 2, hour, tzinfo=moment.SHANGHAI) + timedelta(days=day))


def reminders_in_log(receipt) -> list[int]:
    with door.open(door.Asker(case=receipt.case_id)):
        case = Case.objects.get(id=receipt.case_id)
        return [line.payload["day"] for line in log.lines_about(case.id, case.wrapped) if line.verb == "case.reminded"]


def test_an_answer_says_until_when_her_word_is_taken(send):
    receipt = send()
    assert queries.her_ways(entry(receipt)).judge_until is None
    answer(receipt)
    ways = queries.her_ways(entry(receipt))
    assert ways.may_judge and ways.judge_until == date(2029, 3, 2)
    assert row(receipt).answered_at == moment.now()


def test_she_is_reminded_on_days_3_7_and_14_and_never_twice(send, capsys):
    receipt = send(phone=PHONE)
    answer(receipt)
    told = {}
    for day in range(30):
        with on_day(day):
            for _ in range(2):
                actions.remind()
        if count := rung(capsys):
            told[day] = count
    assert told == {3: 1, 7: 1, 14: 1}
    assert reminders_in_log(receipt) == [3, 7, 14]


def test_a_case_that_cannot_be_reminded_stops_no_other_one(send, capsys, monkeypatch):
    from baiying.cases.actions import reminders

    first, second = send(phone=PHONE), send(key="two", phone=PHONE)
    for receipt in (first, second):
        answer(receipt)
    real = reminders.remind_case

    def failing(case_id):
        if case_id == first.case_id:
            raise RuntimeError("this one is broken")
        return real(case_id)
    monkeypatch.setattr(reminders, "remind_case", failing)
    with on_day(3), pytest.raises(RuntimeError):
        actions.remind()
    assert reminders_in_log(second) == [3] and rung(capsys) == 1


def test_a_reminder_says_nothing_but_the_number(send, capsys):
    receipt = send(words="三个月没有发工资了。", phone=PHONE)
    answer(receipt)
    with on_day(3):
        actions.remind()
    said = capsys.readouterr().err
    assert receipt.number[:4] in said and "工资" not in said and "138 0000 0000" not in said
    assert "13800000000" not in said and receipt.code not in said


def test_after_days_without_a_worker_it_is_one_reminder_and_not_three(send, capsys):
    receipt = send(phone=PHONE)
    answer(receipt)
    with on_day(20):
        actions.remind()
    assert rung(capsys) == 1 and row(receipt).reminded == 3


@pytest.mark.parametrize("told", [{"words": "他打我"}, {"contact": "不要打电话"}, {"matter": "safe"}, {"phone": ""}])
def test_no_reminder_rings_where_that_may_put_her_in_danger(send, capsys, told):
    if "matter" in told:
        told = {"matter": matters_where(lambda matter: matter.safe)}
    receipt = send(**{"phone": PHONE, **told})
    answer(receipt)
    capsys.readouterr()
    for day in (3, 7, 14):
        with on_day(day):
            actions.remind()
    assert rung(capsys) == 0
    assert reminders_in_log(receipt) == [3, 7, 14], "the days are noted all the same"


def test_who_reads_and_does_not_hear_is_reminded_by_message(send, capsys):
    receipt = send(phone=PHONE, text_only=True)
    answer(receipt)
    with on_day(3):
        actions.remind()
    assert rung(capsys) == 1


def test_on_day_30_silence_is_not_judged_and_never_a_yes(send):
    receipt = send()
    answer(receipt)
    with on_day(29):
        actions.remind()
    assert not row(receipt).unrated
    with on_day(30):
        assert actions.remind() == 1
        assert actions.remind() == 0
    case = row(receipt)
    assert case.unrated and case.stage == flow.ANSWERED and not case.ended and case.verdict == ""
    story = queries.story(entry(receipt))
    assert [line.verb for line in story.lines].count("shelved") == 1
    assert not next(line for line in story.lines if line.verb == "shelved").by_her


def test_what_was_shelved_is_still_hers_to_judge(send):
    receipt = send()
    answer(receipt)
    with on_day(30):
        actions.remind()
    with on_day(200):
        actions.judge(entry(receipt), "not_solved", False, "一直没有人来", "k")
    case = row(receipt)
    assert case.verdict == "not_solved" and case.times_reopened == 1 and not case.unrated and case.kept_until is None


def test_in_a_matter_that_is_never_shelved_silence_stays_open(send):
    receipt = send(matter=matters_where(lambda matter: matter.closing.shelf == "never"))
    answer(receipt)
    for day in (3, 7, 14, 30, 90):
        with on_day(day):
            actions.remind()
    case = row(receipt)
    assert not case.unrated and case.reminded == 3 and case.kept_until is not None


def test_her_word_ends_the_reminders(send, capsys):
    receipt = send(phone=PHONE)
    answer(receipt)
    capsys.readouterr()
    actions.judge(entry(receipt), "partly", None, "", "k")
    for day in (3, 7, 14, 30):
        with on_day(day):
            assert actions.remind() == 0
    assert rung(capsys) == 0 and not row(receipt).unrated


def test_a_new_answer_after_not_solved_is_waited_for_anew(send):
    receipt = send()
    answer(receipt)
    with on_day(14):
        actions.remind()
        actions.judge(entry(receipt), "not_solved", None, "", "k")
        assert row(receipt).answered_at is None
        answer(receipt)
    case = row(receipt)
    assert case.reminded == 0 and case.verdict == "" and case.kept_until == date(2029, 3, 16)


def test_a_word_after_the_day_she_was_shown_is_refused_in_words(send):
    receipt = send()
    answer(receipt)
    with moment.frozen(datetime(2029, 3, 2, 23, 59, tzinfo=moment.SHANGHAI)):
        assert queries.her_ways(entry(receipt)).may_judge
    with moment.frozen(datetime(2029, 3, 3, 0, 1, tzinfo=moment.SHANGHAI)):
        assert not queries.her_ways(entry(receipt)).may_judge
        with pytest.raises(Refusal):
            actions.judge(entry(receipt), "solved", None, "", "k")


def test_she_can_change_her_word(send):
    receipt = send()
    answer(receipt)
    with on_day(1):
        actions.judge(entry(receipt), "solved", True, "", "a")
        assert queries.her_ways(entry(receipt)).may_change
    with on_day(2):
        actions.judge(entry(receipt), "not_solved", False, "钱又没有到", "b")
    case = row(receipt)
    assert case.verdict == "not_solved" and not case.ended and case.times_reopened == 1
    assert [line.verb for line in queries.story(entry(receipt)).lines][-2:] == ["judged", "judged"]


def test_a_matters_own_length_of_keeping_is_followed(send, monkeypatch):
    from dataclasses import replace

    receipt = send()
    real = catalogue.matter_of
    monkeypatch.setattr(catalogue, "matter_of", lambda one: replace(real(one), keep="5 years"))
    answer(receipt)
    assert row(receipt).kept_until == date(2031, 3, 2)


@settings(max_examples=10, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.integers(0, 45), min_size=1, max_size=8))
def test_whenever_the_worker_runs_no_reminder_comes_twice_and_none_after_the_shelf(send, capsys, days):
    """The job runs on any days in any rhythm: at most three messages, each after its day, one shelf at most."""
    receipt = send(key=f"p-{days}", phone=PHONE)
    answer(receipt)
    capsys.readouterr()
    sent = 0
    for day in sorted(days):
        with on_day(day):
            actions.remind()
        sent += rung(capsys)
        assert sent <= sum(day >= one for one in flow.REMIND_DAYS)
        assert row(receipt).unrated == (day >= flow.SHELF_DAYS)
    actions.judge(entry(receipt), "solved", None, "", "end")
    assert lead_of(receipt) and not row(receipt).unrated


def test_a_word_that_reopens_nothing_any_more_is_a_word_too(send, capsys):
    """Not solved for the last time: the case waits for the level above, not for her, and is never called not judged."""
    receipt = send(phone=PHONE)
    for day in range(5):
        if row(receipt).stage in flow.WAITING and row(receipt).verdict:
            break
        with on_day(day):
            answer(receipt)
        with on_day(day, hour=11):
            actions.judge(entry(receipt), "not_solved", None, "", f"k{day}")
    assert row(receipt).verdict == "not_solved" and row(receipt).stage == flow.ANSWERED
    capsys.readouterr()
    for day in (10, 20, 40):
        with on_day(day):
            assert actions.remind() == 0
    assert rung(capsys) == 0 and not row(receipt).unrated
    assert queries.her_ways(entry(receipt)).may_judge, "she can still say that it was solved after all"
