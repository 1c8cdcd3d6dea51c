"""What must hold for every clock, whatever its rule, start, pauses and calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from baiying.engine.clock import (
    KINDS,
    SHANGHAI,
    Calendar,
    Day,
    Extension,
    Pause,
    Rule,
    reckon,
    reckon_readings,
)
from tests.engine.clock import oracle
from tests.engine.clock.suite import calendar

quick = settings(max_examples=150, derandomize=True, deadline=None, database=None)

FORWARD = [kind for kind in KINDS if kind != "backward"]
DAY_UNITS = ("calendar_day", "working_day", "month", "year")
LENGTHS = {"hour": 300, "calendar_day": 200, "working_day": 90, "month": 20, "year": 4}

starts = st.datetimes(datetime.fromisoformat("2007-01-01"), datetime.fromisoformat("2026-12-31"))
late_starts = st.datetimes(datetime.fromisoformat("2026-06-01"), datetime.fromisoformat("2028-06-30"))


@st.composite
def rules(draw: st.DrawFn, units: tuple[str, ...] = tuple(LENGTHS), kinds: tuple[str, ...] = tuple(FORWARD)) -> Rule:
    unit = draw(st.sampled_from(units))
    return Rule(draw(st.integers(1, LENGTHS[unit])), unit, draw(st.sampled_from(kinds)))


@st.composite
def pauses_of(draw: st.DrawFn, start: datetime) -> list[Pause]:
    """Up to three pauses around the start, of instants or of whole days, overlapping as they please."""
    found = []
    for _ in range(draw(st.integers(0, 3))):
        since = start + timedelta(hours=draw(st.integers(-48, 600)))
        until = since + timedelta(minutes=draw(st.integers(0, 20_000)))
        whole = draw(st.booleans())
        found.append(Pause(since.date(), until.date()) if whole else Pause(since, until))
    return found


@quick
@given(rules(), starts, st.integers(0, 3000))
def test_a_later_start_never_ends_earlier(rule: Rule, start: datetime, hours: int) -> None:
    sooner = reckon(rule, start, calendar()).due_at
    later = reckon(rule, start + timedelta(hours=hours), calendar()).due_at
    assert sooner is not None and later is not None and sooner <= later


@quick
@given(rules(), starts, st.integers(1, 50))
def test_a_longer_rule_never_ends_earlier(rule: Rule, start: datetime, more: int) -> None:
    shorter = reckon(rule, start, calendar()).due_at
    longer = reckon(replace(rule, length=rule.length + more), start, calendar()).due_at
    assert shorter is not None and longer is not None and shorter <= longer


@quick
@given(st.data(), rules(kinds=("deadline",)), starts)
def test_a_pause_never_makes_it_earlier(data: st.DataObject, rule: Rule, start: datetime) -> None:
    plain = reckon(rule, start, calendar()).due_at
    pauses = data.draw(pauses_of(start))
    paused = reckon(rule, start, calendar(), pauses=pauses).due_at
    fewer = reckon(rule, start, calendar(), pauses=pauses[1:]).due_at
    assert plain is not None and paused is not None and fewer is not None
    assert plain <= fewer <= paused


@quick
@given(rules(kinds=("deadline", "waiting", "validity")), rules(), starts)
def test_an_extension_never_makes_it_earlier(rule: Rule, more: Rule, start: datetime) -> None:
    plain = reckon(rule, start, calendar())
    longer = reckon(rule, start, calendar(), extensions=[Extension(more)])
    assert plain.due_at is not None and longer.due_at is not None
    # Hours after days that would have rolled can end before the rolled day, for hours never roll.
    if more.unit != "hour" or rule.unit == "hour":
        assert plain.due_at <= longer.due_at


@quick
@given(st.data(), rules(units=("calendar_day", "working_day"), kinds=("deadline",)), starts)
def test_as_many_days_count_in_the_explanation_as_the_rule_is_long(
    data: st.DataObject, rule: Rule, start: datetime
) -> None:
    told = reckon(rule, start, calendar(), pauses=data.draw(pauses_of(start)))
    counted = [line for line in told.days if line.counted]
    assert len(counted) == rule.length
    assert all(f"day {number} of {rule.length}" in line.why for number, line in enumerate(counted, start=1))


@quick
@given(st.data(), rules(kinds=("deadline",)), starts)
def test_the_explanation_names_every_day_once_from_the_start_to_the_due_day(
    data: st.DataObject, rule: Rule, start: datetime
) -> None:
    told = reckon(rule, start, calendar(), pauses=data.draw(pauses_of(start)))
    assert told.due_on is not None
    length = (told.due_on - start.date()).days + 1
    assert [line.date for line in told.days] == [start.date() + timedelta(days=k) for k in range(length)]
    assert all(line.why and line.why_zh for line in told.days)


@quick
@given(rules(kinds=("backward",)), starts)
def test_a_backward_explanation_walks_from_the_event_to_the_latest_day(rule: Rule, event: datetime) -> None:
    told = reckon(rule, event, calendar())
    assert told.due_on is not None
    length = (event.date() - told.due_on).days + 1
    assert [line.date for line in told.days] == [event.date() - timedelta(days=k) for k in range(length)]
    if rule.unit in ("calendar_day", "working_day"):
        assert sum(line.counted for line in told.days) == rule.length


@quick
@given(rules(), starts)
def test_the_first_late_instant_follows_from_the_due_day(rule: Rule, start: datetime) -> None:
    told = reckon(rule, start, calendar())
    assert told.due_on is not None and told.due_at is not None
    assert told.due_at.utcoffset() == timedelta(hours=8)
    if rule.unit == "hour":
        assert told.due_at == start.replace(tzinfo=SHANGHAI) + timedelta(hours=rule.length)
        assert told.due_at.date() == told.due_on
    else:
        following = told.due_on + timedelta(days=1)
        assert told.due_at.isoformat() == f"{following}T00:00:00+08:00"


@quick
@given(rules(units=DAY_UNITS), starts)
def test_a_rolled_last_day_is_a_working_day_and_an_unrolled_one_never_later(rule: Rule, start: datetime) -> None:
    told = reckon(rule, start, calendar())
    unrolled = reckon(replace(rule, kind="validity"), start, calendar())
    assert told.due_on is not None and unrolled.due_on is not None and unrolled.due_on <= told.due_on
    if rule.kind in oracle.ROLLED:
        assert calendar().day(told.due_on).working
        between = range(unrolled.due_on.toordinal(), told.due_on.toordinal())
        assert not any(calendar().day(date.fromordinal(ordinal)).working for ordinal in between)


@quick
@given(rules(kinds=("deadline",)), rules(kinds=("deadline",)), starts)
def test_of_two_readings_the_warning_comes_first(one: Rule, other: Rule, start: datetime) -> None:
    both = reckon_readings(one, other, start, calendar())
    assert both.warn_on is not None and both.overdue_at is not None
    assert datetime.combine(both.warn_on, datetime.min.time(), SHANGHAI) <= both.overdue_at
    assert both == reckon_readings(other, one, start, calendar())


def years_to_come(days: tuple[Day, ...]) -> Calendar:
    """The shipped calendar, and notices for 2027-2034 that say this."""
    fixed = {Day(date(year, month, 1), False) for year in range(2027, 2035) for month in (1, 5, 10)}
    return calendar().merged(Calendar(2027, 2034, tuple(fixed | {day for day in days if day not in fixed})))


@cache
def upside_down() -> Calendar:
    """Notices that turn every day they may: 29-31 December 2026, and all of 2027-2034."""
    first, last = date(2026, 12, 29).toordinal(), date(2034, 12, 31).toordinal()
    everyday = [date.fromordinal(ordinal) for ordinal in range(first, last + 1)]
    return years_to_come(tuple(Day(day, day.weekday() >= 5 and (day.month, day.day) not in FIXED) for day in everyday))


FIXED = ((1, 1), (5, 1), (10, 1))


@quick
@given(rules(), late_starts)
def test_a_due_day_is_provisional_exactly_when_an_unpublished_notice_could_change_it(
    rule: Rule, start: datetime
) -> None:
    told = reckon(rule, start, calendar())
    assert told.due_on is not None
    assert bool(told.notes) == told.provisional and bool(told.notes_zh) == told.provisional
    if told.provisional:
        changed = years_to_come((Day(told.due_on, False),))
        assert reckon(rule, start, changed).due_on != told.due_on
    else:
        assert reckon(rule, start, upside_down()).due_on == told.due_on


@quick
@given(rules(), starts)
def test_a_reckoning_is_a_pure_function_of_its_arguments(rule: Rule, start: datetime) -> None:
    first, second = reckon(rule, start, calendar()), reckon(rule, start, calendar())
    assert first == second and first.days == second.days
