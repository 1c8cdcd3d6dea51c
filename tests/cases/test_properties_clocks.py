"""Whatever a unit, the level above and time do in any order: returns and pauses are bounded, hers never moves and is
never hidden, what has run out stays late, every end can be explained, and nothing is told twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as pace
from hypothesis import strategies as st

from baiying.cases import actions, clocks, queries
from baiying.cases.actions import Submission
from baiying.cases.dossier import Dossier
from baiying.cases.models import Case, Clock, Extension, Move, Pause, Task
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, log, moment
from baiying.kit.errors import Refusal
from tests.cases.conftest import COMMUNITY, entry, people_of

START = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)
HERS = {"knew_on": "2025-12-01", "limit_date": "2026-06-30"}

deeds = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 200)),
    st.tuples(st.just("pause"), st.sampled_from(flow.PAUSES), st.integers(-1, 95)),
    st.tuples(st.just("resume")),
    st.tuples(st.just("more"), st.sampled_from(["answer", "contact", "limitation"])),
    st.tuples(st.just("decide"), st.booleans()),
    st.tuples(st.just("move"), st.integers(0, 3)),
    st.tuples(st.just("back")),
    st.tuples(st.just("name"), st.integers(0, 3)),
    st.tuples(st.just("climb")),
)


@dataclass
class World:
    """One case, the time, and what was ever seen of it."""

    receipt: actions.Receipt
    now: datetime = START
    turn: int = 0
    late: dict[UUID, datetime] = field(default_factory=dict)

    @property
    def key(self) -> str:
        self.turn += 1
        return f"k{self.turn}"

    def case(self) -> Case:
        with door.open(door.Asker(case=self.receipt.case_id)):
            return Case.objects.select_related("unit").get(id=self.receipt.case_id)

    def rows(self) -> list[Clock]:
        with door.open(door.Asker(case=self.receipt.case_id)):
            return list(Clock.objects.select_related("case").filter(case_id=self.receipt.case_id))

    def task(self, *kinds: str) -> Task | None:
        with door.open(door.Asker(case=self.receipt.case_id)):
            return Task.objects.filter(case_id=self.receipt.case_id, kind__in=kinds, state="open").first()

    def snapshot(self) -> tuple[object, ...]:
        with door.open(door.Asker(case=self.receipt.case_id)):
            of_case = {"case_id": self.receipt.case_id}
            return (self.case().version, [(row.name, row.due_at, row.met_at, row.rung) for row in self.rows()],
                    *(model.objects.filter(**of_case).count() for model in (Move, Pause, Extension, Task)),
                    len(log.lines_about(self.receipt.case_id)))

    def do(self, deed: tuple) -> None:
        """One deed by whoever may do it; what is refused changes nothing."""
        before = self.snapshot()
        try:
            self.act(*deed)
        except Refusal:
            assert self.snapshot() == before

    def act(self, what: str, *told) -> None:
        case, number = self.case(), self.receipt.number
        lead = people_of(case.unit_id)
        if what == "wait":
            self.now += timedelta(hours=told[0])
        elif what == "pause":
            actions.pause(lead, number, told[0], moment.today() + timedelta(days=told[1]), "请等一等", self.key)
        elif what == "resume":
            actions.resume(lead, number, self.key)
        elif what == "more":
            actions.ask_extension(lead, number, told[0], "需要更多时间", self.key)
        elif what == "decide" and (task := self.task("extend")):
            actions.decide_extension(people_of(task.unit_id), number, told[0], "看过了", self.key)
        elif what == "move":
            offers = [one for one in queries.open_case(lead, number).offers if not one.missing]
            if offers:
                offer = offers[told[0] % len(offers)]
                actions.move(lead, number, offer.move.key, "告诉您", "", self.key, case.version)
        elif what == "back":
            actions.give_back(lead, number, catalogue.options("return_grounds")[0].label, "不是我们的", self.key)
        elif what == "name" and (task := self.task("assign", "rule")):
            self.name_lead(task, told[0])
        elif what == "climb":
            actions.climb()

    def name_lead(self, task: Task, which: int) -> None:
        from baiying.network import queries as network

        below = [one for one in network.lower(task.unit_id, moment.today()) if one.organisation == "union"]
        named = [task.unit_id, *(one.id for one in below)][which % (len(below) + 1)]
        actions.assign(people_of(task.unit_id), self.receipt.number, named, "由你们承办", self.key)

    def check(self) -> None:
        case, rows = self.case(), self.rows()
        running = [row for row in rows if row.met_at is None]
        self.check_hers(rows)
        self.check_bounds(case)
        ours = [row for row in running if row.owner == "ours"]
        assert case.next_due_at == min((row.due_at for row in ours if row.due_at), default=None)
        held = self.held(case)
        for row in running:
            word = catalogue.matter_of(case.declaration_id).clocks[row.name]
            assert row.due_at == clocks.reckoned(word, row.started_at, held).due_at, "its end explains itself"
            assert all(rung.at < row.due_at for rung in clocks.ladder_of(row, word))
            assert row.next_rung_at is None or row.next_rung_at < row.due_at
            assert self.late.get(row.id, row.due_at) == row.due_at, "what ran out stays where it ran out"
            if row.due_at <= self.now:
                self.late[row.id] = row.due_at

    def held(self, case: Case) -> clocks.Given:
        with door.open(door.Asker(case=case.id)):
            return clocks.given(Dossier(case))

    def check_hers(self, rows: list[Clock]) -> None:
        """Her clock stands first on her page, runs, and ends on the day it always did."""
        (hers,) = [row for row in rows if row.owner == "asker"]
        assert hers.met_at is None and hers.due_at == datetime(2026, 12, 2, tzinfo=moment.SHANGHAI)
        assert queries.story(entry(self.receipt)).clocks[0].row.id == hers.id
        (outside,) = [row for row in rows if row.owner == "other"]
        assert outside.due_at == datetime(2026, 3, 18, tzinfo=moment.SHANGHAI)

    def check_bounds(self, case: Case) -> None:
        with door.open(door.Asker(case=case.id)):
            pauses = list(Pause.objects.filter(case=case))
            assert Extension.objects.filter(case=case).count() <= 1
        assert case.returns <= flow.RETURNS_MOST + 1
        assert all([one.ground for one in pauses].count(ground) <= flow.PAUSES_MOST for ground in flow.PAUSES)
        still = [one for one in pauses if one.ended_at is None]
        assert len(still) <= 1 and (case.paused_until is not None) == bool(still)
        assert not (still and (case.ended or case.unassigned or case.stage in flow.WAITING))
        assert case.unassigned == (self.task("assign", "rule") is not None)

    def check_told_once(self) -> None:
        """Climbing again at the same moment does nothing; each run of a clock expired once at most."""
        actions.climb()
        before = self.snapshot()
        actions.climb()
        assert self.snapshot() == before
        with door.open(door.Asker(case=self.receipt.case_id)):
            of_case = {"case_id": self.receipt.case_id}
            assert Move.objects.filter(**of_case, verb="expired").count() <= len(self.rows())
            called = Task.objects.filter(**of_case, kind="climb", state="open")
            open_calls = list(called.values_list("about", flat=True))
        assert len(open_calls) == len(set(open_calls))
        running = {row.name for row in self.rows() if row.met_at is None and row.owner == "ours"}
        assert set(open_calls) <= running
        if self.case().paused_until is not None:
            assert self.case().paused_until >= moment.today()


def live(told: list[tuple], matter: str) -> None:
    """Let it all happen to a fresh case, look after each deed, and leave nothing behind."""
    with transaction.atomic():
        with moment.frozen(START):
            world = World(actions.submit(Submission(key="life", words="有难处", matter=matter, area=COMMUNITY,
                                                    answers=HERS)))
        for deed in told:
            with moment.frozen(world.now):
                world.do(deed)
            with moment.frozen(world.now):
                world.check()
        with moment.frozen(world.now):
            world.check_told_once()
            world.check()
        transaction.set_rollback(True)


CALM = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pace(max_examples=5, deadline=None, derandomize=True, suppress_health_check=CALM)
@given(told=st.lists(deeds, min_size=3, max_size=10))
def test_no_order_of_deeds_loops_hides_or_moves_what_runs_against_her(trial, told):
    live(told, trial)


@pytest.mark.deep
@pace(max_examples=1_000, deadline=None, suppress_health_check=CALM)
@given(told=st.lists(deeds, min_size=3, max_size=30))
def test_nor_does_any_of_very_many_longer_ones(trial, told):
    live(told, trial)


def test_a_long_life_with_everything_in_it(trial):
    """One case on which each bound is reached, whatever hypothesis happens to draw."""
    pauses = [("pause", ground, 10) for ground in (flow.OUTSIDE_STEP, flow.WAITING_FOR_ASKER) for _ in range(3)]
    told = [("more", "answer"), ("decide", True)]
    told += [step for one in pauses for step in (one, ("wait", 30), ("climb",), ("resume",))]
    told += [("pause", flow.FORCE_MAJEURE, 10)]
    told += [step for _ in range(4) for step in (("back",), ("wait", 5), ("name", 1))]
    told += [("wait", 200), ("climb",), ("wait", 200), ("climb",), ("move", 1), ("wait", 200), ("climb",)]
    live(told, trial)
