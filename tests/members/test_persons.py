"""People as they are: a child with a guardian, somebody deaf, somebody dead, and two rows that are one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from baiying.kit import door, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.members import actions, queries
from baiying.members.actions import Guardian, NewMember
from baiying.members.models import Membership, Merge, Person
from baiying.project.demo.cast import person as player
from tests.members.figures import identity_number, other, street, telephone

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
MOTHER = Guardian("安小满", telephone(8), "母亲")


def refused(call, *given) -> str:
    with override("en"), pytest.raises(Refusal) as told:
        call(*given)
    with override("en"):
        return told.value.sentence


@pytest.fixture
def clerks() -> tuple[UUID, UUID, UUID]:
    """Three colleagues of the demo."""
    found = [queries.by_login(player(key).login) for key in ("bajiao_handler", "district_union", "auditor")]
    assert all(found)
    return found[0].id, found[1].id, found[2].id


def enter(name: str = "石小工", turn: int = 1, **more) -> UUID:
    row = NewMember(1, name, more.pop("unit", None) or street(), more.pop("papers", ()), telephone(turn), **more)
    return actions.enter_person(f"{name}{turn}", row, UUID(int=9))


def child(born: str = "20150506") -> NewMember:
    return NewMember(1, "金安宁", street(), (("id18", identity_number(4, born=born)),))


def test_a_child_under_14_comes_with_a_guardian_and_only_the_day_it_ends_is_kept():
    with moment.frozen(NOW):
        assert "guardian" in refused(actions.enter_person, "k", child(), UUID(int=9))
        person = actions.enter_person("k", child(), UUID(int=9), MOTHER)
    assert queries.guardian(person) == {"name": "安小满", "telephone": telephone(8), "relation": "母亲"}
    with door.errand("members"):
        row = Person.objects.get(id=person)
        assert row.guarded_until == date(2029, 5, 6)
        assert "安小满" not in str(bytes(row.guardian_sealed or b""))


def test_who_is_14_needs_no_guardian():
    with moment.frozen(NOW):
        assert queries.guardian(actions.enter_person("k", child("20120901"), UUID(int=9))) == {}


def test_the_database_keeps_no_child_without_a_guardian():
    person = enter()
    with door.errand("members"), pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(id=person).update(guarded_until=date(2030, 1, 1))


def test_nothing_of_birth_or_sex_is_kept():
    with moment.frozen(NOW):
        person = actions.enter_person("k", child("20000101"), UUID(int=9))
    with door.errand("members"):
        kept = {str(value) for value in vars(Person.objects.get(id=person)).values()}
    assert kept.isdisjoint({"2000-01-01", "20000101"})
    assert queries.papers_shown(person) == [("id18", "100***********" + identity_number(4, born="20000101")[-4:])]


def test_somebody_without_papers_and_telephone_can_be_entered():
    person = actions.enter_person("k", NewMember(1, "玥", street()), UUID(int=9))
    assert queries.account(person).telephones == [] and queries.papers_shown(person) == []


def test_who_is_deaf_is_written_to_and_may_change_her_mind():
    person = enter(text_only=True)
    assert queries.account(person).person.text_only
    actions.prefer_text(person, False)
    assert not queries.account(person).person.text_only


def test_a_paper_finds_its_person_in_either_form():
    long = identity_number(3, born="19650203")
    person = enter(papers=(("id", long),))
    assert [one.id for one in queries.by_paper("id", long[:6] + long[8:17])] == [person]


def test_a_death_ends_memberships_devices_and_sessions_and_keeps_the_past():
    person = enter(since=date(2020, 1, 1))
    sign_in = actions.begin(person, "Android")
    with moment.frozen(NOW):
        assert "to come" in refused(actions.note_death, person, date(2026, 9, 2), UUID(int=9))
        actions.note_death(person, date(2026, 8, 1), UUID(int=9))
    assert actions.visit(sign_in, person) is None and queries.by_telephone(telephone(1)) == []
    with door.errand("members"):
        assert Membership.objects.get(person=person).until == date(2026, 8, 1)


def test_a_membership_ends_on_a_day_and_can_begin_again():
    person = enter(since=date(2020, 1, 1))
    actions.end_membership(person, street(), date(2024, 1, 1), UUID(int=9))
    with pytest.raises(Unseen):
        actions.end_membership(person, street(), date(2025, 1, 1), UUID(int=9))
    actions.enter_person("again", NewMember(1, "石小工", other(), (), telephone(1)), UUID(int=9))
    with door.errand("members"):
        assert Membership.objects.filter(person=person, until=None).count() == 0


def test_two_rows_become_one_by_two_people_and_two_again_by_either(clerks):
    first, second, stranger = clerks
    kept, gone = enter(), enter("石小工", 2)
    before = (queries.account(kept).telephones, queries.account(gone).telephones, queries.by_telephone(telephone(2)))
    merge = actions.propose_merge("m", kept, gone, "同一张身份证", first)
    assert queries.selves(kept) == [kept]
    assert "another colleague" in refused(actions.confirm_merge, merge.id, first)
    actions.confirm_merge(merge.id, second)
    actions.confirm_merge(merge.id, second)
    assert queries.selves(kept) == [kept, gone] and len(queries.telephones(kept)) == 2
    assert [one.id for one in queries.by_telephone(telephone(2))] == [kept]
    assert "Only who" in refused(actions.undo_merge, merge.id, stranger)
    actions.undo_merge(merge.id, first)
    after = (queries.account(kept).telephones, queries.account(gone).telephones, queries.by_telephone(telephone(2)))
    assert before == after and queries.selves(kept) == [kept]
    assert queries.merges() == []


def test_who_was_merged_signs_in_as_the_one_that_is_kept(clerks):
    kept, gone = enter(), enter("石小工", 2)
    sign_in = actions.begin(gone, "Android")
    merge = actions.propose_merge("m", kept, gone, "本人说的", clerks[0])
    actions.confirm_merge(merge.id, clerks[1])
    assert actions.come_back(gone, sign_in, "a" * 32) is None
    actions.recognise(kept, "a" * 32, "Android")
    assert actions.prove_device(kept, "a" * 32, gone)


def test_a_list_meets_the_one_that_is_kept(clerks):
    kept = enter(papers=(("id", identity_number(1)),))
    gone = enter("石小工", 2, papers=(("id", identity_number(2)),))
    actions.confirm_merge(actions.propose_merge("m", kept, gone, "换过证", clerks[0]).id, clerks[1])
    told = actions.enter_people([NewMember(2, "石小工", street(), (("id", identity_number(2)),))], UUID(int=3), None)
    assert (told.new, told.known, told.changed) == (0, 1, 0)


def test_what_cannot_be_merged_is_refused(clerks):
    first, second, _stranger = clerks
    kept, gone, third = enter(), enter("石小工", 2), enter("石小工", 3)
    assert refused(actions.propose_merge, "a", kept, kept, "x", first)
    assert refused(actions.propose_merge, "b", kept, gone, " ", first)
    assert "staff" in refused(actions.propose_merge, "c", kept, first, "x", first)
    with pytest.raises(Unseen):
        actions.propose_merge("d", kept, UUID(int=1), "x", first)
    merge = actions.propose_merge("e", kept, gone, "x", first)
    assert actions.propose_merge("e", kept, gone, "x", first).id == merge.id
    assert "proposed already" in refused(actions.propose_merge, "f", third, gone, "x", first)
    actions.confirm_merge(merge.id, second)
    assert refused(actions.propose_merge, "g", third, gone, "x", first)
    assert "Others" in refused(actions.propose_merge, "h", third, kept, "x", first)


def test_the_database_lets_nobody_confirm_her_own_merge(clerks):
    merge = actions.propose_merge("m", enter(), enter("石小工", 2), "x", clerks[0])
    with door.errand("members"), pytest.raises(IntegrityError), transaction.atomic():
        Merge.objects.filter(id=merge.id).update(confirmed_by=clerks[0])
