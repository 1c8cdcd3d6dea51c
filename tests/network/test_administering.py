"""What an administrator may do alone, what two persons do together, and what nobody may."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from baiying.kit import door, moment, news
from baiying.kit import queries as kit
from baiying.kit.errors import Refusal, Unseen
from baiying.kit.models import Line
from baiying.members import actions as members
from baiying.members.models import Person
from baiying.network import actions, queries
from baiying.network.models import Post, Proposal, Unit
from baiying.network.news import POST_ENDED, SETTLED, UNIT_EMPTY, UNIT_PASSED

ON = date(2026, 9, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with moment.frozen(datetime.combine(ON, time(9))):
        yield


def person(login: str) -> UUID:
    return Person.objects.get(login=login).id


def asker(login: str, power: str = "post.manage") -> door.Asker:
    """Somebody as the guard says her at the door: with the units whose posts give the power."""
    posts = [post for post in queries.posts_of(person(login), moment.today()) if power in kit.powers_of([post.role])]
    return door.Asker(who=person(login), units=frozenset(post.unit_id for post in posts),
                      roles=frozenset(post.role for post in posts))


def first() -> door.Asker:
    return asker("guan.youzhang")


def second() -> door.Asker:
    return asker("yin.tongguan", "post.confirm")


def unit(name: str) -> Unit:
    return Unit.objects.get(name=name)


def waiting() -> Proposal:
    return next(one for one in queries.proposals(second()) if queries.is_waiting(one))


def test_an_administrator_fills_a_post_below_her_and_it_is_in_the_log() -> None:
    station = unit("古城街道工会服务站")
    written = Line.objects.none()
    assert not actions.give_post(first(), station.id, "handler", person("chi.nuanyang"), ON, "k1").waits
    held = queries.posts_of(person("chi.nuanyang"), ON)
    assert ("handler", station.id) in {(post.role, post.unit_id) for post in held}
    with door.errand("verify"):
        written = Line.objects.filter(subject=station.id, verb="network.post_given")
        assert [line.who for line in written] == [str(first().who)]
    assert not actions.give_post(first(), station.id, "handler", person("chi.nuanyang"), ON, "k1").waits
    assert Post.objects.filter(unit=station, holder=person("chi.nuanyang")).count() == 1


def test_who_looks_after_nothing_changes_nothing() -> None:
    station = unit("古城街道工会服务站")
    for one in (asker("he.yingsheng", "case.list"), asker("ji.suiying", "case.list"), asker("yan.xihe", "log.verify")):
        with pytest.raises(Unseen):
            actions.give_post(one, station.id, "handler", person("chi.nuanyang"), ON, "k")
        with pytest.raises(Unseen):
            actions.close(one, station.id, ON, None, "k", True)


def test_an_administrator_of_a_street_reaches_no_other_street() -> None:
    bajiao, gucheng = unit("八角街道总工会"), unit("古城街道总工会")
    actions.appoint("street", bajiao, "administrator", person("he.yingsheng"), ON, receives=False)
    street = asker("he.yingsheng")
    shops = [one for one in queries.administered(street.units, ON) if one.level == "grassroots"]
    assert shops and bajiao.id in {one.id for one in queries.administered(street.units, ON)}
    with pytest.raises(Unseen):
        actions.give_post(street, gucheng.id, "handler", person("chi.nuanyang"), ON, "k")
    with pytest.raises(Unseen):
        actions.give_post(street, unit("石景山区总工会").id, "handler", person("chi.nuanyang"), ON, "k")


def test_partners_are_looked_after_by_the_federation_they_are_tied_to() -> None:
    court = unit("法院联络点(演示)")
    assert court.id in {one.id for one in queries.administered(first().units, ON)}
    assert set(queries.roles_for(court)) >= {"court", "partner"} and "handler" not in queries.roles_for(court)
    with pytest.raises(Refusal):
        actions.give_post(first(), court.id, "handler", person("chi.nuanyang"), ON, "k")


def test_nobody_gives_a_post_to_herself_or_stands_in_by_her_own_hand() -> None:
    station = unit("古城街道工会服务站")
    with pytest.raises(Refusal):
        actions.give_post(first(), station.id, "handler", person("guan.youzhang"), ON, "k")
    post = Post.objects.get(unit=station, until__isnull=True)
    with pytest.raises(Refusal):
        actions.note_absence(first(), post.id, ON, None, person("guan.youzhang"), "k")


def test_no_day_that_is_past_is_written() -> None:
    station, yesterday = unit("古城街道工会服务站"), ON - timedelta(days=1)
    post = Post.objects.get(unit=station, until__isnull=True)
    for deed in (
        lambda: actions.give_post(first(), station.id, "handler", person("chi.nuanyang"), yesterday, "k"),
        lambda: actions.take_post(first(), post.id, yesterday, "k", hand_over=True),
        lambda: actions.note_absence(first(), post.id, yesterday, None, None, "k", hand_over=True),
        lambda: actions.close(first(), station.id, yesterday, None, "k", True),
    ):
        with pytest.raises(Refusal):
            deed()


def test_a_district_post_waits_for_a_second_person_who_is_not_the_one_concerned() -> None:
    union, newcomer = unit("石景山区总工会"), person("he.yingsheng")
    assert actions.give_post(first(), union.id, "district_desk", newcomer, ON, "k").waits
    assert "district_desk" not in {post.role for post in queries.posts_of(newcomer, ON)}
    with pytest.raises(Refusal):
        actions.confirm(asker("guan.youzhang", "post.confirm"), waiting().id)
    actions.appoint("head", union, "head", newcomer, ON)  # she may confirm, but not about herself
    with pytest.raises(Refusal):
        actions.confirm(asker("he.yingsheng", "post.confirm"), waiting().id)
    actions.confirm(second(), waiting().id)
    assert "district_desk" in {post.role for post in queries.posts_of(newcomer, ON)}


def test_a_proposal_runs_out_after_two_weeks_and_is_confirmed_once() -> None:
    union = unit("石景山区总工会")
    actions.give_post(first(), union.id, "auditor", person("he.yingsheng"), ON, "k")
    found = waiting().id
    with moment.frozen(datetime.combine(date(2026, 9, 15), time(10))), pytest.raises(Refusal):
        actions.confirm(second(), found)
    actions.confirm(second(), found)
    with pytest.raises(Refusal):
        actions.confirm(second(), found)
    assert Post.objects.filter(unit=union, role="auditor", holder=person("he.yingsheng")).count() == 1


def test_what_is_declined_is_not_done() -> None:
    shop = unit("轻骑快送石景山站点工会")
    actions.close(first(), shop.id, ON, None, "k", False)
    found = waiting().id
    actions.decline(second(), found)
    with pytest.raises(Refusal):
        actions.confirm(second(), found)
    assert unit("轻骑快送石景山站点工会").closed_on is None


def test_a_confirmed_change_that_is_not_possible_any_more_leaves_the_proposal_open() -> None:
    station = unit("古城街道工会服务站")
    actions.close(first(), station.id, ON, None, "k", False)
    found = waiting().id
    actions.close_unit(station, ON)
    with pytest.raises(Refusal), transaction.atomic():
        actions.confirm(second(), found)
    assert waiting().id == found


def test_the_day_that_passed_while_it_waited_is_not_rewritten() -> None:
    shop = unit("轻骑快送石景山站点工会")
    actions.close(first(), shop.id, ON, None, "k", False)
    found = waiting().id
    with moment.frozen(datetime.combine(date(2026, 9, 4), time(9))):
        actions.confirm(second(), found)
    shop.refresh_from_db()
    assert shop.closed_on == date(2026, 9, 4) and shop.successor == unit("八角街道总工会")


def test_two_units_become_one_and_their_people_go_on() -> None:
    old, into = unit("古城街道工会服务站"), unit("八角街道总工会")
    holder = person("wen.bida")
    actions.merge(first(), [old.id], into.id, ON, "k")
    actions.confirm(second(), waiting().id)
    assert [(post.unit_id, post.role) for post in queries.posts_of(holder, ON)] == [(into.id, "handler")]
    assert [post.unit_id for post in queries.posts_of(holder, ON - timedelta(days=1))] == [old.id]
    assert queries.next_living(old.id, ON) == into


def test_a_unit_is_split_and_the_first_of_the_new_ones_takes_over() -> None:
    street = unit("八角街道总工会")
    shops = {one.id for one in queries.lower(street.id, ON)}
    into = [actions.NewUnit("八角街道总工会", "110107003000", ("union", "station")),
            actions.NewUnit("八角南里工会服务站", "110107003037", ("station",))]
    actions.split(first(), street.id, into, ON, "k")
    actions.confirm(second(), waiting().id)
    chief, other = (Unit.objects.get(name=new.name, closed_on__isnull=True) for new in into)
    assert queries.next_living(street.id, ON) == chief and queries.upper(other, ON) == unit("石景山区总工会")
    assert {one.id for one in queries.lower(chief.id, ON)} == shops
    assert not queries.lower(street.id, ON) and queries.lower(street.id, ON - timedelta(days=1))


def test_the_last_administrator_of_a_district_stays() -> None:
    women = unit("石景山区妇女联合会")
    posts = list(Post.objects.filter(unit=women, role="administrator").order_by("id"))
    actions.end_post(posts[0], ON)
    with pytest.raises(Refusal):
        actions.end_post(posts[1], ON)
    with pytest.raises(Refusal):
        actions.close_unit(women, ON, unit("八角街道妇女联合会"))
    actions.appoint("for now", women, "administrator", person("he.yingsheng"), ON, ON + timedelta(days=9))
    with pytest.raises(Refusal):
        actions.end_post(posts[1], ON)


def test_one_alone_names_the_second_administrator_and_then_no_other() -> None:
    Post.objects.filter(role="administrator", holder=person("yin.tongguan")).delete()
    union = unit("石景山区总工会")
    assert actions.give_post(first(), union.id, "auditor", person("chi.nuanyang"), ON, "a").waits
    assert not actions.give_post(first(), union.id, "administrator", person("he.yingsheng"), ON, "b").waits
    assert actions.give_post(first(), union.id, "administrator", person("chi.nuanyang"), ON, "c").waits


def test_work_leaves_a_unit_only_when_whoever_causes_it_knows() -> None:
    station = unit("古城街道工会服务站")
    post = Post.objects.get(unit=station, until__isnull=True)
    with pytest.raises(Refusal, match="古城街道总工会"):
        actions.take_post(first(), post.id, ON, "k")
    with pytest.raises(Refusal):
        actions.note_absence(first(), post.id, ON, None, None, "k")
    actions.note_absence(first(), post.id, ON, ON + timedelta(days=3), person("he.yingsheng"), "k")
    assert queries.is_living(station.id, station.district, ON)
    actions.take_post(first(), post.id, ON + timedelta(days=3), "k2", vacant=True, hand_over=True)
    assert not queries.is_living(station.id, station.district, ON + timedelta(days=3))


def test_a_substitute_has_the_powers_of_the_post_on_these_days_only() -> None:
    station = unit("古城街道工会服务站")
    post = Post.objects.get(unit=station, until__isnull=True)
    actions.note_absence(first(), post.id, ON, ON + timedelta(days=3), person("chi.nuanyang"), "k")
    on_day = {(one.unit_id, one.as_substitute) for one in queries.posts_of(person("chi.nuanyang"), ON)}
    assert (station.id, True) in on_day and len(on_day) == 2
    for day in (ON - timedelta(days=1), ON + timedelta(days=3)):
        assert station.id not in {one.unit_id for one in queries.posts_of(person("chi.nuanyang"), day)}
    actions.note_return(first(), post.absences.get().id, ON + timedelta(days=1))
    assert queries.posts_of(person("chi.nuanyang"), ON + timedelta(days=1))[-1].unit_id != station.id


def test_a_substitute_who_is_away_herself_does_not_keep_a_unit_alive() -> None:
    station = unit("古城街道工会服务站")
    post = Post.objects.get(unit=station, until__isnull=True)
    own = Post.objects.get(holder=person("he.yingsheng"), until__isnull=True)
    actions.be_absent("a", post, ON, None, person("he.yingsheng"))
    assert queries.is_living(station.id, station.district, ON)
    actions.be_absent("b", own, ON, ON + timedelta(days=2), None)
    assert not queries.is_living(station.id, station.district, ON)
    assert queries.is_living(station.id, station.district, ON + timedelta(days=2))


def test_a_vacant_post_is_kept_alive_by_who_stands_in() -> None:
    station = unit("古城街道工会服务站")
    vacant = actions.vacate("v", Post.objects.get(unit=station, until__isnull=True), ON)
    assert not queries.is_living(station.id, station.district, ON)
    actions.be_absent("a", vacant, ON, None, person("he.yingsheng"))
    assert queries.is_living(station.id, station.district, ON)


def test_a_second_factor_of_a_district_post_is_reset_by_two_others_by_one() -> None:
    union, station = unit("石景山区总工会"), unit("古城街道工会服务站")
    assert actions.reset_factors(first(), person("wen.bida"), station.id, "a").reset == person("wen.bida")
    assert actions.reset_factors(first(), person("ji.suiying"), union.id, "b").waits
    assert actions.confirm(second(), waiting().id).reset == person("ji.suiying")
    with pytest.raises(Refusal):
        actions.reset_factors(first(), person("guan.youzhang"), union.id, "c")
    with pytest.raises(Unseen):
        actions.reset_factors(first(), person("shi.mingbian"), union.id, "d")


def test_a_proposal_is_no_row_for_whoever_may_not_confirm_it() -> None:
    actions.close(first(), unit("轻骑快送石景山站点工会").id, ON, None, "k", False)
    assert Proposal.objects.count() == 0
    with door.open(door.Asker(who=person("qi.xinlan"), units=frozenset({unit("石景山区妇女联合会").id}))):
        assert Proposal.objects.count() == 0
    with door.open(door.Asker(who=person("he.yingsheng"), units=frozenset({unit("古城街道总工会").id}))):
        assert Proposal.objects.count() == 0
    with door.open(second()):
        assert Proposal.objects.count() == 1


def test_the_table_itself_refuses_one_person_twice() -> None:
    actions.close(first(), unit("轻骑快送石景山站点工会").id, ON, None, "k", False)
    with pytest.raises(IntegrityError), transaction.atomic(), door.open(second()):
        Proposal.objects.update(state="confirmed", decided_by=first().who, decided_at=moment.now())


def test_a_unit_hangs_on_another_one_and_never_in_a_circle() -> None:
    station, bajiao = unit("古城街道工会服务站"), unit("八角街道总工会")
    actions.hang(first(), station.id, "territorial", bajiao.id, ON, "k")
    assert queries.upper(station, ON) == bajiao
    assert queries.upper(station, ON - timedelta(days=1)) == unit("古城街道总工会")
    with pytest.raises(Refusal):
        actions.hang(first(), bajiao.id, "territorial", station.id, ON, "c")
    with pytest.raises(Refusal):
        actions.hang(first(), station.id, "territorial", unit("八角街道妇女联合会").id, ON, "d")
    assert queries.upper(bajiao, ON) == unit("石景山区总工会")


def test_what_was_said_to_one_organisation_is_not_handed_to_another() -> None:
    street, court = unit("八角街道妇女联合会"), unit("法院联络点(演示)")
    for unit_, heir in ((street, unit("八角街道总工会")), (court, unit("公安联络点(演示)")), (street, court)):
        with pytest.raises(Refusal):
            actions.close_unit(unit_, ON, heir)
    actions.close_unit(court, ON)
    follows = queries.next_living(court.id, ON)
    assert follows is not None and follows.organisation != "partner"


def test_a_unit_above_closes_only_with_somebody_to_take_over() -> None:
    with pytest.raises(Refusal):
        actions.close_unit(unit("石景山区总工会"), ON)


def test_a_partner_is_opened_below_the_district_and_tied_to_it() -> None:
    union, street = unit("石景山区总工会"), unit("八角街道总工会")
    new = actions.NewUnit("晴川调解室", "110107003000", ("mediation",))
    made = actions.open_below(first(), union.id, "grassroots", new, ON, "k")
    assert made.organisation == "partner" and [tie.kind for tie in queries.ties_of(made.id, ON)] == ["partner"]
    assert made.id in {one.id for one in queries.administered(first().units, ON)}
    with pytest.raises(Refusal):
        actions.open_below(first(), street.id, "grassroots", new, ON, "k2")
    for level, roles in (("grassroots", ("union", "court")), ("district", ("union",))):
        with pytest.raises(Refusal):
            actions.open_below(first(), union.id, level, actions.NewUnit("混", "110107003000", roles), ON, "k3")


def test_whose_account_is_switched_off_leaves_no_work_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[UUID] = []
    monkeypatch.setattr(news, "_listeners", {UNIT_EMPTY: [lambda unit, on: told.append(unit)], UNIT_PASSED: [],
                                             POST_ENDED: [], SETTLED: []})
    members.switch_off(Person.objects.get(login="wen.bida"))
    assert told == [unit("古城街道工会服务站").id]


def test_the_timetable_tells_again_of_whoever_is_gone_and_one_refusal_stops_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[UUID] = []

    def hear(unit: UUID, on: date) -> None:
        told.append(unit)
        raise Refusal("not now")

    monkeypatch.setattr(news, "_listeners", {UNIT_EMPTY: [hear], UNIT_PASSED: [], POST_ENDED: [], SETTLED: []})
    assert actions.settle() == 0 and not told
    actions.settle(again=True)
    assert unit("古城路社区妇女之家").id in told and len(told) > 100
    assert unit("八角街道总工会").id not in told


def test_the_network_never_changes_while_a_door_is_open() -> None:
    from baiying.kit.errors import Misuse

    with door.open(first()), pytest.raises(Misuse):
        actions.close_unit(unit("轻骑快送石景山站点工会"), ON)
    connection.check_constraints()
