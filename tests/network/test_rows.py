"""What the tables themselves refuse, whoever writes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from baiying.kit.chance import uuid_for
from baiying.kit.errors import Refusal
from baiying.members.models import Person
from baiying.network import actions, queries
from baiying.network.models import Area, Post, Tie, Unit

ON = date(2026, 9, 1)
pytestmark = pytest.mark.django_db


def unit(name: str = "八角街道总工会") -> Unit:
    return Unit.objects.get(name=name)


def test_the_same_tie_cannot_run_twice_on_one_day() -> None:
    shop = Unit.objects.filter(level="grassroots", organisation="union", closed_on__isnull=True).first()
    tie = Tie.objects.filter(lower=shop).first()
    assert shop and tie
    with pytest.raises(Refusal):
        actions.tie("again", tie.kind, tie.lower, tie.upper, ON)
    actions.end_tie(tie, ON)
    actions.tie("later", tie.kind, tie.lower, tie.upper, ON)


def test_a_unit_has_one_territorial_upper_at_a_time() -> None:
    with pytest.raises(Refusal):
        actions.tie("second", "territorial", unit("古城街道工会服务站"), unit(), ON)


def test_a_unit_cannot_stand_above_itself() -> None:
    with pytest.raises(Refusal):
        actions.tie("circle", "territorial", unit("石景山区总工会"), unit(), ON)


def test_a_tie_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refusal):
        actions.tie("never", "sector", unit(), unit("石景山区物流快递行业工会联合会"), ON, ON)


def test_nobody_holds_the_same_post_twice_on_one_day() -> None:
    post = Post.objects.filter(holder__isnull=False, until__isnull=True).first()
    assert post is not None
    with pytest.raises(Refusal):
        actions.appoint("twice", post.unit, post.role, post.holder_id, ON)


def test_the_same_call_twice_is_once() -> None:
    holder = Person.objects.get(login="chi.nuanyang").id
    before = Post.objects.count()
    for _ in range(2):
        actions.appoint("once", unit(), "handler", holder, ON)
    assert Post.objects.count() == before + 1


def test_a_unit_stays_in_the_district_of_its_area() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(level="community").update(district="110105")


def test_a_post_cannot_leave_its_units_district() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.update(district="110105")
        from django.db import connection

        connection.check_constraints()


@pytest.mark.parametrize("change", [{"code": "11010700300"}, {"level": 2}, {"district": "110105"}, {"parent_id": None}])
def test_an_area_that_does_not_fit_its_code_is_refused(change: dict[str, object]) -> None:
    right = {"code": "110107003998", "name": "试验社区", "level": 5, "parent_id": "110107003000", "district": "110107"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.create(**(right | change))
    Area.objects.create(**right)


def test_a_role_that_is_no_word_of_ours_is_refused() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(id=unit().id).update(roles=["castle"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(id=unit().id).update(roles=[])


def test_a_unit_is_opened_once_under_its_name() -> None:
    words: dict[str, Any] = {"organisation": "union", "level": "grassroots", "roles": ["union"], "area": "110107003000"}
    made = actions.open_unit("new", name="试验工会", opened_on=ON, upper=unit(), **words)
    assert queries.upper(made, ON) == unit()
    with pytest.raises(Refusal):
        actions.open_unit("other", name="试验工会", opened_on=ON, **words)
    actions.close_unit(made, date(2026, 10, 1))
    actions.open_unit("other", name="试验工会", opened_on=date(2026, 10, 1), **words)
    with pytest.raises(Refusal):
        actions.open_unit("nowhere", name="别处工会", opened_on=ON, **(words | {"area": "110105001000"}))


def test_a_closed_unit_has_neither_posts_nor_ties_left() -> None:
    station = unit("古城街道工会服务站")
    actions.close_unit(station, ON)
    assert not queries.posts_in(station.id, ON) and not queries.ties_of(station.id, ON)
    assert queries.posts_in(station.id, date(2026, 8, 31))
    with pytest.raises(Refusal):
        actions.close_unit(station, ON)


def test_identities_are_derived_and_the_same_again() -> None:
    holder = Person.objects.get(login="chi.nuanyang").id
    assert actions.appoint("k", unit(), "handler", holder, ON).id == uuid_for("k", "post")


def test_hours_are_said_in_words_and_answer_whether_the_door_is_open() -> None:
    from datetime import datetime

    from django.utils.translation import override

    from baiying.kit.moment import shanghai

    place = next(place for place in queries.places(ON, "110107003000") if place.area_id == "110107003000")
    with override("en"):
        assert queries.hours_said(place) == "Mon to Fri 09:00–17:30; Sat 09:00–12:00"
    monday = shanghai(datetime.fromisoformat("2026-09-07T09:00:00+08:00"))
    assert queries.is_open_at(place, monday)
    assert not queries.is_open_at(place, monday.replace(hour=18))
    assert not queries.is_open_at(place, monday.replace(day=6))
