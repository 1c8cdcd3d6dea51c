"""Rates, drafts, powers, and the sentences people get."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext_lazy, override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baiying.kit import actions, door, draft, keys, moment, powers, queries, rate
from baiying.kit.errors import Misuse, Refusal, Unseen

NOON = datetime(2026, 5, 6, 4, 0, tzinfo=UTC)
relaxed = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.django_db
@relaxed
@given(st.integers(0, 5), st.integers(1, 90), st.lists(st.integers(0, 40), max_size=10))
def test_a_rate_allows_so_many_in_each_window(limit, seconds, steps):
    with moment.frozen(NOON + timedelta(days=1)):
        rate.sweep()  # what the example before left
    spent: dict[int, int] = {}
    at = NOON
    for step in steps:
        at += timedelta(seconds=step)
        window = int(at.timestamp()) // seconds
        spent[window] = spent.get(window, 0) + 1
        with moment.frozen(at):
            assert rate.allow("code", "k", limit, seconds) == (spent[window] <= limit)


@pytest.mark.django_db
def test_keys_and_purposes_are_counted_apart_and_not_stored_in_clear():
    with moment.frozen(NOON):
        assert rate.allow("code", "13800135678", 1, 60)
        assert not rate.allow("code", "13800135678", 1, 60)
        assert rate.allow("code", "13800135679", 1, 60)
        assert rate.allow("sign-in", "13800135678", 1, 60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM kit_rate")
        assert all(b"138" not in bytes(row[0]) and len(row[0]) == 32 for row in cursor.fetchall())


@pytest.mark.django_db
def test_a_known_and_an_unknown_key_cost_the_same_one_statement(django_assert_num_queries):
    for _ in range(2):
        with django_assert_num_queries(1):
            rate.allow("code", "same", 5, 60)


@pytest.mark.django_db
def test_ended_windows_are_swept_and_a_clock_that_goes_back_gives_nothing_away():
    with moment.frozen(NOON):
        rate.allow("code", "k", 1, 60)
        assert rate.sweep() == 0
    with moment.frozen(NOON - timedelta(minutes=5)):
        assert not rate.allow("code", "k", 1, 60)
    with moment.frozen(NOON + timedelta(minutes=2)):
        assert rate.sweep() == 1
        assert rate.allow("code", "k", 1, 60)


@pytest.mark.django_db
def test_a_rate_is_asked_before_the_door_is_opened():
    with door.open(door.Asker()), pytest.raises(Misuse):
        rate.allow("code", "k", 1, 60)


@pytest.mark.usefixtures("committed_db")
def test_the_count_stands_when_what_follows_fails():
    with moment.frozen(NOON):
        rate.allow("code", "k", 1, 60)
        with pytest.raises(ValueError), transaction.atomic():
            raise ValueError
        assert not rate.allow("code", "k", 1, 60)


@pytest.mark.django_db
@relaxed
@given(st.text(max_size=200), st.text(alphabet=st.characters(exclude_characters="\x00", exclude_categories=["Cs"]),
                                      max_size=30))
def test_a_draft_is_read_again_by_its_session_only(text, name):
    draft.keep("session-one", name, text)
    assert draft.read("session-one", name) == text
    assert draft.read("session-two", name) is None


@pytest.mark.django_db
def test_the_database_alone_opens_no_draft():
    draft.keep("mine", "request", "他打我")
    with connection.cursor() as cursor:
        cursor.execute("SELECT session, sealed FROM kit_draft")
        session, sealed = (bytes(value) for value in cursor.fetchone())
        assert b"mine" not in session
        assert "他打我".encode() not in sealed
        other = draft._session("other")
        cursor.execute("UPDATE kit_draft SET session = %s", [other])  # moved to a session whose key one holds
    assert draft.read("other", "request") is None
    assert draft.read("mine", "request") is None


@pytest.mark.django_db
def test_a_draft_moved_to_another_name_does_not_open_and_each_session_has_a_key_of_its_own(ring):
    draft.keep("mine", "request", "text")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kit_draft SET name = 'other'")
    assert draft.read("mine", "other") is None
    assert draft._key(ring.seed, "mine") != draft._key(ring.seed, "yours")


@pytest.mark.django_db
def test_drafts_are_replaced_dropped_and_swept():
    with moment.frozen(NOON):
        draft.keep("s", "a", "one")
        draft.keep("s", "a", "two")
        draft.keep("s", "b", "three")
        draft.keep("t", "b", "four")
        assert draft.read("s", "a") == "two"
        draft.drop("s", "a")
        assert (draft.read("s", "a"), draft.read("s", "b")) == (None, "three")
        draft.drop("s")
        assert (draft.read("s", "b"), draft.read("t", "b")) == (None, "four")
    with moment.frozen(NOON + timedelta(hours=25)):
        assert draft.sweep() == 1
    with pytest.raises(Refusal):
        draft.keep("s", "a", "字" * (draft.LIMIT + 1))


@pytest.mark.django_db
def test_a_draft_opens_after_a_rotation_and_is_gone_with_its_master_key(ring):
    draft.keep("s", "a", "one")
    keys.add_master()
    assert draft.read("s", "a") == "one"
    keys.drop_master(ring.current)
    assert draft.read("s", "a") is None


@pytest.fixture
def registry(monkeypatch):
    """A registry of powers for one test."""
    monkeypatch.setattr(powers, "_powers", {})
    powers.register("case.read", "read a case")
    powers.register("case.answer", "answer a case")


@pytest.mark.django_db
@pytest.mark.usefixtures("registry")
def test_roles_have_the_powers_they_were_given_and_default_is_no(django_assert_num_queries):
    assert actions.set_role_powers([("handler", "case.read"), ("handler", "case.answer"), ("lead", "case.read")]) == 3
    assert queries.powers_of(["handler"]) == {"case.read", "case.answer"}
    assert queries.powers_of(["lead", "stranger"]) == {"case.read"}
    assert queries.powers_of(["stranger"]) == queries.powers_of([]) == frozenset()
    for _ in range(2):  # the whole of it again, and twice is once
        actions.set_role_powers([("lead", "case.answer")])
    assert queries.powers_of(["handler"]) == frozenset()
    assert queries.powers_of(["lead"]) == {"case.answer"}


@pytest.mark.django_db
@pytest.mark.usefixtures("registry")
def test_a_power_that_nobody_asks_for_is_refused_with_all_its_kind_and_nothing_changes():
    actions.set_role_powers([("lead", "case.read")])
    with pytest.raises(Refusal) as told:
        actions.set_role_powers([("lead", "case.fly"), ("lead", "case.read"), ("lead", "case.dig")])
    assert "case.dig, case.fly" in told.value.sentence
    assert queries.powers_of(["lead"]) == {"case.read"}


@pytest.mark.usefixtures("committed_db", "registry")
def test_powers_are_read_once_in_a_while_and_what_was_rolled_back_is_not_remembered(django_assert_num_queries):
    actions.set_role_powers([("lead", "case.read")])
    with moment.frozen(NOON):
        queries.powers_of(["lead"])
        with django_assert_num_queries(0):
            assert queries.powers_of(["lead"]) == {"case.read"}
        with pytest.raises(ValueError), transaction.atomic():
            actions.set_role_powers([("lead", "case.answer")])
            assert queries.powers_of(["lead"]) == {"case.answer"}
            raise ValueError
        assert queries.powers_of(["lead"]) == {"case.read"}
    with moment.frozen(NOON + queries.FRESH_FOR), django_assert_num_queries(1):
        queries.powers_of(["lead"])


@pytest.mark.usefixtures("registry")
def test_a_power_has_one_plain_name_and_one_meaning():
    assert powers.register("case.read", "read a case").name == "case.read"
    assert list(powers.known()) == ["case.answer", "case.read"]
    with pytest.raises(Misuse):
        powers.register("case.read", "something else")
    with pytest.raises(Misuse):
        powers.register("Case Read", "read a case")


def test_a_refusal_is_translated_when_it_is_shown():
    refusal = Refusal(gettext_lazy("Yes"))
    with override("zh-hans"):
        assert refusal.sentence == "是"
    with override("en"):
        assert str(refusal) == "Yes"
    assert Refusal("%(n)d of 100%% %(what)s", n=3, what="x").sentence == "3 of 100% x"
    assert Refusal("100%").sentence == "100%"
    assert (refusal.status, Refusal("x", status=409).status, Unseen().status) == (400, 409, 404)


def test_all_that_is_unseen_gets_one_sentence():
    assert Unseen().sentence == Unseen().sentence
    with pytest.raises(TypeError):
        Unseen("case 7 is not yours")


@pytest.mark.django_db
def test_after_a_change_of_powers_that_was_rolled_back_they_are_kept_again():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.set_role_powers([("clerk", "case.list")])
        assert queries.powers_of(["clerk"]) == {"case.list"}
        raise ZeroDivisionError
    assert queries.powers_of(["clerk"]) == frozenset()
    with CaptureQueriesContext(connection) as asked:  # the line before has read them
        queries.powers_of(["clerk"])
    assert not asked.captured_queries
