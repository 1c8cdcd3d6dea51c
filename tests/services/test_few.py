"""A few people are judged one after another, many as columns: the same rows, the same counts, whatever is known."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest

from baiying.kit import door, moment
from baiying.services import access
from baiying.services.actions import reaching, standing, sweeping
from baiying.services.models import Cover, Profile, Rulebook, Standing
from baiying.services.queries.few import few
from baiying.services.queries.rulebook import current
from tests.services.little import use
from tests.services.test_standing import CHECK, CLERK, DISTRICT, SWIM, enter, street

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(monkeypatch, db):
    use(monkeypatch)
    Rulebook.objects.all().delete()
    with moment.frozen(NOON):
        yield


@pytest.fixture
def people():
    """Twelve of whom this and that is known, one of them with an answer that is no option any more."""
    chance = random.Random(6)
    found = []
    for n in range(12):
        facts = {
            "person_born": f"{chance.randrange(1950, 2012)}-0{chance.randrange(1, 10)}-15",
            "person_sex": chance.choice(["女", "男"]),
            "person_migrant": chance.random() < 0.5,
        }
        found.append(enter("安小满", n, **{key: value for key, value in facts.items() if chance.random() < 0.7}))
    standing.sweep_all(DISTRICT)
    with door.errand("members"):
        Profile.objects.update_or_create(
            person_id=found[0],
            defaults={
                "district": DISTRICT,
                "changed_at": NOON,
                "said": {"person.sex": "无", "person.born": "1970-01-01"},
            },
        )
        reaching.mark(found[1], SWIM, DISTRICT, street(), CLERK)
    return found


def rows() -> list[tuple[object, ...]]:
    with door.errand("members"):
        return [
            (one.person_id, one.rulebook, bytes(one.yes), bytes(one.unknown), bytes(one.served), one.unit_id)
            for one in access.standings()
        ]


def covers() -> set[tuple[object, ...]]:
    return set(Cover.objects.filter(entitled__gt=0).values_list("unit_id", "service", "entitled", "served"))


def test_one_after_another_and_as_columns_people_stand_the_same(people):
    with door.errand("members"):
        both = sweeping.read(current(), date(2026, 11, 23), people)
        ones = {one.who.bytes: one for one in few(current(), date(2026, 11, 23), people)}
        for place in range(len(people)):
            made = standing.stand(current(), date(2026, 11, 23), ones[both.new.who[place].tobytes()])
            assert made.yes == both.new.yes[place].tobytes() and made.unknown == both.new.unknown[place].tobytes()
            assert made.served == both.new.served[place].tobytes() and made.unit.bytes == both.new.unit[place].tobytes()


def test_a_thousand_changed_people_stand_and_are_counted_as_the_sweep_would(people, monkeypatch):
    with door.errand("members"):
        Profile.objects.filter(person_id__in=people).update(said={"person.sex": "女", "person.born": "1970-01-01"})
        monkeypatch.setattr(standing, "FEW", 0)
        assert standing.reckon(people) == len(people)
        assert standing.reckon(people) == 0
    found, counted = rows(), covers()
    assert (street(), CHECK, 12, 0) in counted and (street(), SWIM, 12, 1) in counted
    assert standing.sweep_all(DISTRICT) == 0
    assert (rows(), covers()) == (found, counted)


def test_who_is_no_longer_in_the_register_loses_her_row_and_her_place_in_the_counts(people, monkeypatch):
    from baiying.members.models import Person

    monkeypatch.setattr(standing, "FEW", 0)
    with door.errand("members"):
        standing.reckon(people)
        Person.objects.filter(id__in=people[:2]).update(died_on=date(2026, 11, 1))
        assert standing.reckon(people) == 2
        assert not Standing.objects.filter(person_id__in=people[:2]).exists()
    found = covers()
    standing.sweep_all(DISTRICT)
    assert covers() == found
    with door.errand("members"):
        Person.objects.filter(id=people[2]).update(died_on=date(2026, 11, 1))
    assert standing.sweep_all(DISTRICT) == 1  # a row of somebody who is gone is a drift
    assert people[2] not in [row[0] for row in rows()]
