"""Simulation: whom a change gains and loses, as one by one by hand; not a row is touched; small numbers stay hidden."""

from __future__ import annotations

import dataclasses
import tomllib
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection

from baiying.catalogue import promised as real
from baiying.engine.loader.rules import Known, build_rule
from baiying.engine.rules import Answer, judge
from baiying.kit import door, moment
from baiying.services import access
from baiying.services.models import Standing
from baiying.services.queries import knowing
from baiying.services.queries.previewing import preview, reasons
from baiying.services.queries.rulebook import facts_read
from baiying.services.queries.simulating import Change, Compared, Money, Place, compare, reading, what_if
from tests.members.figures import other, street
from tests.services.changing import rows, written
from tests.services.little import SERVICES, little, service
from tests.services.test_standing import CHECK, RELIEF, SWIM, enter

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def noon(db):
    with moment.frozen(NOON):
        yield


def changed(held: real.Promised, name: str, text: str) -> real.Promised:
    """The little catalogue with another text for one of its services."""
    key = f"union.trial.{name}"
    one = service(key, tomllib.loads(text))
    rule = build_rule(key, {**one.rule}, Known(held.types, held.lines))
    return dataclasses.replace(
        held,
        services={**held.services, key: one},
        rules={**held.rules, key: rule},
        declared={**held.declared, key: text},
    )


def told_of(name: str, old: str, new: str) -> str:
    """The text of one of the little services, with something else in it."""
    text = SERVICES.split(f"[{name}]\n")[1].split("\n[")[0]
    assert old in text
    return text.replace(old, new)


def found(compared: Compared, key: str) -> Change:
    return next(one for one in compared.changes if one.service.key == key)


def crowd() -> None:
    """Six women of 30 in one street, six of 50 in another one, and one of whom nothing is known."""
    for n in range(6):
        enter("安小满", 10 + n, street(), person_born="1996-05-06", person_sex="女")
        enter("舒织云", 20 + n, other(), person_born="1976-05-06", person_sex="女")
    enter("玥", 30, street())


def by_hand(held: real.Promised, key: str) -> list[Answer]:
    """Everybody's answer by the other evaluator."""
    answers = []
    with door.errand("members"), connection.cursor() as cursor:
        cursor.execute("SELECT person FROM services_register ORDER BY person")
        for (one,) in cursor.fetchall():
            facts = knowing.known(held.facts, tuple(facts_read(held.rules[key])), one, TODAY, with_sealed=False)
            answers.append(judge(held.rules[key], facts, held.lines, TODAY).answer)
    return answers


def test_gained_and_lost_are_those_whom_each_one_s_own_judgement_says_and_not_a_row_is_touched():
    crowd()
    old = little()
    new = changed(old, "check", told_of("check", "at_least = 40", "below = 40"))
    before, count = rows(), written()
    compared = compare(old, new, TODAY)
    assert rows() == before and written() == count
    change = found(compared, CHECK)
    pairs = list(zip(by_hand(old, CHECK), by_hand(new, CHECK), strict=True))
    gain = sum(was is not Answer.YES and now is Answer.YES for was, now in pairs)
    lose = sum(was is Answer.YES and now is not Answer.YES for was, now in pairs)
    assert (change.all.gain, change.all.lose) == (gain, lose) == (6, 8)  # two of the demo are over 40
    assert change.units == {street().bytes: Place(gain=6, lose=2), other().bytes: Place(lose=6)}
    assert [one.service.key for one in compared.changes] == [CHECK]
    assert (change.money.before, change.money.after) == (8 * 119900, 6 * 119900)
    assert change.money.unsure_after == 6 * 99900  # the red packet is told by grade C alone


def test_a_write_behind_the_simulation_is_refused_by_the_database():
    one = enter("路远行", 3, street())
    with pytest.raises(DatabaseError, match="read-only"), reading():
        Standing.objects.filter(person_id=one).delete()
    with door.errand("members"):
        assert access.standings().filter(person_id=one).count() in (0, 1)  # and writing goes on afterwards
        Standing.objects.filter(person_id=one).update(quiet=True)


def test_a_reference_value_at_another_height_changes_the_money_and_not_a_row():
    crowd()
    text = told_of(
        "swim", "who =", 'amount = [{ item = "补助", value = "@dibao", basis = "house", grade = "A" }]\nwho ='
    )
    old = changed(little(), "swim", text)
    before = rows()
    change = found(compare(old, what_if(old, "dibao", 150000), TODAY), SWIM)
    assert rows() == before
    assert not change.moved and change.money == Money(0, change.after * 150000, 0, 0, 0) and change.after > 12
    assert found(compare(what_if(old, "dibao", 150000), old, TODAY), SWIM).money.by_hand > 12  # its day is over
    assert not compare(old, old, TODAY).changes


def test_of_a_service_told_in_private_nobody_is_counted_and_two_people_read_its_rule():
    crowd()
    old = little()
    new = changed(old, "relief", told_of("relief", "below = 145000", "below = 999"))
    shown = preview(old, new, TODAY)
    (told,) = shown.told["changes"]
    assert (RELIEF, "uncounted") in shown.why and not told["counted"] and not told["streets"]


def test_a_small_number_is_hidden_with_whatever_would_give_it_away():
    crowd()
    enter("石小工", 40, street(), person_born="1966-05-06", person_sex="女")
    old = little()
    new = changed(old, "check", told_of("check", "at_least = 40", "at_least = 55"))
    (told,) = preview(old, new, TODAY).told["changes"]
    assert told["total"] == {"gain": None, "lose": None, "before": None, "after": None}  # one stays: six would tell her
    assert told["money"] is None
    assert all(None in row.values() for _, row in told["streets"])


def jump(change: Place, people: int = 1000, **other: object) -> list[str]:
    """Why a change of so many people needs a second person."""
    held = little()
    one = Change(held.services[SWIM], str(other.pop("how", "changed")), True, {b"": change}, **other)  # type: ignore[arg-type]
    return reasons(one, Compared(TODAY, people, (one,)), held.lines)


def test_each_measure_is_a_line_of_the_catalogue_and_what_lies_on_it_still_passes():
    assert jump(Place(stay=500, gain=50)) == [] and jump(Place(stay=500, gain=51)) == ["gain"]
    assert jump(Place(stay=95, lose=5)) == [] and jump(Place(stay=94, lose=6)) == ["lose"]
    assert jump(Place(stay=949, gain=1)) == ["everybody"] and jump(Place(stay=948, gain=1)) == []
    assert jump(Place(stay=9), money=Money(0, 10_000_000)) == []
    assert jump(Place(stay=9), money=Money(0, 10_000_001)) == ["money"]
    assert jump(Place(lose=3)) == ["lose", "nobody"] and jump(Place(), how="new") == ["nobody"]
    assert jump(Place(lose=3), how="removed") == ["lose"]
    assert jump(Place(stay=10), moved=False) == [] and jump(Place(gain=1000), people=0) == []


def test_a_measure_that_nobody_filled_allows_nothing():
    held = little()
    one = Change(held.services[SWIM], "changed", True, {b"": Place(stay=500, gain=1)})
    none = {name: line for name, line in held.lines.items() if not name.startswith("publish.")}
    assert reasons(one, Compared(TODAY, 1000, (one,)), none) == ["gain", "everybody"]
