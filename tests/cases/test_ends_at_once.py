"""Two people act on the end of one case at the same moment: nothing is lost, nothing counts twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connections

from baiying.cases import actions, queries
from baiying.cases.actions import Heard, Submission, Visit
from baiying.cases.models import Case
from baiying.cases.models import Heard as Count
from baiying.engine import flow
from baiying.kit import door, moment
from baiying.kit.errors import Refusal
from baiying.network import queries as network
from tests.cases.answering import above, answer, lead_of, row
from tests.cases.conftest import COMMUNITY, entry, people_of

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=moment.SHANGHAI)


def at_once(*doings: Callable[[], object], at: datetime = NOON) -> list[object]:
    """Do all of these at the same moment; gives what each gave, or the refusal it met."""
    gate, found = threading.Barrier(len(doings)), []

    def one(doing: Callable[[], object]) -> None:
        try:
            with moment.frozen(at):
                gate.wait(10)
                found.append(doing())
        except Refusal as refused:
            found.append(refused)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(doing,)) for doing in doings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(doings), "one of them met something else than a refusal"
    return found


@pytest.fixture
def sent(committed_db):
    """A need that is stored for all connections."""
    with moment.frozen(NOON):
        yield lambda key="one", **named: actions.submit(Submission(key=key, words="工资", area=COMMUNITY, **named))


def test_her_own_word_and_the_one_on_the_telephone_are_both_kept(sent):
    receipt = sent()
    answer(receipt)
    upper = people_of(above(receipt).id)
    found = at_once(
        lambda: actions.judge(entry(receipt), "solved", True, "", "k"),
        lambda: actions.record_verdict(upper, receipt.number, "solved", True, "phone", "", "k"),
    )
    verbs = [line.verb for line in queries.story(entry(receipt)).lines if line.verb in ("judged", "recorded")]
    assert len(verbs) == 2 - sum(isinstance(one, Refusal) for one in found) and row(receipt).stage == flow.CLOSED


def test_not_solved_said_twice_at_once_goes_up_one_level_and_not_two(sent):
    receipt = sent()
    answer(receipt)
    upper = above(receipt)
    at_once(*(lambda key=key: actions.judge(entry(receipt), "not_solved", None, "", key) for key in "ab"))
    assert row(receipt).unit_id == upper.id and row(receipt).times_reopened == 1


def test_of_two_who_decide_an_end_one_decides(sent):
    receipt = sent()
    upper = people_of(above(receipt).id)
    actions.ask_set_aside(lead_of(receipt), receipt.number, "spam", "广告", "k")
    found = at_once(
        lambda: actions.decide_set_aside(upper, receipt.number, True, "是广告", "a"),
        lambda: actions.decide_set_aside(upper, receipt.number, False, "不是广告", "b"),
    )
    assert sum(isinstance(one, Refusal) for one in found) == 1
    assert queries.set_asides(upper) == []


def test_three_duplicates_in_a_ring_never_all_end(sent):
    receipts = [sent(key) for key in "abc"]
    upper = people_of(above(receipts[0]).id)
    for place, one in enumerate(receipts):
        actions.ask_set_aside(lead_of(one), one.number, "duplicate", "同一件事", "k", receipts[place - 1].number)
    at_once(*(lambda one=one: actions.decide_set_aside(upper, one.number, True, "同一件", "d") for one in receipts))
    assert any(not row(one).ended for one in receipts)


def test_two_workers_send_one_reminder(sent, capsys):
    receipt = sent(phone="138 0000 0000")
    answer(receipt)
    at_once(actions.remind, actions.remind, at=NOON + timedelta(days=3))
    assert capsys.readouterr().err.count("[message to") == 1


def test_a_visit_and_a_call_sent_twice_at_once_are_one_each(committed_db):
    with moment.frozen(NOON):
        unit = network.first_unit("union", COMMUNITY, moment.today())
        asker = people_of(unit.id)
    told = Visit(unit.id, COMMUNITY, date(2026, 3, 4), (Heard("工资", "欠薪", consents=True), Heard("工伤")))
    visits = at_once(*(lambda: actions.visit(asker, told, "v") for _ in range(2)))
    call = Submission(key="c", words="来电", area=COMMUNITY, channel="phone")
    calls = at_once(*(lambda: actions.enter(asker, call, unit.id, True) for _ in range(2)))
    assert visits[0][0].number == visits[1][0].number and calls[0].number == calls[1].number
    with door.errand("clocks"):
        assert Case.objects.count() == 2
    assert [one.count for one in Count.objects.all()] == [1]
