"""The calendar: what it says of each day, its arithmetic, its versions, and merging a new year."""

from __future__ import annotations

import csv
import gzip
import pickle
from dataclasses import FrozenInstanceError, replace
from datetime import date, timedelta

import pytest

from baiying.engine.clock import Calendar, ClockError, Day, Rule, read_calendar_csv, reckon
from tests.engine.clock import oracle
from tests.engine.clock.suite import calendar
from tests.shared import shared

FIXED_2027 = tuple(Day(date(2027, month, 1), False, "节") for month in (1, 5, 10))


def test_the_shipped_calendar_equals_the_shared_table_day_by_day() -> None:
    with gzip.open(shared("data/holidays/cn_calendar_2004_2026.csv.gz"), "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 8401 and (calendar().first_year, calendar().last_year) == (2004, 2026)
    for row in rows:
        day = calendar().day(date.fromisoformat(row["date"]))
        assert day.working == (row["is_workday"] == "1") == calendar().is_working(day.date.toordinal()), row
        assert day.makeup == bool(row["makeup_workday_for"]), row
        assert day.name_en == (row["makeup_workday_for"] if day.working else row["holiday"]), row
        assert bool(day.name) == bool(day.name_en), row


def test_the_shared_table_read_as_csv_is_the_shipped_calendar() -> None:
    content = gzip.decompress(shared("data/holidays/cn_calendar_2004_2026.csv.gz").read_bytes())
    read = read_calendar_csv(content)
    assert read == calendar() and read.version == calendar().version


def test_2026_has_248_working_days_33_days_off_and_6_make_up_days() -> None:
    first, last = date(2025, 12, 31).toordinal(), date(2026, 12, 31).toordinal()
    assert calendar().rank(last) - calendar().rank(first) == 248
    named = [day for day in calendar().days if day.date.year == 2026]
    assert [day.date.isoformat()[5:] for day in named if day.makeup] == [
        *("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")
    ]
    assert sum(not day.working for day in named) == 33


def test_ranks_count_working_days_one_by_one_within_and_beyond_the_years() -> None:
    day = date(2003, 11, 20)
    rank = calendar().rank(day.toordinal())
    while day < date(2028, 3, 1):
        day += timedelta(days=1)
        rank += oracle.works(day)
        ordinal = day.toordinal()
        assert calendar().rank(ordinal) == rank, day
        if oracle.works(day):
            assert calendar().at_rank(rank) == ordinal, day


def test_the_eighth_of_march_is_a_whole_working_day_on_a_weekday() -> None:
    for year in range(2004, 2030):
        day = date(year, 3, 8)
        assert calendar().day(day).working == (day.weekday() < 5)
    told = reckon(Rule.parse("1 working day"), date(2024, 3, 7), calendar())
    assert "whole working day" in told.days[-1].why and "三八" in told.days[-1].why_zh


def test_a_calendar_cannot_be_changed_and_its_version_tells_its_content() -> None:
    with pytest.raises(FrozenInstanceError):
        calendar().last_year = 2030  # type: ignore[misc]
    assert replace(calendar()).version == calendar().version
    renamed = (replace(calendar().days[0], name="新年"), *calendar().days[1:])
    assert replace(calendar(), days=renamed).version != calendar().version
    assert replace(calendar(), days=calendar().days[:-1]).version != calendar().version
    copy = pickle.loads(pickle.dumps(calendar()))
    assert copy == calendar() and copy.version == calendar().version


def test_the_order_in_which_days_are_told_makes_no_other_version() -> None:
    assert replace(calendar(), days=tuple(reversed(calendar().days))).version == calendar().version


def test_a_new_year_makes_a_new_version_and_settles_what_was_provisional() -> None:
    # 15 days from 20 December 2026 end on Monday 4 January 2027.
    rule, start = Rule.parse("15 days"), date(2026, 12, 20)
    before = reckon(rule, start, calendar())
    assert before.due_on == date(2027, 1, 4) and before.provisional
    assert "2027" in before.notes[0] and "2027" in before.notes_zh[0]
    newer = calendar().merged(Calendar(2027, 2027, (*FIXED_2027, Day(date(2027, 1, 4), False, "元旦"))))
    after = reckon(rule, start, newer)
    assert after.due_on == date(2027, 1, 5) and not after.provisional
    assert before.calendar_version == calendar().version != newer.version == after.calendar_version


def test_a_notice_can_move_days_of_the_december_before() -> None:
    spilled = Calendar(2027, 2027, (Day(date(2026, 12, 31), False, "元旦"), *FIXED_2027))
    newer = calendar().merged(spilled)
    assert (newer.first_year, newer.last_year) == (2004, 2027)
    assert not newer.is_working(date(2026, 12, 31).toordinal())
    assert calendar().is_working(date(2026, 12, 31).toordinal())


def test_where_both_calendars_name_a_december_day_the_newer_notice_wins() -> None:
    older = replace(calendar(), days=(*calendar().days, Day(date(2026, 12, 31), False, "旧")))
    newer = Calendar(2027, 2027, (Day(date(2026, 12, 31), False, "元旦"), *FIXED_2027))
    assert older.merged(newer).day(date(2026, 12, 31)).name == "元旦"


@pytest.mark.parametrize(("day", "provisional"), [(28, False), (29, True), (30, True), (31, True)])
def test_the_last_days_of_december_are_not_settled_before_the_next_notice(day: int, provisional: bool) -> None:
    # The notices for 2007, 2011, 2018, 2023 ... moved days from 29 December on.
    told = reckon(Rule.parse("1 working day"), date(2026, 12, day - 1), calendar())
    assert told.due_on == date(2026, 12, day) and told.provisional is provisional


def test_no_notice_so_far_moved_a_december_day_before_the_29th() -> None:
    moved = [day.date for day in calendar().days if day.date.month == 12]
    assert moved and min(day.day for day in moved) == 29


def test_hours_validity_and_waiting_are_never_provisional() -> None:
    for rule in (Rule(5000, "hour"), Rule(6, "month", "validity"), Rule(90, "calendar_day", "waiting")):
        assert not reckon(rule, date(2026, 12, 1), calendar()).provisional


def test_days_before_the_first_year_are_reckoned_by_plain_weeks_and_say_so() -> None:
    told = reckon(Rule.parse("5 working days"), date(2003, 9, 29), calendar())
    assert told.due_on == date(2003, 10, 6) and told.provisional and "begins with 2004" in told.notes[0]


def test_an_explanation_says_where_the_calendar_is_assumed() -> None:
    told = reckon(Rule.parse("3 working days"), date(2026, 12, 30), calendar())
    assert "assumed from the weekday" in told.days[-1].why and "推定" in told.days[-1].why_zh


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ((*FIXED_2027, FIXED_2027[0]), "twice"),
        ((*FIXED_2027, Day(date(2027, 3, 1), True)), "not a Saturday or Sunday"),
        ((*FIXED_2027, Day(date(2028, 3, 1), False)), "outside the calendar's years"),
        (FIXED_2027[:2], "2027-10-01 is always a day off"),
    ],
)
def test_a_calendar_no_notice_could_give_is_refused(days: tuple[Day, ...], sentence: str) -> None:
    with pytest.raises(ClockError, match=sentence) as refused:
        Calendar(2027, 2027, days)
    assert refused.value.sentence_zh.endswith("。")


def test_a_year_left_out_between_two_calendars_is_refused() -> None:
    later = tuple(replace(day, date=day.date.replace(year=2028)) for day in FIXED_2027)
    with pytest.raises(ClockError, match="years between are missing"):
        calendar().merged(Calendar(2028, 2028, later))
