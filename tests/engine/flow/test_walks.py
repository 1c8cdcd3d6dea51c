"""Random walks through every matter, and through matters made up: the house rules hold on all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baiying.engine import flow
from baiying.engine.flow import Closing, Comparison, Matter, Move, Option, Refused, Stage
from tests.engine.flow.real import matters

PARTIES = ("asker", "lead", "upper")
STAFF = frozenset({"lead", "upper"})
ISSUES = "劳动报酬、工伤医疗费、经济补偿或者赔偿金"


@dataclass
class Walk:
    """A case being walked: who did what is written down so that the end can be checked."""

    matter: Matter
    stage: str = ""
    verdict: str | None = None
    reopened: int = 0
    agreements: flow.Agreements = field(default_factory=dict)
    by_asker: list[str] = field(default_factory=list)

    def facts(self) -> dict[str, object]:
        return {"case.verdict": self.verdict, "ask.issues": (ISSUES,)}

    def take(self, draw: st.DataObject) -> None:
        roles = frozenset(draw.draw(st.sets(st.sampled_from(PARTIES), max_size=3)))
        if self.stage in flow.WAITING and "asker" in roles:
            verdict = draw.draw(st.sampled_from(flow.VERDICTS))
            self.follow(flow.judge(self.matter, verdict, self.reopened, self.stage), "asker")
            self.verdict = verdict
            return
        offers = flow.offers(self.matter, self.stage, roles, self.facts(), self.agreements)
        if not offers:
            return
        offer = draw.draw(st.sampled_from(offers))
        assert offer.voice in roles
        assert offer.voice in flow.hands_of(offer.move.agree or offer.move.by)
        reason = offer.move.reasons[0].label if offer.move.reasons else None
        try:
            step = flow.step(self.matter, self.stage, offer.move.key, roles, self.facts(), reason,
                             text="已经办好", agreements=self.agreements)  # fmt: skip
        except Refused as refused:
            assert offer.missing and refused.zh and refused.en
            return
        self.follow(step, offer.voice)

    def follow(self, step: flow.Step, voice: str) -> None:
        if step.to in flow.ENDED:
            self.by_asker.append(voice)
        if step.reopened:
            self.reopened += 1
            self.verdict = None
        self.agreements = {} if step.moved else step.agreements or self.agreements
        self.stage = step.to


def walked(matter: Matter, draw: st.DataObject, most: int = 25) -> Iterator[Walk]:
    walk = Walk(matter, flow.begin(matter).to)
    for _ in range(most):
        yield walk
        walk.take(draw)
    yield walk


KEYS = ("a", "b", "c", "d")
some_parties = st.lists(st.sampled_from(PARTIES), min_size=1, max_size=2, unique=True).map(tuple)


@st.composite
def moves(draw: st.DrawFn, key: str, task: tuple[str, ...]) -> Move:
    agree = draw(st.just(()) | some_parties)
    return Move(
        key=key,
        to=draw(st.sampled_from((*KEYS, *flow.WAITING))),
        by=agree or draw(st.just(task) | some_parties),
        label=key,
        needs=draw(st.sampled_from(((), ("ask.paper",)))),
        when=draw(st.sampled_from(((), (Comparison("case.verdict", "is", "solved"),)))),
        agree=agree,
        reasons=draw(st.sampled_from(((), (Option("事由"),)))),
        marks=draw(st.sampled_from(((), ("mark",)))),
    )


@st.composite
def made_up(draw: st.DrawFn) -> Matter:
    stages = {}
    for key in KEYS:
        task = draw(some_parties)
        stages[key] = Stage(
            key, key, key, task, tuple(draw(moves(f"m{n}", task)) for n in range(draw(st.integers(1, 3))))
        )
    closing = Closing("?", "?", draw(st.sampled_from(("upper", *KEYS))), draw(st.integers(1, 3)))
    return Matter("test.made.up", "", "", "union", "P2", stages, closing)


def check(walk: Walk) -> None:
    assert walk.stage in walk.matter.stages or walk.stage in flow.BUILT_IN
    if walk.stage in flow.ENDED:
        assert walk.by_asker == ["asker"]  # promise 2: nobody else, and only once
        everybody = frozenset(PARTIES)
        assert not flow.offers(walk.matter, walk.stage, everybody, walk.facts())
        assert not flow.waits_for(walk.matter, walk.stage)
    else:
        assert not walk.by_asker
        assert flow.waits_for(walk.matter, walk.stage)


@pytest.mark.parametrize("matter", matters(), ids=lambda one: one.key)
@given(st.data())
@settings(max_examples=40, deadline=None)
def test_no_walk_through_a_real_matter_ends_without_the_asker(matter, data):
    for walk in walked(matter, data):
        check(walk)


@given(made_up(), st.data())
@settings(max_examples=150, deadline=None)
def test_no_walk_through_any_matter_ends_without_the_asker(matter, data):
    for walk in walked(matter, data, most=12):
        check(walk)


@given(made_up(), st.data())
@settings(max_examples=150, deadline=None)
def test_a_move_that_is_not_offered_is_refused_and_one_offered_without_lack_is_not(matter, data):
    stage = data.draw(st.sampled_from((*KEYS, *flow.BUILT_IN)))
    roles = frozenset(data.draw(st.sets(st.sampled_from(PARTIES), max_size=2)))
    facts = data.draw(st.sampled_from(({}, {"ask.paper": "x"}, {"case.verdict": "solved"}, {"ask.paper": ""})))
    offers = {offer.move.key: offer for offer in flow.offers(matter, stage, roles, facts)}
    for key in ("m0", "m1", "m2", "withdrawn", "taken_up", "none"):
        offer = offers.get(key)
        reason = "事由" if offer and offer.move.reasons else None
        try:
            flow.step(matter, stage, key, roles, facts, reason, text="话")
        except Refused:
            assert offer is None or offer.missing
        else:
            assert offer is not None and not offer.missing


@pytest.mark.parametrize("matter", matters(), ids=lambda one: one.key)
def test_every_stage_of_a_real_matter_can_be_left_by_whoever_has_its_task(matter):
    facts = {"ask.issues": (ISSUES,)}
    for stage in matter.stages.values():
        for played in (frozenset(), frozenset(flow.parties_of(matter))):
            for party in flow.waits_for(matter, stage.key, played=played):
                offers = flow.offers(matter, stage.key, frozenset({party}), facts, played=played)
                able = [one for one in offers if one.move.key != "withdrawn" and len(one.missing) == len(one.asks)]
                assert able, (stage.key, party, played)


@pytest.mark.parametrize("matter", matters(), ids=lambda one: one.key)
def test_staff_alone_bring_a_real_matter_to_an_answer_or_wait_for_the_asker_by_name(matter):
    """From every stage there is a way to an answer in which each step is somebody's who is waited for."""
    for start in matter.stages:
        reached, todo = {start}, [start]
        while todo:
            for move in matter.stages[todo.pop()].moves:
                assert set(flow.hands_of(move.agree or move.by)) <= set(PARTIES)
                if move.to in matter.stages and move.to not in reached:
                    reached.add(move.to)
                    todo.append(move.to)
        assert any(move.to in flow.WAITING for key in reached for move in matter.stages[key].moves)
