"""The clock beside a slow, independent one, and beside faulty ones: the suite must notice each planted fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache

import pytest

from baiying.engine.clock import Calendar, Day, Pause, Reckoning, Rule, reckon
from baiying.engine.clock import counting as counting_module
from tests.engine.clock import oracle
from tests.engine.clock.suite import Reckon, calendar, disagreements, every_day, sampled


def test_sampled_rules_of_all_units_and_kinds_agree_with_the_oracle() -> None:
    assert list(disagreements(reckon, sampled(4000))) == []


@pytest.mark.parametrize("rule", ["7 calendar_day", "5 working_day", "24 hour", "1 month", "1 year"])
def test_every_start_of_twenty_years_agrees_with_the_oracle(rule: str) -> None:
    assert list(disagreements(reckon, every_day(Rule.parse(rule)))) == []


@pytest.mark.parametrize("unit", ["calendar_day", "working_day"])
def test_backward_rules_agree_with_the_oracle(unit: str) -> None:
    for number, example in enumerate(sampled(600)):
        event, length = example.start.date(), number % 40 + 1
        told = reckon(Rule(length, unit, "backward"), event, calendar())
        assert told.due_on == oracle.latest_day_before(length, unit, event), (length, unit, event)


def test_paused_days_agree_with_the_oracle() -> None:
    for number, example in enumerate(sampled(1500)):
        rule, start = replace(example.rule, kind="deadline"), example.start
        if rule.unit not in ("calendar_day", "working_day"):
            continue
        first = start.date() + timedelta(days=number % 17 - 3)
        runs = [(first, first + timedelta(days=number % 6)), (first + timedelta(days=4), first + timedelta(days=9))]
        paused = {begin + timedelta(days=k) for begin, end in runs for k in range((end - begin).days + 1)}
        told = reckon(rule, start, calendar(), pauses=[Pause(begin, end) for begin, end in runs])
        expected = oracle.last_instant(rule.length, rule.unit, start, paused=paused)
        assert (told.due_on, told.due_at) == expected, (rule, start, runs)


def count_the_first_day(rule: Rule, start: datetime, days: Calendar) -> Reckoning:
    return reckon(rule, start if rule.unit == "hour" else start - timedelta(days=1), days)


def never_roll(rule: Rule, start: datetime, days: Calendar) -> Reckoning:
    return reckon(replace(rule, kind="validity"), start, days)


def roll_everything(rule: Rule, start: datetime, days: Calendar) -> Reckoning:
    return reckon(replace(rule, kind="deadline"), start, days)


def roll_hours(rule: Rule, start: datetime, days: Calendar) -> Reckoning:
    told = reckon(rule, start, days)
    if rule.unit != "hour" or told.due_on is None or told.due_at is None:
        return told
    moved = timedelta(days=days.working_day_from(told.due_on.toordinal()) - told.due_on.toordinal())
    return replace(told, due_on=told.due_on + moved, due_at=told.due_at + moved)


@cache
def without_make_up_days() -> Calendar:
    return replace(calendar(), days=tuple(day for day in calendar().days if not day.working))


@cache
def with_few_days_off() -> Calendar:
    always = {(1, 1), (5, 1), (10, 1)}
    kept = (day for day in calendar().days if day.working or (day.date.month, day.date.day) in always)
    return replace(calendar(), days=tuple(kept))


@cache
def with_women_s_day_off() -> Calendar:
    years = range(calendar().first_year, calendar().last_year + 1)
    return replace(calendar(), days=(*calendar().days, *(Day(date(year, 3, 8), False) for year in years)))


def make_up_days_are_off(rule: Rule, start: datetime, days: Calendar) -> Reckoning:
    return reckon(rule, start, without_make_up_days())


def days_off_are_worked(rule: Rule, start: datetime, days: Calendar) -> Reckoning:
    return reckon(rule, start, with_few_days_off())


def the_eighth_of_march_is_off(rule: Rule, start: datetime, days: Calendar) -> Reckoning:
    return reckon(rule, start, with_women_s_day_off())


def roll_back(rule: Rule, start: datetime, days: Calendar) -> Reckoning:
    told = reckon(replace(rule, kind="validity"), start, days)
    if rule.unit == "hour" or rule.kind not in oracle.ROLLED or told.due_on is None or told.due_at is None:
        return told
    back = told.due_on.toordinal() - days.at_rank(days.rank(told.due_on.toordinal()))
    return replace(told, due_on=told.due_on - timedelta(back), due_at=told.due_at - timedelta(back))


def months_of_thirty_days(rule: Rule, start: datetime, days: Calendar) -> Reckoning:
    if rule.unit == "month":
        return reckon(replace(rule, unit="calendar_day", length=rule.length * 30), start, days)
    return reckon(rule, start, days)


def years_of_365_days(rule: Rule, start: datetime, days: Calendar) -> Reckoning:
    if rule.unit == "year":
        return reckon(replace(rule, unit="calendar_day", length=rule.length * 365), start, days)
    return reckon(rule, start, days)


def count_in_utc(rule: Rule, start: datetime, days: Calendar) -> Reckoning:
    return reckon(rule, start - timedelta(hours=8) if rule.unit != "hour" else start, days)


def late_a_day_early(rule: Rule, start: datetime, days: Calendar) -> Reckoning:
    told = reckon(rule, start, days)
    if rule.unit == "hour" or told.due_at is None:
        return told
    return replace(told, due_at=told.due_at - timedelta(days=1))


FAULTS: tuple[Reckon, ...] = (
    count_the_first_day,
    never_roll,
    roll_everything,
    roll_hours,
    make_up_days_are_off,
    days_off_are_worked,
    the_eighth_of_march_is_off,
    roll_back,
    months_of_thirty_days,
    years_of_365_days,
    count_in_utc,
    late_a_day_early,
)


@pytest.mark.parametrize("faulty", FAULTS, ids=lambda fault: fault.__name__)
def test_the_suite_notices_a_planted_fault(faulty: Reckon) -> None:
    assert any(disagreements(faulty, sampled(4000)))


def overflow_a_short_month(day: date, months: int, on_day: int | None = None) -> date:
    """31 January and a month is 3 March: what a naive library does."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1) + timedelta(days=day.day - 1)


def clamp_one_day_short(day: date, months: int, on_day: int | None = None) -> date:
    """A month without the corresponding day ends on its last day but one."""
    found = overflow_a_short_month(day, months)
    return found if found.day == day.day else found - timedelta(days=found.day + 1)


@pytest.mark.parametrize("arithmetic", [overflow_a_short_month, clamp_one_day_short])
def test_the_suite_notices_wrong_month_ends(arithmetic: Callable[..., date], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting_module, "months_away", arithmetic)
    assert any(disagreements(reckon, sampled(4000)))
