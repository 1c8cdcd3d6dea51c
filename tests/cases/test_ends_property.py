"""Whatever people and time do to a case in whatever order, its end stays hers."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baiying.cases import actions, queries
from baiying.cases.models import Case, Task
from baiying.engine import flow
from baiying.kit import door, moment
from baiying.kit.errors import Refusal
from baiying.network import queries as network
from tests.cases.answering import answer, lead_of, row
from tests.cases.conftest import entry, people_of

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)


class Way:
    """One case and what can happen to it; every doing may be refused."""

    def __init__(self, receipt) -> None:
        self.receipt, self.turn = receipt, 0
        self.words: list[str] = []

    def key(self) -> str:
        self.turn += 1
        return f"turn-{self.turn}"

    def upper(self) -> door.Asker:
        unit = network.upper(row(self.receipt).unit, moment.today())
        return people_of((unit or row(self.receipt).unit).id)

    def answer(self) -> None:
        if not row(self.receipt).ended and row(self.receipt).stage not in flow.WAITING:
            answer(self.receipt)

    def judge(self, verdict: str) -> None:
        actions.judge(entry(self.receipt), verdict, None, "", self.key())
        self.words.append(verdict)

    def record(self, verdict: str) -> None:
        before = row(self.receipt)
        actions.record_verdict(self.upper(), self.receipt.number, verdict, None, "phone", "", self.key())
        assert before.unit_id not in self.upper().units or row(self.receipt).unit_id != before.unit_id
        self.words.append(verdict)

    def ask_end(self) -> None:
        actions.ask_set_aside(lead_of(self.receipt), self.receipt.number, "spam", "广告", self.key())

    def decide(self, yes: bool) -> None:
        with door.open(door.Asker(case=self.receipt.case_id)):
            task = Task.objects.filter(kind="set_aside", state="open").first()
        if task is not None:
            another = door.Asker(who=None, units=frozenset({task.unit_id}))
            actions.decide_set_aside(another, self.receipt.number, yes, "看过了", self.key())

    def contest(self) -> None:
        actions.contest(entry(self.receipt), "不对", self.key())

    def complain(self) -> None:
        actions.complain(entry(self.receipt), "没有人理我", self.key())

    def withdraw(self) -> None:
        actions.withdraw(entry(self.receipt), self.key())

    def remind(self) -> None:
        actions.remind()

    def forget(self) -> None:
        actions.forget_expired()


DOINGS = st.one_of(
    st.sampled_from([("answer",), ("ask_end",), ("contest",), ("complain",), ("withdraw",), ("remind",), ("forget",)]),
    st.sampled_from(flow.VERDICTS).map(lambda verdict: ("judge", verdict)),
    st.sampled_from(flow.VERDICTS).map(lambda verdict: ("record", verdict)),
    st.booleans().map(lambda yes: ("decide", yes)),
)


def check(way: Way, case: Case) -> None:
    """What holds at every moment."""
    assert case.stage != flow.CLOSED or (way.words and way.words[-1] in ("solved", "partly")), "only her word closes"
    assert case.stage != flow.CLOSED or case.verdict == way.words[-1]
    if case.unrated:
        assert case.stage in flow.WAITING and case.verdict == "", "silence is no word"
    if case.stage == flow.SET_ASIDE:
        assert case.verdict in ("", "not_solved"), "an end set above never counts as solved"
    if case.key is None:
        assert case.ended and case.answered_at is None
        return
    waits = case.stage in flow.WAITING and case.verdict == ""
    assert (case.answered_at is not None) == waits, "she is reminded exactly while her word is waited for"
    assert (case.kept_until is not None) == (case.ended or case.stage in flow.WAITING), "what is worked on has no day"
    assert case.ended == (case.stage in flow.ENDED)
    assert case.ended or case.unit_id is not None


def walk(send, doings) -> None:
    """Do one thing after another, hours apart; whatever is refused changes nothing that is checked."""
    with moment.frozen(NOON):
        receipt = send(key=str(doings))
    way, hours = Way(receipt), 0
    for (name, *rest), later in doings:
        hours += later
        with moment.frozen(NOON + timedelta(hours=hours)):
            with contextlib.suppress(Refusal):
                getattr(way, name)(*rest)
            check(way, row(receipt))
            assert queries.story(entry(receipt)).case.id == receipt.case_id, "she can always open it"


WALKS = st.lists(st.tuples(DOINGS, st.integers(1, 400)), min_size=3, max_size=14)
QUIET = [HealthCheck.function_scoped_fixture]


@pytest.mark.long
@settings(max_examples=12, deadline=None, suppress_health_check=QUIET)
@given(doings=WALKS)
def test_whatever_happens_only_her_word_closes_and_silence_is_never_a_yes(send, doings):
    walk(send, doings)


@pytest.mark.deep
@settings(max_examples=600, deadline=None, suppress_health_check=QUIET)
@given(doings=WALKS)
def test_whatever_happens_only_her_word_closes_in_many_more_ways(send, doings):
    walk(send, doings)
