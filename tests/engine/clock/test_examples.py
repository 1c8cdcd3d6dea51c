"""Examples checked by hand on a paper calendar; each comment says why the day is what it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from baiying.engine.clock import (
    SHANGHAI,
    ClockError,
    Extension,
    Pause,
    Rule,
    explain_rule,
    reckon,
    reckon_readings,
    recurrences,
    to_json,
)
from tests.engine.clock.suite import calendar


def at(text: str) -> datetime:
    """A naive time, as a form or a log would give it."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("rule", "start", "due"),
    [
        # The 28th is not counted; the 15th day is Tuesday 13 October: National Day lies inside and counts.
        ("15 calendar_day", "2026-09-28T10:00", "2026-10-13"),
        # The third day is Thursday 1 October, a day off until the 7th.
        ("3 calendar_day", "2026-09-28T10:00", "2026-10-08"),
        # The twelfth day is Saturday 10 October, but a make-up working day: it stays.
        ("12 calendar_day", "2026-09-28", "2026-10-10"),
        # The thirteenth day is Sunday 11 October.
        ("13 calendar_day", "2026-09-28", "2026-10-12"),
        # Spring Festival 2026: 15-23 February off, Saturday the 14th worked.
        ("5 days", "2026-02-11", "2026-02-24"),
        ("3 days", "2026-02-11", "2026-02-14"),
        ("5 working days", "2026-02-10", "2026-02-24"),
        # 2020: the State Council lengthened the Spring Festival to 2 February (a Sunday).
        ("7 days", "2020-01-24", "2020-02-03"),
        # 3 September 2015, the 70th anniversary: 3-5 September off, Sunday the 6th worked.
        ("2 days", "2015-09-02", "2015-09-06"),
        # Art. 202: no 31 February, so its last day, a Saturday and worked in 2026.
        ("1 month", "2026-01-31", "2026-02-28"),
        # 28 February 2027 is a Sunday.
        ("1 month", "2027-01-31", "2027-03-01"),
        # A leap year has the 29th: 29 February 2024 is a Thursday.
        ("1 month", "2024-01-31", "2024-02-29"),
        # No 29 February 2025: the 28th, a Friday; four years on there is one again (29 February 2028 is a Tuesday).
        ("1 year", "2024-02-29", "2025-02-28"),
        ("4 years", "2024-02-29", "2028-02-29"),
        # The corresponding day is the 28th, not the month's end.
        ("1 month", "2025-02-28", "2025-03-28"),
        # 8 March 2024 is a Friday and a whole working day.
        ("1 working day", "2024-03-07", "2024-03-08"),
        ("2 days", "2024-03-06", "2024-03-08"),
        # The first day is not counted even when it is no working day.
        ("1 working day", "2026-10-03", "2026-10-08"),
    ],
)
def test_a_due_day_checked_by_hand(rule: str, start: str, due: str) -> None:
    assert explain_rule(rule, start, calendar()).due_on == date.fromisoformat(due)


def test_the_fifteen_days_over_national_day_explain_themselves() -> None:
    told = to_json(explain_rule("15 calendar_day", "2026-09-28T10:00", calendar()))
    assert (told["due_on"], told["due_at"]) == ("2026-10-13", "2026-10-14T00:00:00+08:00")
    days = told["days"]
    assert [day["date"] for day in days] == [str(date(2026, 9, 28) + timedelta(days=k)) for k in range(16)]
    assert [day["counted"] for day in days] == [False] + [True] * 15
    assert "201" in days[0]["why"] and "二百零一条" in days[0]["why_zh"]
    assert "National Day" in days[3]["why"] and "国庆节" in days[3]["why_zh"]
    assert "make-up" in days[12]["why"] and "调休" in days[12]["why_zh"]
    assert "203" in days[15]["why"]


def test_a_roll_is_explained_day_by_day() -> None:
    told = explain_rule("3 calendar_day", "2026-09-28", calendar())
    assert [(line.date.day, line.counted) for line in told.days] == [
        *((28, False), (29, True), (30, True), (1, True)),
        *((day, False) for day in range(2, 9)),
    ]
    assert "moves on" in told.days[3].why and "moves to this" in told.days[-1].why
    assert "顺延" in told.days[3].why_zh


@pytest.mark.parametrize("kind", ["waiting", "validity"])
def test_waiting_and_validity_never_roll(kind: str) -> None:
    told = reckon(Rule(3, "calendar_day", kind), date(2026, 9, 28), calendar())
    assert told.due_on == date(2026, 10, 1)
    assert "does not move" in told.days[-1].why and "不顺延" in told.days[-1].why_zh


def test_a_month_without_the_corresponding_day_says_that_its_last_day_takes_its_place() -> None:
    told = explain_rule("1 month", "2026-01-31", calendar())
    assert "no day 31" in told.days[-1].why and "没有31日" in told.days[-1].why_zh and "202" in told.days[-1].why


def test_hours_run_through_the_night_and_the_holiday_to_the_minute() -> None:
    told = explain_rule("72 hours", "2026-09-30T22:15", calendar())
    assert told.due_at == datetime(2026, 10, 3, 22, 15, tzinfo=SHANGHAI)
    assert [line.date.day for line in told.days] == [30, 1, 2, 3]
    assert told.days[0].why.startswith("22:15–24:00: 1 h 45 min")


def test_hours_are_told_to_the_minute_and_never_as_a_fraction() -> None:
    told = reckon(Rule.parse("24 hours"), datetime(2026, 11, 2, 8, 25, 35, tzinfo=SHANGHAI), calendar(),
                  pauses=[Pause(datetime(2026, 11, 2, 8, 25, 36, tzinfo=SHANGHAI), at("2026-11-03T10:00"))])
    assert "不到1分钟" in told.days[0].why_zh and "计14小时；" in told.days[1].why_zh


def test_an_instant_in_another_zone_is_counted_from_shanghai_s_day() -> None:
    # 17:30 UTC on the 28th is 01:30 on the 29th in Shanghai.
    late = datetime(2026, 9, 28, 17, 30, tzinfo=UTC)
    assert reckon(Rule.parse("1 day"), late, calendar()).due_on == date(2026, 9, 30)
    assert reckon(Rule.parse("1 day"), at("2026-09-28T17:30"), calendar()).due_on == date(2026, 9, 29)


def test_hours_without_a_time_of_day_run_from_midnight_and_say_so() -> None:
    told = explain_rule("2 hours", "2026-09-28", calendar())
    assert told.due_at == datetime(2026, 9, 28, 2, tzinfo=SHANGHAI)
    assert "00:00" in told.notes[0]


def test_five_days_before_the_hearing_is_the_latest_day_and_never_later() -> None:
    # 12 October less 5 days is the 7th, the last day off; the note names the 30 September before the holiday.
    told = reckon(Rule(5, "calendar_day", "backward"), at("2026-10-12T09:00"), calendar())
    assert (told.due_on, told.due_at) == (date(2026, 10, 7), datetime(2026, 10, 8, tzinfo=SHANGHAI))
    assert "2026-09-30" in told.notes[0]
    assert [line.date.day for line in told.days] == [12, 11, 10, 9, 8, 7]
    assert reckon(Rule(3, "working_day", "backward"), date(2026, 10, 12), calendar()).due_on == date(2026, 10, 8)
    assert reckon(Rule(1, "month", "backward"), date(2026, 3, 31), calendar()).due_on == date(2026, 2, 28)
    noon = datetime(2026, 10, 12, 12, tzinfo=SHANGHAI)
    hours = reckon(Rule(48, "hour", "backward"), noon, calendar())
    assert hours.due_at == noon - timedelta(hours=48)
    assert [line.date.day for line in hours.days] == [12, 11, 10]


def test_a_pause_of_days_moves_the_due_day_and_is_explained() -> None:
    # 5 days from Monday 2 November: the 7th; three days stand still, so the 10th.
    pause = Pause(date(2026, 11, 4), date(2026, 11, 6), "waiting for the member", "等待会员补件")
    told = reckon(Rule.parse("5 days"), date(2026, 11, 2), calendar(), pauses=[pause])
    assert told.due_on == date(2026, 11, 10)
    assert [line.counted for line in told.days] == [False, True, False, False, False, True, True, True, True]
    assert "waiting for the member" in told.days[2].why and "等待会员补件" in told.days[2].why_zh


def test_a_pause_within_one_day_stops_an_hour_clock_but_no_day_clock() -> None:
    start = at("2026-11-02T10:00")
    pause = Pause(at("2026-11-02T12:00"), at("2026-11-02T15:00"))
    day = reckon(Rule.parse("1 day"), start, calendar(), pauses=[pause])
    assert day.due_on == date(2026, 11, 3)
    hours = reckon(Rule.parse("24 hours"), start, calendar(), pauses=[pause])
    assert hours.due_at == datetime(2026, 11, 3, 13, tzinfo=SHANGHAI)
    assert "11 h counted" in hours.days[0].why and "13 h counted" in hours.days[1].why


def test_overlapping_pauses_count_once() -> None:
    start = at("2026-11-02T10:00")
    pauses = [
        Pause(at("2026-11-02T12:00"), at("2026-11-02T15:00")),
        Pause(at("2026-11-02T14:00"), at("2026-11-02T16:00")),
    ]
    hours = reckon(Rule.parse("24 hours"), start, calendar(), pauses=pauses)
    assert hours.due_at == datetime(2026, 11, 3, 14, tzinfo=SHANGHAI)
    assert "10 h counted" in hours.days[0].why


@pytest.mark.parametrize("rule", ["5 days", "3 working days", "48 hours", "1 month"])
def test_a_pause_without_end_leaves_no_due_day(rule: str) -> None:
    told = reckon(Rule.parse(rule), at("2026-11-02T10:00"), calendar(), pauses=[Pause(date(2026, 11, 4), None)])
    assert told.due_on is None and told.due_at is None and not told.provisional
    assert told.notes and told.notes_zh
    assert told.days[-1].date == date(2026, 11, 4) and not told.days[-1].counted


def test_a_pause_after_the_due_day_changes_nothing() -> None:
    paused = reckon(Rule.parse("5 days"), date(2026, 11, 2), calendar(), pauses=[Pause(date(2026, 11, 10), None)])
    assert paused == reckon(Rule.parse("5 days"), date(2026, 11, 2), calendar())


def test_a_last_day_does_not_roll_onto_a_day_on_which_the_clock_stands_still() -> None:
    # The fifth day is Saturday the 7th; Monday the 9th and Tuesday the 10th are paused.
    pause = Pause(date(2026, 11, 9), date(2026, 11, 10))
    told = reckon(Rule.parse("5 days"), date(2026, 11, 2), calendar(), pauses=[pause])
    assert told.due_on == date(2026, 11, 11)


def test_an_extension_is_a_rule_of_its_own() -> None:
    more = [Extension(Rule.parse("2 working days"))]
    # 3 days end on Thursday 1 October, unrolled; then the 8th and 9th.
    assert reckon(Rule.parse("3 days"), date(2026, 9, 28), calendar(), extensions=more).due_on == date(2026, 10, 9)
    # Hours after days begin when the day has ended.
    hours = [Extension(Rule.parse("10 hours"))]
    told = reckon(Rule.parse("1 day"), date(2026, 11, 2), calendar(), extensions=hours)
    assert told.due_at == datetime(2026, 11, 4, 10, tzinfo=SHANGHAI)
    assert told.days[-1].date == date(2026, 11, 4)


def test_a_clock_that_ends_on_an_hour_does_not_roll_and_one_that_ends_on_a_day_does() -> None:
    # Friday 6 November and ten hours of Saturday; 24 hours to Saturday and then one day, a Sunday.
    ten = [Extension(Rule.parse("10 hours"))]
    told = reckon(Rule.parse("4 days"), date(2026, 11, 2), calendar(), extensions=ten)
    assert (told.due_on, told.due_at) == (date(2026, 11, 7), datetime(2026, 11, 7, 10, tzinfo=SHANGHAI))
    one = [Extension(Rule.parse("1 day"))]
    assert reckon(Rule.parse("24 hours"), at("2026-11-06T10:00"), calendar(), extensions=one).due_on == date(
        2026, 11, 9
    )


def test_the_reading_that_stands_still_is_the_later_one() -> None:
    still = [Pause(date(2026, 11, 6), None)]
    for rules in (("3 days", "9 days"), ("9 days", "3 days")):
        first, second = map(Rule.parse, rules)
        both = reckon_readings(first, second, date(2026, 11, 2), calendar(), pauses=still)
        assert both.warn_on == date(2026, 11, 5) and both.overdue_at is None


def test_two_readings_warn_on_the_earlier_and_blame_on_the_later() -> None:
    # 劳动争议调解仲裁法 art. 29: five days or five working days.
    both = reckon_readings(Rule.parse("5 working days"), Rule.parse("5 days"), date(2026, 9, 18), calendar())
    assert both.warn_on == date(2026, 9, 23)
    # 20 September is a make-up Sunday: 20, 21, 22, 23, 24.
    assert both.overdue_at == datetime(2026, 9, 25, tzinfo=SHANGHAI)


def test_a_recurring_day_that_rolled_does_not_drag_the_next_ones() -> None:
    days = [one.due_on for one in recurrences(Rule(1, "month", "recurring"), date(2026, 1, 31), calendar(), 3)]
    # 28 February is a make-up working day; 31 March a Tuesday; 30 April a Thursday.
    assert days == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


@pytest.mark.parametrize(
    ("rule", "start", "sentence"),
    [
        ("15 workdays", "2026-09-28", "did you mean 'working_day'?"),
        ("15 calender_day", "2026-09-28", "did you mean 'calendar_day'?"),
        ("15 xyzzy", "2026-09-28", "known are hour"),
        ("fifteen days", "2026-09-28", "no length of time"),
        ("0 days", "2026-09-28", "from 1 to"),
        ("-3 days", "2026-09-28", "from 1 to"),
        ("1.5 days", "2026-09-28", "whole number"),
        ("15 days", "28.9.2026", "no date or time"),
        ("15 days", "2026-02-30", "no date or time"),
        ("9000 years", "2026-09-28", "beyond the calendar"),
    ],
)
def test_bad_input_gets_a_sentence_in_both_languages(rule: str, start: str, sentence: str) -> None:
    with pytest.raises(ClockError) as refused:
        explain_rule(rule, start, calendar())
    assert sentence in refused.value.sentence
    assert refused.value.sentence_zh.endswith(("。", "？"))


def test_pauses_and_extensions_are_refused_where_they_mean_nothing() -> None:
    with pytest.raises(ClockError, match="Only a deadline of ours"):
        reckon(Rule(6, "month", "validity"), date(2026, 1, 1), calendar(), pauses=[Pause(date(2026, 2, 1), None)])
    with pytest.raises(ClockError, match="cannot be extended"):
        more = [Extension(Rule(1, "month"))]
        reckon(Rule(5, "calendar_day", "backward"), date(2026, 1, 1), calendar(), extensions=more)
    with pytest.raises(ClockError, match="before it begins"):
        Pause(date(2026, 2, 2), date(2026, 1, 1))
    with pytest.raises(ClockError, match="day of the month"):
        Rule(1, "month", on_day=15)
    with pytest.raises(ClockError, match="must be recurring"):
        next(recurrences(Rule(1, "month"), date(2026, 1, 1), calendar(), 1))
    with pytest.raises(ClockError, match="did you mean 'deadline'"):
        Rule(1, "month", "deadlin")


@pytest.mark.parametrize(
    "text", ["15日", "15 天", "15 days", "15 calendar_days", "15 Calendar Day", "15个自然日", " 15day "]
)
def test_a_length_of_days_may_be_written_in_many_ways(text: str) -> None:
    assert Rule.parse(text) == Rule(15, "calendar_day")
