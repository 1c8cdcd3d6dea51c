"""The clocks of a case, replayed from its history: against a naive second reading, and case by case."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from baiying.engine import flow
from baiying.engine.clock import SHANGHAI, reckon_limitation
from baiying.engine.flow import Ask, ClockWord, Closing, Comparison, Matter, Stage, clocks_after
from baiying.engine.loader import calendar
from tests.engine.flow.real import catalogue

EVENTS = ("a", "b", "c", "closed")
T0 = dt.datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)


def clock(key: str, starts: tuple[str, ...], until: tuple[str, ...] = (), **words: object) -> ClockWord:
    plain = ClockWord(key, key, key, "1 year", "deadline", starts, until, "lead", "ours", "house", "", "", "proposed")
    return replace(plain, **words)


def small(*clocks: ClockWord) -> Matter:
    asks = {"day": Ask("day", "哪天知道的", "The day you knew", "date", "P2", event="a")}
    stages = {"c": Stage("c", "环节", "A stage", ("lead",))}
    known = {one.key: one for one in clocks}
    return Matter("union.a.b", "", "", "union", "P2", stages, Closing("?", "?"), asks, clocks=known)


def hours(*events: str | tuple[str, ...]) -> list[flow.Happening]:
    """These events, one each hour."""
    return [(event, T0 + dt.timedelta(hours=hour)) for hour, event in enumerate(events)]


def naive(word: ClockWord, history: list[flow.Happening]) -> tuple[dt.datetime, dt.datetime | None] | None:
    """Read backwards: the last start, and the first that meets it after that step."""
    heard = [({one} if isinstance(one, str) else set(one), at) for one, at in history]
    begun = [n for n, (events, _) in enumerate(heard) if events & set(word.starts)]
    if not begun:
        return None
    ends = set(word.until) | (set(flow.ENDED) if word.owner == "ours" else set())
    met = [at for events, at in heard[begun[-1] + 1 :] if events & ends]
    return heard[begun[-1]][1], met[0] if met else None


ONE = st.sampled_from(EVENTS)
STEPS = st.lists(ONE | st.lists(ONE, min_size=1, max_size=3).map(tuple), max_size=12)
SOME = st.lists(st.sampled_from(EVENTS), min_size=1, max_size=2, unique=True).map(tuple)


@given(STEPS, SOME, SOME, st.sampled_from(["ours", "asker", "other"]), st.booleans())
@settings(deadline=None)
def test_the_replay_is_that_of_a_naive_reader(steps, starts, until, owner, at_once):
    word = clock("x", starts, until, owner=owner)
    history = [(one, T0) for one in steps] if at_once else hours(*steps)
    found = clocks_after(small(word), history, {})
    expected = naive(word, history)
    assert {key: (state.start, state.met_at) for key, state in found.items()} == ({"x": expected} if expected else {})


@given(STEPS, SOME, st.permutations(range(12)))
@settings(deadline=None)
def test_what_is_told_late_counts_from_its_own_time(steps, starts, order):
    history = hours(*steps)
    mixed = [history[n] for n in order if n < len(history)]
    matter = small(clock("x", starts, ("b",)), clock("hers", starts, (), owner="asker", kind="limitation"))
    assert clocks_after(matter, mixed, {}) == clocks_after(matter, history, {})


def test_a_step_that_meets_and_starts_a_clock_ends_the_old_run_and_begins_the_new():
    matter = small(clock("x", ("a",), ("a", "b")))
    assert clocks_after(matter, hours("a", ("a", "b")), {}) == {"x": flow.ClockState(T0 + dt.timedelta(hours=1))}


def test_a_told_day_counts_from_its_midnight_in_shanghai():
    matter, day = small(clock("x", ("a",), ("b",))), dt.date(2026, 3, 2)
    assert clocks_after(matter, [("b", T0), ("a", day)], {})["x"] == flow.ClockState(day, T0)
    utc = dt.datetime(2026, 3, 1, 15, 59, tzinfo=dt.UTC)  # a minute before that midnight
    assert clocks_after(matter, [("b", utc), ("a", day)], {})["x"] == flow.ClockState(day)


def test_a_clock_whose_condition_is_not_known_waits_and_then_starts_at_its_events_own_time():
    matter = small(clock("x", ("a",), ("b",), when=(Comparison("ask.urgent", "is", True),)))
    history = hours("a", "c")
    assert clocks_after(matter, history, {}) == clocks_after(matter, history, {"ask.urgent": False}) == {}
    assert clocks_after(matter, history, {"ask.urgent": True}) == {"x": flow.ClockState(T0)}


def test_a_limitation_starts_once_and_what_comes_later_interrupts_it_with_its_name():
    matter = small(clock("hers", ("a", "c"), owner="asker", kind="limitation"))
    days = [dt.date(2025, 5, 6), dt.date(2025, 9, 9)]
    state = clocks_after(matter, [("c", days[1]), ("a", days[0])], {})["hers"]
    assert (state.start, state.met_at) == (days[0], None)
    assert [(one.on, one.why_zh, one.why) for one in state.interruptions] == [(days[1], "环节", "A stage")]
    days_off = calendar(one.table for one in catalogue().declarations if one.kind == "calendar")
    due = reckon_limitation(matter.clocks["hers"].rule, state.start, days_off, interruptions=state.interruptions)
    assert due.due_on == dt.date(2026, 9, 9)


def test_a_limitation_that_was_met_is_interrupted_by_nothing_later():
    matter = small(clock("hers", ("a",), ("b",), owner="asker", kind="limitation"))
    state = clocks_after(matter, hours("a", "a", "b", "a"), {})["hers"]
    assert (state.met_at, len(state.interruptions)) == (T0 + dt.timedelta(hours=2), 1)


def test_a_clock_that_counts_back_stands_on_the_day_told_last_and_may_be_met_long_before_it():
    matter = small(clock("x", ("a",), ("b",), before="a", kind="backward"))
    first, second = dt.date(2026, 12, 1), dt.date(2026, 11, 1)
    assert clocks_after(matter, [("a", first), ("a", second), ("b", T0)], {})["x"] == flow.ClockState(second, T0)
    assert clocks_after(matter, [("b", T0)], {}) == {}


def test_the_end_of_a_case_meets_ours_and_leaves_hers_running():
    matter = small(clock("x", ("a",), ("b",)), clock("hers", ("a",), owner="asker"))
    for end in flow.ENDED:
        found = clocks_after(matter, hours("a", end), {})
        assert (found["x"].met_at, found["hers"].met_at) == (T0 + dt.timedelta(hours=1), None)


def test_what_an_event_is_called_comes_from_the_question_the_stage_or_the_move():
    matter = small()
    assert flow.event_said(matter, "a") == ("哪天知道的", "The day you knew")
    assert flow.event_said(matter, "c") == ("环节", "A stage")
    assert flow.event_said(matter, "nothing") == ("", "")
