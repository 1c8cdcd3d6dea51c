"""Kept until the day she was shown, then erased: no key, no words, no telephone; the log still proves."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection

from baiying.cases import actions, queries
from baiying.cases.models import Case, Clock, Move, Sealed, Task
from baiying.engine import flow
from baiying.kit import chance, door, log, moment, sealing
from baiying.kit.errors import Refusal
from tests.cases.answering import answer, lead_of, row
from tests.cases.conftest import entry

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)
LAST, AFTER = (datetime(2029, 3, day, 12, tzinfo=moment.SHANGHAI) for day in (2, 3))


@pytest.fixture(autouse=True)
def a_day_in_march():
    with moment.frozen(NOON):
        yield


@pytest.fixture
def ended(send):
    """A case with words in every place, judged."""
    receipt = send(words="三个月没有发工资了。", phone="138 0000 0000", name="石小工", contact="晚上八点以后")
    answer(receipt)
    with door.open(door.Asker(case=receipt.case_id)):
        case = Case.objects.get(id=receipt.case_id)
        Move.objects.create(id=chance.uuid_for("told", "test"), case=case, at=moment.now(), verb="told_day",
                            before=case.stage, after=case.stage, reason="离职的那天 2026-01-05", party=flow.ASKER)
    actions.complain(entry(receipt), "没有人联系我", "c")
    actions.judge(entry(receipt), "partly", None, "还差一个月", "k")
    return receipt


def forget(at) -> int:
    with moment.frozen(at):
        return actions.forget_expired()


def test_she_is_told_the_day_beforehand(ended):
    assert queries.her_ways(entry(ended)).judge_until == date(2029, 3, 2)


def test_until_that_day_everything_stays(ended):
    assert forget(LAST) == 0
    assert queries.story(entry(ended)).words == "三个月没有发工资了。"


def test_after_it_nothing_that_was_told_can_be_read_anywhere(ended):
    keys = row(ended)
    assert forget(AFTER) == 1
    case = row(ended)
    assert (case.key, case.words, case.phone_index, case.asker_id) == (None, "", None, None)
    with door.open(door.Asker(case=ended.case_id)):
        assert not Move.objects.exclude(words="").exists()
        assert not Move.objects.filter(verb="told_day").exclude(reason="").exists()
        for one in Sealed.objects.all():
            with pytest.raises(sealing.Forgotten):
                sealing.unseal(case.wrapped, case.id, one.field, bytes(one.blob))
    assert keys.wrapped is not None


def test_she_still_opens_it_and_reads_that_it_was_erased(ended):
    forget(AFTER)
    with moment.frozen(AFTER):
        story, ways = queries.story(entry(ended)), queries.her_ways(entry(ended))
    assert story.words == "" and all(not line.words for line in story.lines)
    assert ways.erased and not ways.may_judge and not ways.may_change and not ways.may_complain
    assert [line.verb for line in story.lines], "what happened and when stays, for the figures"


def test_done_again_it_finds_nothing(ended):
    assert (forget(AFTER), forget(AFTER)) == (1, 0)


def test_the_log_says_so_and_still_proves(ended):
    forget(AFTER)
    with door.open(door.Asker(case=ended.case_id)):
        lines = log.lines_about(ended.case_id, None)
    assert lines[-1].verb == "case.forgotten" and lines[-1].payload == {"kept_until": "2029-03-02"}
    assert all(line.erased for line in lines[:-1] if line.payload is None and line.verb == "case.submitted")
    assert log.verify().broken is None


def test_what_waits_without_a_word_is_erased_too_and_leaves_the_lists(send):
    receipt = send()
    answer(receipt)
    lead = lead_of(receipt)
    with moment.frozen(datetime(2026, 4, 20, tzinfo=moment.SHANGHAI)):
        actions.remind()
    assert forget(AFTER) == 1
    case = row(receipt)
    assert (case.ended, case.stage, case.unrated, case.verdict) == (True, flow.ANSWERED, True, "")
    with moment.frozen(AFTER):
        assert queries.today(lead) == [] and actions.remind() == 0
        with pytest.raises(Refusal):
            actions.judge(entry(receipt), "solved", None, "", "late")
    assert row(receipt).verdict == ""


def test_a_case_that_is_being_worked_on_is_never_erased(send):
    receipt = send()
    assert forget(datetime(2040, 1, 1, tzinfo=moment.SHANGHAI)) == 0
    answer(receipt)
    actions.judge(entry(receipt), "not_solved", None, "", "k")
    assert forget(datetime(2040, 1, 1, tzinfo=moment.SHANGHAI)) == 0
    assert row(receipt).key is not None


def test_what_was_withdrawn_has_its_day_too(send):
    receipt = send()
    actions.withdraw(entry(receipt), "k")
    assert row(receipt).kept_until == date(2029, 3, 2)
    assert forget(AFTER) == 1


def test_open_tasks_and_running_clocks_end_with_it(send):
    receipt = send()
    answer(receipt)
    actions.complain(entry(receipt), "没有人联系我", "c")
    forget(AFTER)
    with door.open(door.Asker(door=entry(receipt), case=receipt.case_id)):
        assert {task.state for task in Task.objects.all()} == {"dropped"}
        assert not Clock.objects.filter(met_at=None).exists()


def test_the_words_of_a_move_can_be_changed_by_this_errand_alone(ended):
    """Row security, not only our own code: nobody else rewrites the story."""
    with door.open(door.Asker(case=ended.case_id)):
        assert Move.objects.update(words="anders") == 0
    with door.errand("retention"):
        assert Move.objects.update(words="anders") == 0, "only the one case that is open"
    with door.errand("clocks"):
        door.look_at(ended.case_id)
        assert Move.objects.update(words="anders") == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_case")  # and nobody said who asks: no rows
        assert cursor.fetchone() == (0,)


def test_a_case_at_which_it_fails_keeps_no_other_one_and_is_erased_the_next_time(send, monkeypatch):
    from baiying.cases.actions import retention

    receipts = [send(key=f"k{place}") for place in range(3)]
    for receipt in receipts:
        answer(receipt)
    real, calls = retention.log.write, []

    def failing(verb, *rest):
        calls.append(verb)
        if calls.count("case.forgotten") == 2:
            raise RuntimeError("the light goes out")
        real(verb, *rest)
    monkeypatch.setattr(retention.log, "write", failing)
    with pytest.raises(RuntimeError):
        forget(AFTER)
    monkeypatch.undo()
    assert sum(row(receipt).key is None for receipt in receipts) == 2
    with moment.frozen(NOON):
        assert forget(AFTER) == 1
    with door.errand("retention"):
        assert not Case.objects.filter(key__isnull=False).exists()
