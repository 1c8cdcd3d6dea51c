"""The house rules: nothing goes round for ever, nothing stands still for ever, the ladder stands before the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baiying.engine import flow
from baiying.engine.flow import ClockWord, Closing, Expired, Matter, Refused, Stage

MATTER = Matter("union.a.b", "", "", "union", "P2", {"work": Stage("work", "办", "", ("lead",))}, Closing("?", "?"))
CLOCK = ClockWord("answer", "答复", "Answer", "7 days", "deadline", ("submitted",), ("answered",), "lead", "ours",
                  "house", "", "", "proposed", extend="8 days")  # fmt: skip
START = datetime(2026, 3, 2, 1, tzinfo=UTC)
DAY = date(2026, 3, 2)


@given(st.lists(st.sampled_from(["return", "keep"]), max_size=30))
@settings(deadline=None)
def test_however_often_units_say_not_ours_two_returns_and_one_ruling_are_all(said):
    returns, ruled, asked = 0, False, []
    for one in said:
        if one == "return" and flow.may_return(returns, ruled):
            asked.append(flow.return_goes(returns))
            ruled = asked[-1] == "rule"
            returns += 1
    assert asked == ["assign", "assign", "rule"][: len(asked)]
    assert not flow.may_return(returns, ruled) or len(asked) < 3
    assert not flow.may_return(0, True)
    assert [flow.may_return(before, False) for before in range(5)] == [True, True, True, False, False]


WANTED = st.tuples(st.sampled_from([*flow.PAUSES, "holiday"]), st.integers(0, 400), st.integers(-3, 400))


@given(st.lists(WANTED, max_size=25))
@settings(deadline=None)
def test_all_pauses_of_a_case_together_are_bounded(wanted):
    matter = replace(MATTER, pauses=flow.PAUSES)
    earlier, stood = [], 0
    for ground, gap, length in wanted:
        since = DAY + timedelta(days=gap)
        try:
            flow.check_pause(matter, ground, since, since + timedelta(days=length), earlier)
        except Refused as refused:
            assert refused.zh and refused.en
        else:
            assert 0 <= length <= flow.PAUSE_DAYS[ground]
            earlier.append(ground)
            stood += length
    assert all(earlier.count(ground) <= flow.PAUSES_MOST for ground in earlier)
    assert stood <= flow.PAUSES_MOST * sum(flow.PAUSE_DAYS.values())


@pytest.mark.parametrize("ground", flow.PAUSES)
def test_a_pause_may_last_to_its_last_day_and_not_one_longer(ground):
    matter, most = replace(MATTER, pauses=flow.PAUSES), timedelta(days=flow.PAUSE_DAYS[ground])
    flow.check_pause(matter, ground, DAY, DAY + most, [ground])
    for until, earlier in ((DAY + most + timedelta(days=1), []), (DAY - timedelta(days=1), []), (DAY, [ground] * 2)):
        with pytest.raises(Refused):
            flow.check_pause(matter, ground, DAY, until, earlier)
    with pytest.raises(Refused):
        flow.check_pause(replace(matter, pauses=()), ground, DAY, DAY, [])


def test_a_matter_that_says_nothing_is_not_paused_for_a_step_outside():
    flow.check_pause(MATTER, "waiting_for_asker", DAY, DAY, [])
    with pytest.raises(Refused):
        flow.check_pause(MATTER, "outside_step", DAY, DAY, [])


def test_a_clock_of_ours_is_extended_once_and_hers_never():
    flow.check_extension(CLOCK, 0)
    for clock, before in ((CLOCK, 1), (replace(CLOCK, extend=""), 0), (replace(CLOCK, owner="asker"), 0),
                          (replace(CLOCK, owner="other"), 0)):  # fmt: skip
        with pytest.raises(Refused) as refused:
            flow.check_extension(clock, before)
        assert refused.value.zh
    assert str(CLOCK.extension) == "8 calendar_day" and replace(CLOCK, extend="").extension is None


@given(st.timedeltas(timedelta(days=-3), timedelta(days=400)), st.lists(st.integers(1, 400), max_size=5))
@settings(deadline=None)
def test_the_ladder_stands_before_the_end_and_after_the_start_whatever_is_asked(length, warn):
    found = flow.rungs(START, START + length, warn)
    assert all(START < rung.at < START + length for rung in found)
    assert list(found) == sorted(found, key=lambda rung: rung.at)
    if length > timedelta(seconds=1):
        assert {rung.to for rung in found} == {"unit", "upper"}
        assert found[-1].to == "upper"  # nothing comes after the level above was called
        assert sum(rung.to == "upper" for rung in found) == 1


def test_the_rungs_are_the_warnings_and_without_them_half_and_three_quarters():
    due = START + timedelta(days=8)
    days = [(rung.at - START).days for rung in flow.rungs(START, due)]
    assert (days, [rung.to for rung in flow.rungs(START, due)]) == ([4, 6], ["unit", "upper"])
    told = [((due - rung.at).days, rung.to) for rung in flow.rungs(START, due, (2, 5, 30))]
    assert told == [(5, "unit"), (2, "unit"), (2, "upper")]
    assert len(flow.rungs(START, due, (30,))) == 2  # longer than the clock: the usual rungs


def test_the_level_above_ends_a_case_only_for_a_ground_and_only_once():
    step = flow.set_aside("work", "spam")
    assert (step.to, step.events) == ("set_aside", ("set_aside",))
    for stage, ground in (("work", "tired of it"), ("closed", "spam"), ("set_aside", "spam"), ("withdrawn", "death")):
        with pytest.raises(Refused):
            flow.set_aside(stage, ground)


def test_she_contests_such_an_end_once_and_the_case_is_open_again_one_level_up():
    step = flow.contest(MATTER, "set_aside", contested=False)
    assert (step.to, step.upper, step.reopened, step.events) == ("work", True, True, ("contested", "reopened", "work"))
    for stage, before in (("set_aside", True), ("work", False), ("closed", False)):
        with pytest.raises(Refused):
            flow.contest(MATTER, stage, before)
    assert flow.offers(MATTER, "set_aside", frozenset({"asker", "lead", "upper"}), {}) == ()


def test_a_clock_that_runs_out_moves_what_is_worked_on_and_nothing_that_waits_for_her():
    expired = Expired("work", ("call_upper",), "draft")
    ours = replace(CLOCK, expired=expired)
    matter = replace(MATTER, clocks={"a": ours, "hers": replace(ours, owner="asker")})
    step = flow.expire(matter, "a", "work")
    assert (step.to, step.effects, step.letter, step.moved) == ("work", ("call_upper",), "draft", True)
    for key, stage in (("a", "answered"), ("hers", "work")):
        step = flow.expire(matter, key, stage)
        assert (step.to, step.moved, step.effects) == (stage, False, ("call_upper",))
    for stage in flow.ENDED:
        assert flow.expire(matter, "a", stage) == flow.Step(to=stage, moved=False)


GROUNDS = (*flow.SET_ASIDE_GROUNDS.values(), *flow.PAUSE_GROUNDS.values(), *flow.TRANSFERS.values())


@pytest.mark.parametrize("one", GROUNDS, ids=lambda one: one.key)
def test_every_ground_of_the_house_is_said_in_both_languages(one):
    assert one.label and one.label_en


def test_every_transfer_names_its_article_and_leads_somewhere():
    assert set(flow.TRANSFERS) == {"another_district", "no_competence", "recusal", "mandatory_report", "petition"}
    for transfer in flow.TRANSFERS.values():
        article = transfer.basis.partition(" art.")[2]
        assert f"第{article}条" in transfer.basis_zh and f"art. {article}" in transfer.basis_en
        assert transfer.goes in ("external", "upper") and transfer.grade in ("law", "practice", "known_unverified")
