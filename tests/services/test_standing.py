"""Standing: one packed row a person, true after each change, proved by a sweep; a unit's list of the missed."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from baiying.kit import door, log, moment
from baiying.kit.chance import uuid_for
from baiying.kit.door import Asker
from baiying.kit.errors import Unseen
from baiying.members import actions as members
from baiying.project.demo.network import unit_id
from baiying.services import access
from baiying.services.actions import reaching, standing, telling
from baiying.services.models import Cover, Rulebook, Standing
from baiying.services.queries import unserved
from baiying.services.queries.rulebook import current
from baiying.services.words import Result, Step
from tests.members.figures import other, telephone
from tests.services.little import little, use

pytestmark = pytest.mark.django_db
SWIM, CHECK, COURSE, RELIEF = (f"union.trial.{key}" for key in ("swim", "check", "course", "relief"))
CLERK, DISTRICT = UUID(int=9), "110107"
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


def street() -> UUID:
    """A street union of the demo that has no members of its own."""
    return unit_id("union.110107005")


@pytest.fixture(autouse=True)
def noon(monkeypatch, db):
    use(monkeypatch)
    Rulebook.objects.all().delete()  # that of the demo, swept at an hour of its own
    with moment.frozen(NOON):
        yield


def enter(name: str, turn: int, unit: UUID | None = None, **facts: object) -> UUID:
    one = members.enter_person(name, members.NewMember(1, name, unit or street(), (), telephone(turn)), CLERK)
    if facts:
        telling.tell(one, {key.replace("_", ".", 1): value for key, value in facts.items()}, by=one)
    return one


@pytest.fixture
def people() -> tuple[UUID, UUID, UUID]:
    """One of 46 of whom all is known, one of whom nothing is, and one of another street."""
    found = (
        enter("安小满", 4, person_born="1980-05-06", person_sex="女", person_migrant=False),
        enter("路远行", 3),
        enter("石小工", 1, other(), person_born="1990-01-01", person_sex="男"),
    )
    standing.sweep_all(DISTRICT)
    return found


def bits(person: UUID) -> dict[str, str]:
    """How somebody stands, by service: yes, unknown or no."""
    with door.errand("members"):
        row = access.standings().get(person_id=person)
    yes, unknown = int.from_bytes(bytes(row.yes), "little"), int.from_bytes(bytes(row.unknown), "little")
    return {
        key: "yes" if yes >> n & 1 else "unknown" if unknown >> n & 1 else "no"
        for n, key in enumerate(current().services)
    }


def clerk(*units: UUID) -> Asker:
    return Asker(who=CLERK, units=frozenset(units or (street(),)))


def cover(unit: UUID, service: str) -> tuple[int, int, int]:
    row = Cover.objects.filter(unit_id=unit, service=service).first()
    return (row.entitled, row.served, row.unknown) if row else (0, 0, 0)


def test_everybody_stands_to_every_service_but_what_is_private_has_no_bit(people):
    known, unknown, elsewhere = people
    assert bits(known) == {SWIM: "yes", CHECK: "yes", COURSE: "no"}
    assert bits(unknown) == {SWIM: "unknown", CHECK: "unknown", COURSE: "unknown"}
    assert bits(elsewhere) == {SWIM: "yes", CHECK: "no", COURSE: "unknown"}


def test_a_changed_fact_is_in_the_standing_in_the_same_transaction_and_nothing_drifts(people):
    known, unknown, _ = people
    telling.tell(unknown, {"person.born": "2015-01-01"}, by=unknown)
    assert bits(unknown)[SWIM] == "no" and bits(unknown)[CHECK] == "no"
    telling.take_back(known, ["person.sex"], by=known)
    assert bits(known)[CHECK] == "unknown"
    assert standing.sweep_all(DISTRICT) == 0


def test_who_leaves_the_unit_or_dies_stands_otherwise_at_once(people):
    known, unknown, _ = people
    members.end_membership(known, street(), date(2026, 11, 30), CLERK)
    assert bits(known)[SWIM] == "yes"
    with moment.frozen(datetime(2026, 11, 30, 4, tzinfo=UTC)):
        assert standing.keep_true(DISTRICT)
        assert bits(known)[SWIM] == "unknown"  # no longer of the register; she may be a member elsewhere
        assert known not in {one.person for one in unserved.people(clerk(), SWIM)}
    members.note_death(unknown, moment.today(), CLERK)
    with door.errand("members"):
        assert not Standing.objects.filter(person_id=unknown).exists()
    assert standing.sweep_all(DISTRICT) == 0


def test_the_sweep_finds_a_planted_drift_puts_it_right_and_says_so_in_the_log(people):
    known = people[0]
    with door.errand("members"):
        Standing.objects.filter(person_id=known).update(yes=bytes(8), served=b"\1" + bytes(7))
    assert standing.sweep_all(DISTRICT) == 1
    assert bits(known)[SWIM] == "yes"
    with door.errand("verify"):
        told = [line.payload for line in log.lines_about(uuid_for(DISTRICT, "standing"))]
    assert [one["drifted"] for one in told if one][-2:] == [0, 1]


def test_a_birthday_changes_the_standing_with_the_day_and_is_no_drift(people):
    with moment.frozen(datetime(2026, 11, 24, 4, tzinfo=UTC)):
        assert standing.keep_true(DISTRICT) and not standing.keep_true(DISTRICT)
    young = enter("玥", 6, person_born="2008-11-25")
    assert bits(young)[SWIM] == "no"
    with moment.frozen(datetime(2026, 11, 25, 4, tzinfo=UTC)):
        standing.keep_true(DISTRICT)
        assert bits(young)[SWIM] == "yes"


def test_a_new_rulebook_sweeps_everybody(people, monkeypatch):
    held = little()
    rules = {key: rule for key, rule in held.rules.items() if key != SWIM}
    use(monkeypatch, dataclasses.replace(held, rules=rules, declared={key: key + "2" for key in rules}))
    assert standing.keep_true(DISTRICT)
    assert bits(people[0]) == {CHECK: "yes", COURSE: "no"}


def test_a_unit_sees_its_own_missed_people_with_reason_and_next_step(people):
    known, unknown, elsewhere = people
    found = unserved.people(clerk(), SWIM)
    assert [(one.person, one.sure, one.step) for one in found] == [
        (known, True, Step.TELL),
        (unknown, False, Step.PAPERS),
    ]
    assert [word.name for word in found[1].missing] == ["person.age"]
    assert [one.person for one in unserved.people(clerk(other()), SWIM)] == [elsewhere]
    line = next(one for one in unserved.lines(clerk()) if one.service.key == SWIM)
    assert (line.entitled, line.served, line.unknown, line.waiting) == (1, 0, 1, 2)


def test_what_is_private_is_on_no_list_and_who_wants_quiet_is_not_either(people):
    known, unknown, _ = people
    with pytest.raises(Unseen):
        unserved.people(clerk(), RELIEF)
    assert RELIEF not in {one.service.key for one in unserved.lines(clerk())}
    telling.stay_quiet(known, True, by=known)
    assert [one.person for one in unserved.people(clerk(), SWIM)] == [unknown]
    with pytest.raises(Unseen):
        reaching.note(clerk(), "k", known, SWIM, Step.TELL, Result.THINKS)


def test_a_step_is_noted_once_and_leads_to_a_visit_or_off_the_list(people):
    known, unknown, elsewhere = people
    for _ in range(2):
        reaching.note(clerk(), "k1", known, SWIM, Step.TELL, Result.THINKS)
    first = unserved.people(clerk(), SWIM)[0]
    assert first.last is not None and first.step == Step.VISIT
    reaching.note(clerk(), "k2", unknown, SWIM, Step.PAPERS, Result.NOT_WANTED)
    assert [one.person for one in unserved.people(clerk(), SWIM)] == [known]
    with pytest.raises(Unseen):
        reaching.note(clerk(), "k3", elsewhere, SWIM, Step.TELL, Result.THINKS)


def test_who_has_it_already_counts_as_served_and_a_wrong_mark_goes(people):
    known = people[0]
    assert cover(street(), SWIM) == (1, 0, 1)
    reaching.note(clerk(), "k", known, SWIM, Step.TELL, Result.HAS_IT)
    assert cover(street(), SWIM) == (1, 1, 1)
    reaching.unmark(known, SWIM, CLERK)
    assert cover(street(), SWIM) == (1, 0, 1)
    moved = sorted(Cover.objects.values_list("unit_id", "service", "entitled", "served", "unknown"), key=str)
    standing.sweep_all(DISTRICT)
    assert [
        one for one in sorted(Cover.objects.values_list("unit_id", "service", "entitled", "served", "unknown"), key=str)
    ] == [one for one in moved if any(one[2:])]


def test_what_is_known_of_somebody_goes_with_her(people):
    known = people[0]
    with door.errand("members"):
        telling.forget([known])
        assert access.profile(known) is None and not Standing.objects.filter(person_id=known).exists()
