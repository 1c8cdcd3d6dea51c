"""Figures do not point at anybody, and the generated past looks like a district's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum

from baiying.boards import queries
from baiying.boards.actions import enter_generated
from baiying.boards.models import Figure
from baiying.network.models import Unit

pytestmark = pytest.mark.django_db
UNTIL = date(2020, 3, 15)
FEBRUARY = date(2020, 2, 1)


@pytest.fixture
def unit() -> Unit:
    return Unit.objects.get(name="石景山区总工会")


def counts(received: int, solved: int = 0, partly: int = 0, not_solved: int = 0, reopened: int = 0) -> dict[str, int]:
    return {
        "received": received, "contacted_in_time": received, "answered_in_time": received, "solved": solved,
        "partly": partly, "not_solved": not_solved, "unrated": received - solved - partly - not_solved,
        "reopened": reopened,
    }  # fmt: skip


def enter(unit: Unit, *rows: tuple[str, bool, dict[str, int]]) -> None:
    enter_generated("110107", [(unit.id, matter, FEBRUARY, protected, one) for matter, protected, one in rows])


def last_month() -> queries.Month:
    return queries.course("110107", UNTIL, 1)[0]


def test_a_cell_below_five_is_not_told(unit: Unit) -> None:
    enter(unit, ("some.matter", False, counts(60, solved=30, partly=2, not_solved=3)))
    total = last_month().total
    assert (total.received, total.solved, total.unrated) == (60, 30, 25)
    assert total.partly is None and total.not_solved is None and total.reopened is None


def test_a_hidden_cell_cannot_be_got_by_subtraction(unit: Unit) -> None:
    enter(unit, ("some.matter", False, counts(60, solved=30, partly=2, not_solved=8)))
    total = last_month().total
    assert total.partly is None and total.not_solved is None and total.solved == 30


def test_a_month_with_less_than_five_tells_nothing(unit: Unit) -> None:
    enter(unit, ("some.matter", False, counts(4, solved=4)))
    total = last_month().total
    assert total.received is None and total.solved is None and total.turnout is None


def test_protected_matters_are_one_number_of_the_district(unit: Unit) -> None:
    enter(unit, ("a.open", False, counts(20)), ("b.closed", True, counts(6)), ("c.closed", True, counts(5)))
    assert last_month().total.received == 20 and last_month().protected == 11
    assert set(queries.by_matter("110107", UNTIL, 1)) == {"a.open", queries.PROTECTED}
    assert queries.by_unit("110107", UNTIL, 1)[unit.id].received == 20


def test_turnout_stands_beside_the_rate_and_silence_is_not_satisfied(unit: Unit) -> None:
    enter(unit, ("some.matter", False, counts(100, solved=40, partly=5, not_solved=5)))
    total = last_month().total
    assert total.turnout == 0.5 and total.solved_rate == 0.8


def test_figures_that_do_not_add_up_are_refused(unit: Unit) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        enter(unit, ("some.matter", False, counts(10, solved=3) | {"unrated": 10}))
    with pytest.raises(IntegrityError), transaction.atomic():
        enter(unit, ("some.matter", False, counts(10) | {"reopened": 11}))


def test_the_same_figures_entered_twice_are_once(unit: Unit) -> None:
    enter(unit, ("some.matter", False, counts(10)))
    enter(unit, ("some.matter", False, counts(10)))
    assert last_month().total.received == 10


@pytest.mark.parametrize(
    ("day", "first"), [(date(2026, 1, 31), date(2025, 12, 1)), (date(2026, 12, 1), date(2026, 11, 1))]
)
def test_the_months_before_a_day_are_whole(day: date, first: date) -> None:
    months = queries.months_until(day, 24)
    assert months[-1] == first and len(months) == 24 and months[0].day == 1


@pytest.fixture
def past() -> Iterator[dict[str, int]]:
    names = ("received", "contacted_in_time", "solved", "partly", "not_solved", "unrated", "reopened")
    yield Figure.objects.filter(generated=True, protected=False).aggregate(**{n: Sum(n) for n in names})


def test_the_generated_past_has_the_volumes_and_rates_of_a_district(past: dict[str, int]) -> None:
    received = past["received"]
    largest = max(
        queries.by_matter("110107", date(2100, 1, 1), 12 * 100).values(), key=lambda total: total.received or 0
    )
    assert 24 * 105 < (largest.received or 0) < 24 * 135
    assert 0.55 < 1 - past["unrated"] / received < 0.61
    assert 0.78 < past["solved"] / (received - past["unrated"]) < 0.84
    assert 0.07 < past["reopened"] / received < 0.11
    assert 0.91 < past["contacted_in_time"] / received < 0.95


def test_the_generated_past_is_marked_and_covers_24_months() -> None:
    assert not Figure.objects.filter(generated=False).exists()
    assert Figure.objects.values("month").distinct().count() == 24
