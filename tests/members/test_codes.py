"""Signing in by telephone: every number is answered alike; a code serves once; a number is no identity."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from baiying.kit import door, messages, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.members import actions, queries
from baiying.members.actions import NewMember
from baiying.members.models import Code, Device, Person, SignIn, Telephone
from tests.members.figures import street, telephone

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
TOKEN = "a" * 32


@pytest.fixture
def sent(monkeypatch) -> list[tuple[str, str]]:
    """What goes out: (telephone, code)."""
    out: list[tuple[str, str]] = []
    monkeypatch.setattr(messages, "send", lambda phone, text: out.append((phone, re.findall(r"\d{6}", text)[0])))
    return out


def refused(call, *given) -> Refusal:
    with override("en"), pytest.raises(Refusal) as told:
        call(*given)
    return told.value


def known(turn: int = 1, name: str = "石小工") -> UUID:
    return actions.enter_person(f"k{turn}{name}", NewMember(1, name, street(), telephone=telephone(turn)), UUID(int=9))


def test_a_code_brings_the_person_of_the_telephone_and_proves_it(sent):
    person = known()
    proved = actions.prove_code(actions.send_code("010-0000-0001"), f" {sent[0][1][:3]} {sent[0][1][3:]} ")
    assert [one.id for one in proved.people] == [person] and sent[0][0] == telephone(1)
    assert actions.person_of(proved, person).id == person
    with door.errand("members"):
        assert Telephone.objects.get(person=person).proved_at is not None


def test_a_new_number_makes_a_person_only_after_the_code(sent):
    with door.errand("members"):
        before = Person.objects.count()
        actions_before = Code.objects.count()
    asked = actions.send_code(telephone(2))
    with door.errand("members"):
        assert Person.objects.count() == before and Code.objects.count() == actions_before + 1
    made = actions.person_of(actions.prove_code(asked, sent[0][1]))
    assert made.login is None and queries.telephones(made.id) == [telephone(2)]


def test_known_and_unknown_numbers_cost_the_same_statements(sent):
    known(1)
    counts = []
    for turn in (1, 2):
        with CaptureQueriesContext(connection) as asked:
            actions.send_code(telephone(turn))
        counts.append([re.sub(r"'[^']*'|_x[0-9]+", "", one["sql"])[:60] for one in asked.captured_queries])
    assert counts[0] == counts[1] and len(sent) == 2


def test_a_code_serves_once(sent):
    asked = actions.send_code(telephone(1))
    actions.prove_code(asked, sent[0][1])
    assert refused(actions.prove_code, asked, sent[0][1]).sentence


def test_a_code_is_over_after_five_minutes(sent):
    with moment.frozen(MORNING):
        asked = actions.send_code(telephone(1))
    with moment.frozen(MORNING + timedelta(minutes=5)):
        late = refused(actions.prove_code, asked, sent[0][1])
    with moment.frozen(MORNING + timedelta(minutes=4, seconds=59)):
        assert actions.prove_code(asked, sent[0][1]).telephone == telephone(1)
    assert "五分钟" in late.sentence


def test_after_five_wrong_tries_the_right_code_does_not_open_either(sent):
    asked = actions.send_code(telephone(1))
    wrong = "000000" if sent[0][1] != "000000" else "111111"
    sentences = {refused(actions.prove_code, asked, wrong).sentence for _ in range(actions.codes.TRIES)}
    sentences.add(refused(actions.prove_code, asked, sent[0][1]).sentence)
    assert len(sentences) == 1


def test_a_code_opens_only_what_asked_for_it(sent):
    mine, _theirs = actions.send_code(telephone(1)), actions.send_code(telephone(2))
    assert refused(actions.prove_code, mine, sent[1][1]) and refused(actions.prove_code, UUID(int=5), sent[0][1])


def test_codes_to_one_number_are_few_and_another_number_still_gets_one(sent):
    with moment.frozen(MORNING):
        for _ in range(actions.codes.SENT_HERE):
            actions.send_code(telephone(1), "198.51.100.1")
        assert refused(actions.send_code, telephone(1), "198.51.100.1").status == 429
        assert actions.send_code(telephone(2), "198.51.100.1")
    assert len(sent) == actions.codes.SENT_HERE + 1


def test_codes_to_one_number_in_a_day_are_counted_from_wherever_they_are_asked(sent):
    for turn in range(actions.codes.SENT_A_DAY + 1):
        with moment.frozen(MORNING + timedelta(minutes=16 * turn)):
            if turn < actions.codes.SENT_A_DAY:
                actions.send_code(telephone(1), f"198.51.100.{turn}")
            else:
                assert refused(actions.send_code, telephone(1), "198.51.100.99").status == 429


@pytest.mark.parametrize("typed", ["", "   ", "abc", "1.38E+10", "110", "\x00", "'; DROP TABLE members_person; --"])
def test_what_is_no_telephone_gets_no_code(sent, typed):
    assert refused(actions.send_code, typed).sentence and not sent


def test_neither_code_nor_telephone_lies_readable_in_the_table(sent):
    actions.send_code(telephone(1))
    with door.errand("members"), connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(c::text, '') FROM members_code c")
        told = cursor.fetchone()[0]
    assert telephone(1) not in told and sent[0][1] not in told
    assert not Code.objects.exists()


def test_a_number_with_several_people_lets_her_say_who_she_is(sent):
    first, second = known(1), known(1, "路远行")
    proved = actions.prove_code(actions.send_code(telephone(1)), sent[0][1])
    assert {one.id for one in proved.people} == {first, second}
    assert actions.of_ticket(actions.ticket(proved)).people == proved.people
    assert actions.person_of(proved, second).id == second
    assert actions.person_of(proved, None).id not in (first, second)
    assert refused(actions.person_of, proved, UUID(int=3))


def test_the_dead_and_those_switched_off_are_reached_by_nobody(sent):
    person = known()
    actions.note_death(person, MORNING.date(), UUID(int=9))
    assert actions.prove_code(actions.send_code(telephone(1)), sent[0][1]).people == ()


def trusted(person: UUID, sign_in: UUID) -> bool:
    found = actions.come_back(person, sign_in, TOKEN)
    assert found is not None
    return found[1]


def test_a_device_is_trusted_only_after_a_query_code_of_her_own():
    person, stranger = known(1), known(2, "路远行")
    with moment.frozen(MORNING):
        actions.recognise(person, TOKEN, "Android")
        sign_in = actions.begin(person, "Android")
        assert not trusted(person, sign_in)
        assert not actions.prove_device(person, TOKEN, stranger) and not actions.prove_device(person, TOKEN, None)
        assert not actions.prove_device(person, "b" * 32, person) and not trusted(person, sign_in)
        assert not actions.prove_device(person, "", person) and not actions.prove_device(person, "a" * 999, person)
        assert actions.come_back(person, sign_in, "a" * 9999) is not None
        assert actions.prove_device(person, TOKEN, person) and trusted(person, sign_in)


def test_half_a_year_of_silence_makes_a_device_a_stranger():
    person = known()
    with moment.frozen(MORNING):
        actions.recognise(person, TOKEN, "Android")
        actions.prove_device(person, TOKEN, person)
    used, silent = MORNING + timedelta(days=182), MORNING + timedelta(days=182 + 183)
    with moment.frozen(used):
        assert trusted(person, actions.begin(person, "Android"))  # and by that it counts as used
    with moment.frozen(silent - timedelta(days=1)):
        sign_in = actions.begin(person, "Android")
        device = Device.objects.filter(person=person)
        with door.errand("members"):
            assert device.get().last_seen == used
        assert trusted(person, sign_in)
    with moment.frozen(silent + timedelta(days=182)):
        assert not trusted(person, actions.begin(person, "Android"))
        actions.recognise(person, TOKEN, "Android")
        assert not trusted(person, actions.begin(person, "Android"))


def test_one_browser_is_trusted_by_her_who_proved_it_and_not_by_the_next():
    person, next_one = known(1), known(2, "路远行")
    for one in (person, next_one):
        actions.recognise(one, TOKEN, "Android")
    actions.prove_device(person, TOKEN, person)
    assert not trusted(next_one, actions.begin(next_one, "Android"))


def test_a_device_that_was_taken_back_is_a_stranger_even_when_she_signs_in_again():
    person = known()
    device = actions.recognise(person, TOKEN, "Android")
    actions.prove_device(person, TOKEN, person)
    actions.end_device(person, device.id)
    actions.recognise(person, TOKEN, "Android")
    assert not trusted(person, actions.begin(person, "Android"))
    with pytest.raises(Unseen):
        actions.end_device(known(2, "路远行"), device.id)


def test_sessions_are_listed_and_ended_one_and_all():
    person, other = known(1), known(2, "路远行")
    first, second, third = (actions.begin(person, word) for word in ("Android", "iPhone", "Windows"))
    assert {one.words for one in queries.account(person).sessions} == {"Android", "iPhone", "Windows"}
    with pytest.raises(Unseen):
        actions.end_session(other, first)
    actions.end_session(person, first)
    assert actions.visit(first, person) is None and actions.visit(second, person) is not None
    assert actions.visit(second, other) is None
    assert actions.end_sessions(person, third) == 1 and actions.visit(third, person) is not None
    assert actions.come_back(person, second, TOKEN) is None


def test_what_is_long_over_is_swept(sent):
    with moment.frozen(MORNING):
        actions.begin(known(), "Android")
        actions.send_code(telephone(1))
    with moment.frozen(MORNING + timedelta(days=31)):
        assert actions.sweep() == 2 and not SignIn.objects.exists()
