"""Cut-off days: who was born on a day, and how old is she on another?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from baiying.engine.clock.moments import months_away
from baiying.engine.rules.days import latest_start, recent


@pytest.mark.parametrize(
    ("born", "on", "years", "so_old"),
    [
        (date(2008, 2, 29), date(2026, 2, 27), 18, False),
        (date(2008, 2, 29), date(2026, 2, 28), 18, True),
        (date(2008, 2, 29), date(2024, 2, 28), 16, False),
        (date(2008, 2, 29), date(2024, 2, 29), 16, True),
        (date(2008, 3, 1), date(2026, 2, 28), 18, False),
        (date(1966, 11, 23), date(2026, 11, 23), 60, True),
        (date(1966, 11, 24), date(2026, 11, 23), 60, False),
    ],
)
def test_who_was_born_on_the_leap_day_is_older_on_the_last_of_february(
    born: date, on: date, years: int, so_old: bool
) -> None:
    assert (born.toordinal() <= latest_start(on, years, "years")) is so_old


@pytest.mark.parametrize("unit", ["months", "years"])
@pytest.mark.parametrize(
    "on", [date(2024, 2, 28), date(2024, 2, 29), date(2026, 2, 28), date(2026, 4, 30), date(2026, 3, 31)]
)
def test_a_cut_off_is_the_latest_day_from_which_the_time_is_over(on: date, unit: str) -> None:
    for length in (0, 1, 2, 13, 60):
        months = length * (12 if unit == "years" else 1)
        cut = date.fromordinal(latest_start(on, length, unit))
        assert months_away(cut, months) <= on < months_away(cut + timedelta(1), months)


def test_before_the_calendar_begins_nobody_is_so_old() -> None:
    assert latest_start(date(2026, 1, 1), 2_400, "years") == 0


@pytest.mark.parametrize(
    ("length", "unit", "first"),
    [
        (30, "days", date(2026, 10, 24)),
        (12, "months", date(2025, 11, 23)),
        (0, "this_year", date(2026, 1, 1)),
        (0, "last_year", date(2025, 1, 1)),
    ],
)
def test_a_time_back_from_today_begins_on_its_first_day(length: int, unit: str, first: date) -> None:
    on = date(2026, 11, 23)
    found = recent(on, length, unit)
    assert date.fromordinal(found[0]) == first
    assert date.fromordinal(found[1]) == (date(2025, 12, 31) if unit == "last_year" else on)
