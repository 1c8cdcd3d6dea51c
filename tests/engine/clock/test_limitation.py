"""The member's own time to claim (劳动争议调解仲裁法 art. 27, 民法典 art. 194-195), checked by hand."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from baiying.engine.clock import (
    ClockError,
    Employment,
    Interruption,
    Pause,
    Rule,
    Suspension,
    reckon_limitation,
)
from tests.engine.clock.suite import calendar

ONE_YEAR = Rule(1, "year", "limitation")
THREE_YEARS = Rule(3, "year", "limitation")
KNEW = date(2024, 3, 4)


def test_without_events_the_time_runs_once_and_rolls() -> None:
    # 3 May 2025 lies in the Labour Day holiday (1-5 May).
    assert reckon_limitation(ONE_YEAR, date(2024, 5, 3), calendar()).due_on == date(2025, 5, 6)


def test_an_interruption_starts_the_time_anew() -> None:
    told = reckon_limitation(ONE_YEAR, KNEW, calendar(), interruptions=[Interruption(date(2024, 9, 2), "she claimed")])
    assert told.due_on == date(2025, 9, 2)
    assert told.days[0].date == date(2024, 9, 2)
    assert "she claimed" in told.notes[0] and "中断" in told.notes_zh[0]


def test_each_interruption_in_time_starts_it_anew_in_whatever_order_they_are_told() -> None:
    events = [Interruption(date(2025, 8, 29)), Interruption(date(2024, 9, 2))]
    assert reckon_limitation(ONE_YEAR, KNEW, calendar(), interruptions=events).due_on == date(2026, 8, 31)


def test_an_interruption_after_the_end_changes_nothing_and_is_told() -> None:
    told = reckon_limitation(ONE_YEAR, KNEW, calendar(), interruptions=[Interruption(date(2025, 3, 5))])
    assert told.due_on == date(2025, 3, 4)
    assert "starts nothing anew" in told.notes[0]


def test_an_interruption_on_the_last_day_is_in_time() -> None:
    told = reckon_limitation(ONE_YEAR, KNEW, calendar(), interruptions=[Interruption(date(2025, 3, 4))])
    assert told.due_on == date(2026, 3, 4)


@pytest.mark.parametrize("day", [1, 4])
def test_an_interruption_not_later_than_the_start_is_none(day: int) -> None:
    told = reckon_limitation(ONE_YEAR, KNEW, calendar(), interruptions=[Interruption(date(2024, 3, day))])
    assert told.due_on == date(2025, 3, 4) and told.notes == ()


def test_a_suspended_time_goes_on_afterwards() -> None:
    # Ten days of force majeure: from Tuesday 4 March to Friday 14 March 2025.
    obstacle = Suspension(Pause(date(2024, 6, 1), date(2024, 6, 10), "flood", "洪水"))
    told = reckon_limitation(ONE_YEAR, KNEW, calendar(), suspensions=[obstacle])
    assert told.due_on == date(2025, 3, 14)
    assert [line.date.day for line in told.days if "flood" in line.why] == list(range(1, 11))


def test_under_the_civil_code_an_obstacle_before_the_last_six_months_does_not_matter() -> None:
    obstacle = Suspension(Pause(date(2024, 6, 1), date(2026, 9, 4)), by_civil_code=True)
    assert reckon_limitation(THREE_YEARS, KNEW, calendar(), suspensions=[obstacle]).due_on == date(2027, 3, 4)


def test_under_the_civil_code_an_obstacle_in_the_last_six_months_gives_six_months_more() -> None:
    # Gone at the end of 20 January 2027: six months end on 20 July, a Tuesday.
    obstacle = Suspension(Pause(date(2026, 12, 1), date(2027, 1, 20)), by_civil_code=True)
    told = reckon_limitation(THREE_YEARS, KNEW, calendar(), suspensions=[obstacle])
    assert told.due_on == date(2027, 7, 20)
    assert "194" in told.notes[0]


def test_an_obstacle_that_lasts_leaves_no_end() -> None:
    obstacle = Suspension(Pause(date(2026, 12, 1), None), by_civil_code=True)
    told = reckon_limitation(THREE_YEARS, KNEW, calendar(), suspensions=[obstacle])
    assert told.due_at is None and "194" in told.notes[0] and told.days
    assert pickle.loads(pickle.dumps(told)) == told
    still = Suspension(Pause(date(2024, 6, 1), None))
    assert reckon_limitation(ONE_YEAR, KNEW, calendar(), suspensions=[still]).due_on is None


def test_unpaid_wages_have_no_limit_while_the_employment_lasts() -> None:
    told = reckon_limitation(ONE_YEAR, KNEW, calendar(), employment=Employment())
    assert told.due_on is None and told.due_at is None
    assert "No limit" in told.notes[0] and "二十七" in told.notes_zh[0] and told.days


def test_then_one_year_runs_from_the_end_of_the_employment() -> None:
    told = reckon_limitation(ONE_YEAR, date(2019, 1, 1), calendar(), employment=Employment(date(2025, 6, 30)))
    assert told.due_on == date(2026, 6, 30)


def test_only_a_limitation_of_days_months_or_years_is_one() -> None:
    with pytest.raises(ClockError, match="no limitation"):
        reckon_limitation(Rule(1, "year"), KNEW, calendar())
