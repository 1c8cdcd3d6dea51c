"""Accounts: signing in tells nobody who has one; a telephone is sealed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.db import connection, transaction
from django.utils.translation import override

from baiying.kit import door, moment
from baiying.kit.errors import Refusal
from baiying.members import actions, queries
from baiying.members.actions import accounts
from baiying.members.models import Person, Telephone

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick(settings: Any) -> None:
    """A hasher that costs nothing; that both paths cost the same is tested by counting."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    accounts._nobody.clear()


def new(key: str = "k", login: str = "mei.youren", **more: str) -> actions.NewPerson:
    return actions.NewPerson(key=key, login=login, name="梅有人", **more)


def refused(login: str, password: str) -> str:
    with override("en"), pytest.raises(Refusal) as told:
        actions.sign_in(login, password)
    with override("en"):
        return told.value.sentence


def test_login_and_password_open_and_the_login_may_be_typed_in_capitals() -> None:
    person = actions.add_person(new(password="correct horse"))
    assert actions.sign_in(" Mei.Youren ", "correct horse") == person


def test_an_unknown_login_and_a_wrong_password_share_one_sentence() -> None:
    person = actions.add_person(new(password="correct horse"))
    wrong = refused("mei.youren", "battery staple")
    assert refused("nobody.here", "battery staple") == wrong
    actions.switch_off(person)
    assert refused("mei.youren", "correct horse") == wrong


def test_an_unknown_login_costs_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    actions.add_person(new(password="correct horse"))
    accounts._nobodys_password()
    worked: list[str] = []
    verify = hashers.MD5PasswordHasher.verify

    def counted(self: hashers.MD5PasswordHasher, password: str, encoded: str) -> bool:
        worked.append(encoded.split("$")[0])
        return verify(self, password, encoded)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "verify", counted)
    refused("mei.youren", "x")
    refused("nobody.here", "x")
    assert len(worked) == 2 and worked[0] == worked[1] == "md5"


def test_an_account_without_a_password_opens_with_nothing() -> None:
    actions.add_person(new())
    refused("mei.youren", "")
    refused("mei.youren", "None")


def test_too_many_tries_are_told_to_wait_and_may_try_again_later() -> None:
    actions.add_person(new(password="correct horse"))
    with moment.frozen(MORNING):
        for _ in range(actions.TRIES):
            refused("mei.youren", "x")
        assert "wait" in refused("mei.youren", "correct horse").lower()
    with moment.frozen(MORNING.replace(minute=30)):
        assert actions.sign_in("mei.youren", "correct horse")


def test_tries_on_another_login_do_not_shut_hers() -> None:
    actions.add_person(new(password="correct horse"))
    with moment.frozen(MORNING):
        for _ in range(actions.TRIES + 1):
            refused("other.login", "x")
        assert actions.sign_in("mei.youren", "correct horse")


def test_the_same_key_twice_is_one_account_and_a_taken_login_is_refused() -> None:
    assert actions.add_person(new()) == actions.add_person(new())
    with pytest.raises(Refusal):
        actions.add_person(new(key="another"))


@pytest.mark.parametrize("login", ["", "x", "Mei", "mei youren", "梅有人", "a" * 65, "-mei"])
def test_a_login_of_other_signs_is_refused(login: str) -> None:
    with pytest.raises(Refusal), transaction.atomic():
        actions.add_person(new(login=login))


def test_a_telephone_is_sealed_masked_and_found_by_its_index_only() -> None:
    person = actions.add_person(new(telephone="010-0000-0299"))
    shown = queries.telephones_shown(person.id)
    assert len(shown) == 1 and shown[0].endswith("0299") and "*" in shown[0]
    assert queries.by_telephone("010 0000 0299") == [person]
    with door.errand("members"), connection.cursor() as cursor:
        cursor.execute("SELECT p::text || t::text FROM members_person p JOIN members_telephone t ON t.person_id = p.id "
                       "WHERE p.id = %s", [person.id])
        assert "0299" not in cursor.fetchone()[0]
    assert queries.telephones_shown(actions.add_person(new(key="z", login="wu.dianhua")).id) == []


def test_who_has_not_opened_a_door_sees_no_telephone() -> None:
    actions.add_person(new(telephone="010-0000-0299"))
    assert not Telephone.objects.exists()


def test_a_new_password_opens_and_the_old_one_does_not() -> None:
    person = actions.add_person(new(password="old horse"))
    actions.set_password(person, "new horse")
    assert actions.sign_in("mei.youren", "new horse") == person
    refused("mei.youren", "old horse")


def test_no_field_of_a_person_tells_of_attitude_or_belief() -> None:
    assert {field.name for field in Person._meta.get_fields() if not field.auto_created} == {
        "id", "login", "name", "password", "active", "key", "text_only", "died_on", "guarded_until", "guardian_sealed",
        "merged_into", "batch",
    }  # fmt: skip


def test_whoever_signs_in_often_with_the_right_password_is_never_shut_out() -> None:
    actions.add_person(new(password="correct horse"))
    with moment.frozen(MORNING):
        for _ in range(actions.TRIES + 2):
            assert actions.sign_in("mei.youren", "correct horse", "10.0.0.9")
