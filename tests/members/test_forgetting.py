"""When the last reason to know somebody is gone, what is known of her goes a year later, and not a day before."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from baiying.kit import door, erasures, moment
from baiying.members import actions
from baiying.members.actions import forgetting
from baiying.members.models import Membership, Paper, Person, Telephone
from tests.members import figures

DAY = datetime(2026, 3, 2, 12, 0, tzinfo=moment.SHANGHAI)
YEAR = timedelta(days=365)


@pytest.fixture
def member(db):
    """Somebody who is a member, with telephone and paper."""
    with moment.frozen(DAY):
        row = actions.NewMember(line=1, name="石小工", unit_id=figures.street(), telephone=figures.telephone(1),
                                papers=(("id18", figures.identity_number(1)),), since=date(2026, 1, 1))
        return actions.enter_person("k", row, figures_by())


def figures_by():
    return Person.objects.exclude(login=None).values_list("id", flat=True)[0]


def known(person_id) -> tuple[str, bool, int, int]:
    with door.errand("members"):
        person = Person.objects.get(id=person_id)
        return (person.name, person.key is not None, Telephone.objects.filter(person=person_id).count(),
                Paper.objects.filter(person=person_id).count())


def forgotten_at(when, person_id) -> bool:
    with moment.frozen(when):
        forgetting.forget_gone()
    return known(person_id)[0] == ""


def test_a_member_is_known_while_she_is_one_and_for_a_year_after(member):
    assert not forgotten_at(DAY + 5 * YEAR, member)
    with moment.frozen(DAY):
        actions.end_membership(member, figures.street(), date(2026, 3, 2), figures_by())
    assert not forgotten_at(DAY + YEAR - timedelta(days=1), member)
    assert forgotten_at(DAY + YEAR + timedelta(days=1), member)
    assert known(member) == ("", False, 0, 0)
    with door.errand("members"):
        assert Membership.objects.filter(person=member, number="").exists(), "the row stays and counts, naming nobody"
    assert ("person", erasures.hashed("person", member)) in erasures.names([erasures.path()])


def test_who_died_is_wiped_a_year_later_and_her_name_with_it(member):
    with moment.frozen(DAY):
        actions.note_death(member, date(2026, 3, 1), figures_by())
    assert not forgotten_at(DAY + YEAR - timedelta(days=2), member)
    assert forgotten_at(DAY + YEAR + timedelta(days=1), member)


def test_two_rows_that_are_one_person_go_together_or_not_at_all(member):
    with moment.frozen(DAY):
        row = actions.NewMember(line=1, name="石小工", unit_id=figures.other(), telephone=figures.telephone(2),
                                since=date(2026, 1, 1))
        again = actions.enter_person("k2", row, figures_by())
        actions.end_membership(again, figures.other(), date(2026, 3, 2), figures_by())
        with door.errand("members"):
            Person.objects.filter(id=again).update(merged_into=member)
    assert not forgotten_at(DAY + 2 * YEAR, again), "she is a member under the other row"
    with moment.frozen(DAY):
        actions.end_membership(member, figures.street(), date(2026, 3, 2), figures_by())
    assert forgotten_at(DAY + 2 * YEAR, again) and known(member)[0] == ""


def test_a_case_that_is_kept_is_a_reason_of_a_higher_app(member, monkeypatch):
    with moment.frozen(DAY):
        actions.end_membership(member, figures.street(), date(2026, 3, 2), figures_by())
    monkeypatch.setattr(forgetting, "_reasons", [lambda people: frozenset({member})])
    assert not forgotten_at(DAY + 2 * YEAR, member)


def test_staff_keep_their_names_while_they_hold_a_post_and_three_years_after(member):
    with moment.frozen(DAY):
        forgetting.forget_gone()
    assert known(figures_by())[0] != ""
