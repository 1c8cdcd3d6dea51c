"""Real cases and tasks while the network changes: none is ever lost, and none lies where nobody is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from baiying.cases import actions as cases
from baiying.cases.actions import Receipt, Submission
from baiying.cases.actions.bring_in import Call
from baiying.cases.actions.passing_on import ERRAND, without_a_living_post
from baiying.cases.models import Case, Task
from baiying.engine import flow
from baiying.kit import door, moment
from baiying.network import actions
from baiying.network.models import Post, Unit
from tests.cases.conftest import people_of

ON = date(2026, 9, 1)
AREAS = ("110107003037", "110107004000", "110107003000")
pytestmark = pytest.mark.django_db


def send(number: int) -> Receipt:
    return cases.submit(Submission(key=f"case {number}", words="三个月没有发工资了。", area=AREAS[number % len(AREAS)]))


def unit(name: str) -> Unit:
    return Unit.objects.get(name=name)


def whose(receipt: Receipt) -> Unit:
    with door.errand(ERRAND):
        return Case.objects.select_related("unit").get(number=receipt.number).unit


def count() -> tuple[int, int]:
    """How many open cases and open tasks there are."""
    with door.errand(ERRAND):
        return Case.objects.filter(ended=False).count(), Task.objects.filter(state=Task.State.OPEN).count()


def stranded(on: date) -> set[object]:
    with door.errand(ERRAND):
        return set(without_a_living_post(on))


def test_a_merged_unit_loses_no_case_and_no_task() -> None:
    with moment.frozen(datetime.combine(ON, time(9))):
        station, into = unit("古城街道工会服务站"), unit("八角街道总工会")
        receipt, other = send(1), send(2)
        assert whose(receipt) == station and whose(other) == into
        cases.bring_in(people_of(into.id), other.number, Call(flow.CO, station.id, "请一起办"), "ask")
        before = count()
        actions.merge_units([station], into, ON)
        assert whose(receipt) == into and count() == before and not stranded(ON)


def test_a_closing_that_was_set_for_later_takes_effect_by_the_timetable() -> None:
    from baiying.jobs.network import settle_network

    with moment.frozen(datetime.combine(ON, time(9))):
        station = unit("古城街道工会服务站")
        receipt = send(1)
        actions.close_unit(station, ON + timedelta(days=2))
        assert whose(receipt) == station
    with moment.frozen(datetime.combine(ON + timedelta(days=2), time(0, 1))):
        settle_network(0)
        assert whose(receipt) == unit("古城街道总工会")


def test_a_request_that_came_in_while_the_last_one_left_is_found_by_the_timetable() -> None:
    with moment.frozen(datetime.combine(ON, time(9))):
        receipt = send(1)
        Post.objects.filter(unit=whose(receipt)).update(until=ON)  # behind everybody's back
        actions.settle(again=True)
        assert whose(receipt) == unit("古城街道总工会") and not stranded(ON)


def test_what_waited_for_anybody_at_all_goes_to_the_first_who_comes() -> None:
    with moment.frozen(datetime.combine(ON, time(9))):
        receipt = send(1)
        station = whose(receipt)
        holder = Post.objects.get(unit=station, until__isnull=True).holder_id
        Post.objects.filter(receives=True).update(until=ON)  # the whole district is left at once
        actions.settle(again=True)
        assert whose(receipt) == station
        actions.appoint("first", unit("石景山区总工会"), "district_desk", holder, ON)
        assert whose(receipt) == unit("石景山区总工会") and not stranded(ON)
