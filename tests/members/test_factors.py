"""The second factor of staff: each code once, each secret sealed, lost ones reset by somebody else alone."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baiying.kit import door, messages, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.members import actions, queries
from baiying.members.actions import NewPerson
from baiying.members.models import Factor, Person
from tests.members.authenticator import Passkey, code_of
from tests.members.figures import telephone

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 1, 1, 0, 7, tzinfo=UTC)
HALF_MINUTE = timedelta(seconds=30)


@pytest.fixture(autouse=True)
def quick(request: Any) -> None:
    request.getfixturevalue("settings").PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def person() -> Person:
    return actions.add_person(NewPerson("k", "mei.youren", "梅有人", "correct horse staple", telephone(5)))


def refused(call, *given) -> str:
    with override("en"), pytest.raises(Refusal) as told:
        call(*given)
    with override("en"):
        return told.value.sentence


def enrolled(person: Person, at: datetime = NOW) -> tuple[str, list[str]]:
    """She adds an authenticator at that moment; gives its secret and her backup codes."""
    with moment.frozen(at):
        secret = actions.begin_totp(person)
        return secret, actions.confirm_totp(person, code_of(secret, at))


def test_an_authenticator_counts_only_after_its_first_code(person):
    with moment.frozen(NOW):
        secret = actions.begin_totp(person)
        assert not queries.has_factor(person.id) and actions.pending_totp(person) == secret
        assert "does not fit" in refused(actions.confirm_totp, person, "000000")
        assert len(actions.confirm_totp(person, code_of(secret, NOW))) == 10
    assert queries.has_factor(person.id) and queries.account(person.id).backup_left == 10
    assert "already" in refused(actions.begin_totp, person)


def test_a_code_of_the_authenticator_serves_once_and_so_does_every_older_one(person):
    secret, _codes = enrolled(person)
    later = NOW + 2 * HALF_MINUTE
    with moment.frozen(later):
        assert actions.show_code(person, code_of(secret, later)) == "totp"
        assert refused(actions.show_code, person, code_of(secret, later))
        assert refused(actions.show_code, person, code_of(secret, later - HALF_MINUTE))
        assert actions.show_code(person, code_of(secret, later + HALF_MINUTE)) == "totp"


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_telephones_clock_may_be_half_a_minute_off(person, steps, fits):
    secret, _codes = enrolled(person)
    later = NOW + 10 * HALF_MINUTE
    with moment.frozen(later):
        code = code_of(secret, later + steps * HALF_MINUTE)
        if fits:
            assert actions.show_code(person, f"{code[:3]} {code[3:]}") == "totp"
        else:
            assert refused(actions.show_code, person, code)


def test_a_backup_code_serves_once_and_new_ones_end_the_old(person):
    _secret, codes = enrolled(person)
    with moment.frozen(NOW + timedelta(hours=1)):
        assert actions.show_code(person, codes[3].lower().replace("-", " ")) == "backup"
        assert refused(actions.show_code, person, codes[3])
        fresh = actions.new_backup_codes(person)
        assert refused(actions.show_code, person, codes[4]) and actions.show_code(person, fresh[0]) == "backup"
    assert queries.account(person.id).backup_left == 9


def test_six_digits_cannot_be_guessed_by_trying_on(person):
    secret, codes = enrolled(person)
    with moment.frozen(NOW + timedelta(hours=1)):
        for _ in range(actions.factors.TRIES):
            refused(actions.show_code, person, "000000")
        assert "five minutes" in refused(actions.show_code, person, codes[0])
    with moment.frozen(NOW + timedelta(hours=1, minutes=6)):
        assert actions.show_code(person, codes[0]) == "backup" and secret


def test_nobody_elses_code_opens(person):
    other = actions.add_person(NewPerson("o", "mei.bieren", "梅别人", "correct horse staple"))
    _secret, codes = enrolled(person)
    with moment.frozen(NOW + timedelta(hours=1)):
        assert refused(actions.show_code, other, codes[0])


def test_secrets_lie_sealed_and_unseen_without_her_door(person):
    secret, codes = enrolled(person)
    with door.errand("members"), connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(f::text, '') FROM members_factor f")
        told = cursor.fetchone()[0]
    assert base64.b32decode(secret).hex() not in told and secret not in told and codes[0].replace("-", "") not in told
    assert not Factor.objects.exists()


def test_a_passkey_is_made_and_shown(person):
    device = Passkey()
    options, state = actions.passkey_options(person, "testserver", "Baiying")
    assert len(actions.add_passkey(person, "testserver", "my telephone", state, device.create(dict(options)))) == 10
    asked = actions.challenge(person, "testserver")
    assert asked is not None
    answer = device.show(dict(asked[0]))
    assert actions.show_passkey(person, "testserver", asked[1], answer) == "passkey"
    again = actions.challenge(person, "testserver")
    assert again is not None
    assert "does not open" in refused(actions.show_passkey, person, "testserver", again[1], answer)


def test_a_passkey_is_added_once(person):
    device = Passkey()
    for turn in range(2):
        options, state = actions.passkey_options(person, "testserver", "Baiying")
        if turn:
            told = device.create(dict(options))
            assert "already" in refused(actions.add_passkey, person, "testserver", "", state, told)
        else:
            actions.add_passkey(person, "testserver", "", state, device.create(dict(options)))


def test_a_copied_passkey_is_noticed_by_its_count(person):
    device, copy = Passkey(), Passkey()
    options, state = actions.passkey_options(person, "testserver", "Baiying")
    actions.add_passkey(person, "testserver", "", state, device.create(dict(options)))
    for one, opens in ((device, True), (copy, False), (device, True)):
        asked = actions.challenge(person, "testserver")
        assert asked is not None
        if opens:
            assert actions.show_passkey(person, "testserver", asked[1], one.show(dict(asked[0])))
        else:
            assert refused(actions.show_passkey, person, "testserver", asked[1], one.show(dict(asked[0])))


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '{"id": 1}', '{"rawId": "AA", "response": {}}', "x" * 900])
def test_what_is_no_passkey_is_refused_with_a_sentence(person, answer):
    options, state = actions.passkey_options(person, "testserver", "Baiying")
    assert options and refused(actions.add_passkey, person, "testserver", "", state, answer).endswith(".")
    assert refused(actions.show_passkey, person, "testserver", state, answer).endswith(".")


def test_a_passkey_of_another_house_is_refused(person):
    options, state = actions.passkey_options(person, "testserver", "Baiying")
    answer = Passkey("elsewhere.test").create(dict(options))
    assert refused(actions.add_passkey, person, "testserver", "", state, answer)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_passkey_is_refused_with_a_sentence(person, data):
    options, state = actions.passkey_options(person, "testserver", "Baiying")
    told = json.loads(Passkey().create(dict(options)))
    plain = told["response"]["attestationObject"]
    cut = data.draw(st.integers(0, len(plain) // 2))
    told["response"]["attestationObject"] = plain[:cut] + data.draw(st.sampled_from(["", "A", "____", "\u4e00"]))
    assert refused(actions.add_passkey, person, "testserver", "", state, json.dumps(told)).endswith(".")


def test_removing_the_last_factor_takes_its_backup_codes_along(person):
    _secret, codes = enrolled(person)
    factor = queries.account(person.id).factors[0]
    with pytest.raises(Unseen):
        actions.remove_factor(actions.add_person(NewPerson("o", "mei.bieren", "梅别人")), factor.id)
    actions.remove_factor(person, factor.id)
    assert not queries.has_factor(person.id) and queries.account(person.id).backup_left == 0
    assert refused(actions.show_code, person, codes[0])


def test_a_lost_factor_is_reset_by_somebody_else_who_tells_her_and_ends_her_sessions(person, monkeypatch):
    sent: list[str] = []
    monkeypatch.setattr(messages, "send", lambda phone, text: sent.append(phone))
    enrolled(person)
    sign_in = actions.begin(person.id, "Android")
    assert "own" in refused(actions.reset_factors, person, person.id) and queries.has_factor(person.id)
    actions.reset_factors(person, UUID(int=9))
    assert not queries.has_factor(person.id) and sent == [telephone(5)]
    assert actions.visit(sign_in, person.id) is None


def strangers_try(login: str) -> None:
    for turn in range(actions.accounts.TRIES_EVERYWHERE + 1):
        with pytest.raises(Refusal):
            actions.sign_in(login, "wrong", f"198.51.100.{turn}")


def test_strangers_lock_out_neither_who_has_a_second_factor_nor_her_own_device(person):
    plain = actions.add_person(NewPerson("o", "mei.bieren", "梅别人", "correct horse staple"))
    enrolled(person)
    actions.recognise(plain.id, "a" * 32, "Android")
    with moment.frozen(NOW):
        strangers_try("mei.youren")
        strangers_try("mei.bieren")
        assert actions.sign_in("mei.youren", "correct horse staple", "203.0.113.1") == person
        assert actions.sign_in("mei.bieren", "correct horse staple", "203.0.113.1", "a" * 32) == plain
        assert "Too many" in refused(actions.sign_in, "mei.bieren", "correct horse staple", "203.0.113.2")
        assert refused(actions.sign_in, "mei.youren", "wrong", "203.0.113.3") == refused(
            actions.sign_in, "mei.bieren", "wrong", "203.0.113.3") == refused(
            actions.sign_in, "mei.bieren", "wrong", "203.0.113.3")


def test_an_invitation_opens_once_within_seven_days_and_makes_the_account_active(person):
    told = actions.invite("i", "mei.xinren", "梅新人", person.id, telephone(6))
    assert not told.person.active and queries.person(told.person.id) is None
    assert actions.invited(told.token).id == told.person.id
    assert "12" in refused(actions.accept_invitation, told.token, "short")
    accepted = actions.accept_invitation(told.token, "four good words here")
    assert accepted.active and actions.sign_in("mei.xinren", "four good words here") == accepted
    assert "used already" in refused(actions.accept_invitation, told.token, "another good password")


def test_an_invitation_ends_after_seven_days_and_when_a_new_one_is_sent(person):
    with moment.frozen(NOW):
        first = actions.invite("i", "mei.xinren", "梅新人", person.id)
        second = actions.invite_again(first.person, person.id)
        assert refused(actions.invited, first.token) and actions.invited(second.token)
    with moment.frozen(NOW + timedelta(days=7)):
        assert refused(actions.invited, second.token) == refused(actions.invited, "no link at all")


def test_inviting_the_same_twice_is_one_account_and_a_taken_login_is_refused(person):
    first = actions.invite("i", "mei.xinren", "梅新人", person.id)
    assert actions.invite("i", "mei.xinren", "梅新人", person.id).person == first.person
    assert refused(actions.invite, "j", "mei.youren", "梅新人", person.id)


def test_a_new_password_needs_the_old_one_and_ends_every_session(person):
    sign_in = actions.begin(person.id, "Android")
    assert refused(actions.change_password, person, "wrong", "four good words here")
    assert refused(actions.change_password, person, "correct horse staple", "mei.youren mei")
    assert refused(actions.change_password, person, "correct horse staple", "aaaaaaaaaaaaaaa")
    actions.change_password(person, "correct horse staple", "four good words here")
    assert actions.sign_in("mei.youren", "four good words here") == person
    assert actions.visit(sign_in, person.id) is None
