"""In every state of every matter: no move without its papers, and no clock against the person lost or stopped."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baiying.engine import flow
from baiying.engine.clock import SHANGHAI
from baiying.engine.flow import Ask, Matter, Refused
from tests.engine.flow.real import matters

T0 = dt.datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
PARTIES = ("asker", "lead", "upper")
HERS = [one for one in matters() if any(clock.owner == "asker" for clock in one.clocks.values())]


def some_answer(ask: Ask, draw: st.DataObject) -> flow.Answer:
    if ask.kind == "yesno":
        return draw.draw(st.booleans())
    if ask.kind in ("number", "money"):
        return draw.draw(st.sampled_from((0, 1, 2, 9, 10, 20, 30)))
    if ask.kind == "date":
        return T0.date() + dt.timedelta(days=draw.draw(st.integers(-400, 400)))
    if ask.kind in ("choice", "choices"):
        said = draw.draw(st.sampled_from([option.label for option in ask.options]))
        return said if ask.kind == "choice" else (said,)
    return "写好了"


def asked(matter: Matter, name: str, facts: flow.Facts) -> bool:
    ask = matter.asks.get(name.removeprefix("ask."))
    return ask is None or flow.is_asked(ask, facts)


def walk(matter: Matter, draw: st.DataObject, most: int = 12):
    """Moves drawn at random; gives (the move, the facts after it, the history) after each one that went through."""
    stage, verdict, reopened = flow.begin(matter).to, None, 0
    answers = {key: some_answer(ask, draw) for key, ask in matter.asks.items()
               if ask.by == "asker" and draw.draw(st.booleans())}
    history: list[flow.Happening] = [(flow.begin(matter).events, T0)]
    for turn in range(1, most):
        facts = {"case.verdict": verdict, "case.days_to_limit": 3, **flow.facts_of(answers)}
        told = [(event, day) for event, day in flow.told_events(matter, answers).items()]
        yield None, facts, [*history, *told], stage
        if stage in flow.ENDED:
            return
        at = T0 + dt.timedelta(hours=turn)
        if stage in flow.WAITING:
            verdict = draw.draw(st.sampled_from(flow.VERDICTS))
            step = flow.judge(matter, verdict, reopened, stage)
        else:
            offers = flow.offers(matter, stage, frozenset(PARTIES), facts)
            offer = draw.draw(st.sampled_from(offers))
            given = {ask.key: some_answer(ask, draw) for ask in offer.asks if draw.draw(st.integers(0, 3))}
            reason = offer.move.reasons[0].label if offer.move.reasons else None
            agreed = {offer.move.key: frozenset(flow.hands_of(offer.move.agree)) - {offer.voice}}
            try:
                step = flow.step(matter, stage, offer.move.key, frozenset({offer.voice}), facts, reason, text="说清了",
                                 agreements=agreed if offer.move.agree else {}, answers=given)
            except Refused:
                continue
            answers |= {key: value for key, value in given.items() if key in {ask.key for ask in offer.asks}}
            yield offer.move, {**facts, **flow.facts_of(answers)}, history, stage
        reopened += step.reopened
        stage = step.to
        history = [*history, (step.events, at)]


@pytest.mark.parametrize("matter", matters(), ids=lambda one: one.key)
@given(st.data())
@settings(max_examples=25, deadline=None)
def test_no_move_goes_through_without_its_papers(matter, data):
    for move, facts, _history, _stage in walk(matter, data):
        if move is not None:
            absent = [name for name in move.needs if facts.get(name) in (None, "", ()) and asked(matter, name, facts)]
            assert not absent and flow.all_hold(move.when, facts) is True


@pytest.mark.parametrize("matter", HERS, ids=lambda one: one.key)
@given(st.data())
@settings(max_examples=40, deadline=None)
def test_a_clock_of_hers_that_began_stays_in_every_state_until_she_has_done_what_meets_it(matter, data):
    for _move, facts, history, stage in walk(matter, data):
        heard = [({one} if isinstance(one, str) else set(one)) for one, _at in history]
        states = flow.clocks_after(matter, history, facts)
        for key, clock in matter.clocks.items():
            if clock.owner != "asker" or flow.all_hold(clock.when, facts) is False:
                continue
            begun = any(events & set(clock.starts) for events in heard)
            assert (key in states) is begun, (stage, key)
            if begun and not any(events & set(clock.until) for events in heard):
                assert states[key].met_at is None, "no end of ours, and no stage, stops a clock of hers"


@pytest.mark.parametrize("matter", matters(), ids=lambda one: one.key)
def test_no_clock_of_hers_moves_her_case_or_can_be_paused_or_lengthened_by_us(matter):
    for clock in matter.clocks.values():
        if clock.owner == "asker":
            assert not clock.expired.to and not clock.extend
            with pytest.raises(Refused):
                flow.check_extension(clock, 0)
