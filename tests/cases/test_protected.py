"""A protected case is opened by people who are named; colleagues learn nothing, and none is ever without somebody."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from baiying.cases import access, queries
from baiying.cases.actions import protected as acts
from baiying.cases.models import Case
from baiying.cases.queries import files, protected
from baiying.kit import door, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.kit.number import ref_of
from baiying.network import actions as posts
from baiying.network import queries as network
from baiying.project.demo.cast import person
from tests.cases.conftest import entry, people_of

COLLEAGUE = UUID(int=7)


@pytest.fixture
def waiting(send, guarded_matter):
    """The number of a protected case that nobody holds yet, and two people of the unit that leads it."""
    receipt = send("他又打我了。", matter=guarded_matter)
    one = people_of(receipt.unit.id)
    return receipt, one, replace(one, who=COLLEAGUE)


def numbers(asker: door.Asker) -> list[tuple[str, bool]]:
    return [(row.address, row.free) for row in queries.today(asker)]


def test_until_it_is_taken_everybody_sees_number_and_clock_and_no_more(waiting):
    receipt, one, other = waiting
    for asker in (one, other):
        assert numbers(asker) == [(receipt.number, True)]
        assert protected.waits(asker, receipt.number) is not None
    with door.open(one):
        assert not access.visible(one).exists()


def test_whoever_takes_it_holds_it_and_a_colleague_learns_nothing(waiting):
    receipt, one, other = waiting
    acts.take(one, receipt.number)
    assert queries.open_case(one, receipt.number).words
    assert numbers(one) == [(receipt.number, False)] and numbers(other) == []
    assert protected.waits(other, receipt.number) is None
    for closed in (queries.open_case, queries.reach, queries.similar, acts.take):
        with pytest.raises(Unseen):
            closed(other, receipt.number)


def test_she_sees_who_took_it(waiting):
    receipt, one, _other = waiting
    acts.take(one, receipt.number)
    assert [reading.what for reading in queries.story(entry(receipt)).readings] == ["taken"]


def test_when_the_one_who_holds_it_is_away_it_waits_again(waiting, monkeypatch):
    receipt, one, other = waiting
    acts.take(one, receipt.number)
    monkeypatch.setattr(network, "receiving", lambda unit, on: frozenset({other.who}))
    assert numbers(other) == [(receipt.number, True)]
    acts.take(other, receipt.number)
    with door.open(other):
        assert set(access.one(other, receipt.number).named) == {one.who, other.who}


def test_a_head_hands_it_on_without_opening_it(waiting, monkeypatch):
    receipt, one, other = waiting
    acts.take(one, receipt.number)
    monkeypatch.setattr(network, "receiving", lambda unit, on: frozenset({one.who, other.who}))
    head = replace(other, roles=frozenset({"head"}))
    assert [row.address for row in protected.held(head)] == [receipt.number]
    acts.name(head, receipt.number, ref_of(other.who), alone=True)
    with pytest.raises(Unseen):
        queries.open_case(one, receipt.number)
    assert queries.open_case(other, receipt.number).words
    with pytest.raises(Refusal):
        acts.name(head, receipt.number, "nobody", alone=False)


def test_nothing_is_named_in_a_case_that_is_not_protected(send):
    receipt = send()
    with door.open(door.Asker(door=entry(receipt))) as her:
        case = access.one(her)
        assert not case.guarded and case.named is None
    asker = door.Asker(who=None, units=frozenset({receipt.unit.id}))
    assert numbers(asker) == [(receipt.number, False)]
    with door.open(asker):
        assert Case.objects.count() == 1


def test_a_post_for_tasks_in_the_unit_that_leads_takes_up_no_case_whatever_other_posts_she_has(waiting, send):
    receipt, one, _other = waiting
    plain = send(key="two")
    who, away, today = person("gucheng_handler").new.id, network.upper(receipt.unit, moment.today()), moment.today()
    for key, unit, role in (("a", receipt.unit, "mediator"), ("b", plain.unit, "mediator"), ("c", away, "handler")):
        posts.appoint(key, unit, role, who, today)
    asker = door.Asker(who=who, units=frozenset({receipt.unit.id, plain.unit.id, away.id}),
                       roles=frozenset({"mediator", "handler"}))
    for number in (receipt.number, plain.number):
        with pytest.raises(Unseen), door.open(asker):
            access.led_or_given(asker, number)
        with pytest.raises(Unseen):
            files.page_of(asker, number)
    acts.take(one, receipt.number)
