"""A list of members: once, however often it comes; completed, never overwritten; taken back at a word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baiying.kit import door
from baiying.kit.errors import Refusal
from baiying.members import actions
from baiying.members.actions import Entered, NewMember, TakenBack
from baiying.members.models import Batch, Membership, Paper, Person, Telephone
from tests.members.figures import identity_number, other, street, telephone

pytestmark = pytest.mark.django_db
BATCH, LATER = UUID(int=71), UUID(int=72)
BEFORE: dict[Any, set[UUID]] = {}
NAMES = ("石小工", "路远行", "安小满", "金安宁")


@pytest.fixture(autouse=True)
def those_before(db) -> None:
    """What the demo's cast brings: people, papers and memberships that are there before any list."""
    with door.errand("members"):
        for model in (Person, Paper, Telephone, Membership):
            BEFORE[model] = set(model.objects.values_list("id", flat=True))


def row(line: int, name: str = "石小工", *, paper: str = "", unit: UUID | None = None, **more: Any) -> NewMember:
    papers = (("id", paper),) if paper else ()
    return NewMember(line, name, unit or street(), papers, **more)


def enter(*rows: NewMember, batch: UUID = BATCH) -> Entered:
    return actions.enter_people(rows, batch, None)


def there(model: Any = Person) -> int:
    """How many rows a list brought or completed."""
    with door.errand("members"):
        found = brought() if model is Person else model.objects.exclude(batch=None).exclude(id__in=BEFORE[model])
        return int(found.count())


def brought() -> QuerySet[Person]:
    """The people without a login who are not of the demo's cast."""
    return Person.objects.filter(login=None).exclude(id__in=BEFORE[Person])


def test_a_list_brings_people_with_papers_telephones_and_memberships():
    told = enter(row(2, paper=identity_number(1), telephone=telephone(1), member_number="A 1", since=date(2020, 5, 1)),
                 row(3, "路远行"))
    assert told == Entered(2, 0, 0)
    assert (there(), there(Paper), there(Telephone), there(Membership)) == (2, 1, 1, 2)
    with door.errand("members"):
        membership = Membership.objects.get(number="A1")
        assert membership.since == date(2020, 5, 1) and membership.district == "110107"
        assert Batch.objects.get(id=BATCH).new == 2


def test_the_same_list_twice_is_once_even_under_another_batch():
    rows = [row(2, paper=identity_number(1)), row(3, "路远行", telephone=telephone(2)),
            row(4, "安小满", member_number="7"), row(5, "金安宁")]
    assert enter(*rows).new == 4
    assert enter(*rows) == Entered(0, 4, 0) == enter(*rows, batch=LATER)
    assert there() == there(Membership) == 4


def test_the_15_and_the_18_digits_meet_the_same_person():
    long = identity_number(11, born="19650203")
    enter(row(2, paper=long))
    assert enter(row(2, paper=long[:6] + long[8:17]), batch=LATER) == Entered(0, 1, 0)


def test_two_rows_of_one_list_with_one_paper_are_one_person_in_two_units():
    assert enter(row(2, paper=identity_number(1)), row(3, paper=identity_number(1), unit=other())) == Entered(1, 0, 1)
    assert there() == 1 and there(Membership) == 2


def test_two_people_of_one_name_with_two_papers_stay_two():
    assert enter(row(2, paper=identity_number(1)), row(3, paper=identity_number(2))).new == 2


def test_a_later_list_completes_and_never_overwrites():
    enter(row(2, telephone=telephone(1)))
    assert enter(row(2, paper=identity_number(1), telephone=telephone(1), text_only=True), batch=LATER).changed == 1
    assert enter(row(9, "石小功", paper=identity_number(1), telephone=telephone(2)), batch=LATER).changed == 1
    with door.errand("members"):
        only = brought().get()
        assert only.name == "石小工" and only.text_only and Telephone.objects.filter(person=only).count() == 2


def test_one_telephone_of_two_people_makes_them_not_one():
    assert enter(row(2, telephone=telephone(1)), row(3, "路远行", telephone=telephone(1))).new == 2


def test_two_passports_of_one_number_and_two_names_are_two_people():
    rows = [NewMember(2, "Jean Nobody", street(), (("passport", "E00000000"),)),
            NewMember(3, "Ana Nobody", street(), (("passport", "E00000000"),))]
    assert enter(*rows).new == 2 and enter(*rows, batch=LATER).known == 2


def test_rows_that_cannot_be_right_are_left_out_by_line_and_the_others_come():
    told = enter(row(2), row(3), row(4, "路远行", paper="1.10107E+17"), row(5, "安小满", member_number="1"),
                 row(6, "金安宁", member_number="1"))
    assert told.new == 2 and [line for line, _why in told.refused] == [3, 4, 6]
    assert all(refusal.sentence for _line, refusal in told.refused)


def test_a_unit_that_is_not_there_is_told_before_anything_is_written():
    with pytest.raises(Refusal):
        enter(row(2), row(3, unit=UUID(int=5)))
    assert there() == 0


def test_undoing_takes_back_exactly_what_the_list_brought():
    enter(row(2, telephone=telephone(1)))
    enter(row(2, telephone=telephone(1), paper=identity_number(1)), row(3, "路远行"), batch=LATER)
    assert actions.undo_batch(LATER) == TakenBack(1, 0)
    assert (there(), there(Paper), there(Telephone)) == (1, 0, 1)
    assert actions.undo_batch(LATER) == TakenBack(0, 0)
    assert actions.undo_batch(BATCH) == TakenBack(1, 0) and there() == there(Membership) == 0


def test_somebody_on_whom_something_newer_hangs_stays():
    enter(row(2, paper=identity_number(1)), row(3, "路远行"))
    enter(row(2, paper=identity_number(1), telephone=telephone(1)), batch=LATER)
    assert actions.undo_batch(BATCH) == TakenBack(1, 1)
    assert there() == 1 and there(Telephone) == 1 and there(Paper) == 0


def test_papers_and_telephones_lie_sealed_and_unseen_without_a_door():
    enter(row(2, paper=identity_number(1), telephone=telephone(1)))
    assert not Paper.objects.exists() and not Membership.objects.exists()
    assert not Person.objects.filter(login=None).exists()
    with door.errand("members"), connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(p::text, '') || (SELECT string_agg(t::text, '') FROM members_telephone t) "
                       "FROM members_paper p")
        told = cursor.fetchone()[0]
    assert identity_number(1) not in told and telephone(1) not in told
    with door.open(door.Asker(units=frozenset({street()}))):
        assert Membership.objects.exclude(id__in=BEFORE[Membership]).count() == 1 and not Paper.objects.exists()


def test_progress_is_told_and_a_long_list_comes_in_pieces(monkeypatch):
    monkeypatch.setattr("baiying.members.actions.entering.CHUNK", 2)
    told: list[tuple[int, int]] = []
    rows = [row(line, member_number=str(line)) for line in range(5)]
    actions.enter_people(rows, BATCH, None, lambda done, of: told.append((done, of)))
    assert told == [(2, 5), (4, 5), (5, 5)]


ROWS = st.builds(
    lambda line, name, paper, tel, number, unit: row(
        line, name, paper=identity_number(paper) if paper else "", telephone=telephone(tel) if tel else "",
        member_number=str(number) if number else "", unit=unit()),
    st.integers(1, 40), st.sampled_from(NAMES), st.integers(0, 4), st.integers(0, 3), st.integers(0, 3),
    st.sampled_from([street, other]))


@pytest.mark.long
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS, max_size=12))
def test_importing_twice_is_once_and_undoing_leaves_nothing(rows: Sequence[NewMember]):
    rows = [NewMember(line, one.name, one.unit_id, one.papers, one.telephone, one.member_number)
            for line, one in enumerate(rows)]
    first = enter(*rows)
    before = (there(), there(Paper), there(Telephone), there(Membership))
    second = enter(*rows)
    assert (second.new, second.changed) == (0, 0)
    assert before == (there(), there(Paper), there(Telephone), there(Membership))
    assert first.new + first.known + first.changed + len(first.refused) == len(rows)
    actions.undo_batch(BATCH)
    assert (there(), there(Paper), there(Telephone), there(Membership)) == (0, 0, 0, 0)
