"""Lines: what is promised, granted and taken back; budgets that never fall below zero; nobody paid twice."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from baiying.kit import door, moment
from baiying.kit.errors import Unseen
from baiying.ledger import access, queries
from baiying.ledger.actions import (
    NoBudget,
    NotOpen,
    Share,
    Spent,
    To,
    Twice,
    Whom,
    counter,
    grant,
    promise,
    release,
)
from baiying.ledger.models import Line
from baiying.ledger.words import Kind, Why
from tests.ledger.books import HER, HIM, SERVICE, fund, keeper, ours, stands, stranger, theirs, what

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(db):
    with moment.frozen(NOON):
        yield


def test_a_promise_keeps_money_free_and_a_grant_takes_it():
    fund()
    with door.open(stranger()):
        kept = promise("p", what(), [Share(ours(), 30_00)])
    assert stands() == (30_00, 0, 0, 70_00)
    with door.open(stranger()):
        grant("g", what(), [Share(ours(), 30_00)], promise_id=kept)
    assert stands() == (0, 30_00, 0, 70_00)


def test_the_same_key_twice_is_once():
    fund()
    fund()
    with door.open(stranger()):
        first = grant("g", what(), [Share(ours(), 30_00)])
    with door.open(stranger()):
        assert grant("g", what(), [Share(ours(), 30_00)]) == first
    assert stands() == (0, 30_00, 0, 70_00)
    with door.open(stranger()):
        counter("c", first, Why.WRONG_SUM)
    with door.open(stranger()):
        counter("c", first, Why.WRONG_SUM)
    assert stands() == (0, 0, 0, 100_00)


def test_a_promise_that_is_released_twice_frees_its_money_once():
    fund()
    with door.open(stranger()):
        kept = promise("p", what(), [Share(ours(), 30_00)])
        release("r", kept)
        release("r", kept)
        release("again", kept)
    assert stands() == (0, 0, 0, 100_00)


def test_a_budget_never_falls_below_zero():
    fund()
    with door.open(stranger()):
        grant("g", what(), [Share(ours(), 99_00)])
        with pytest.raises(Spent):
            grant("h", what(HIM), [Share(ours(), 1_01)])
        with pytest.raises(Spent):
            promise("p", what(HIM), [Share(ours(), 1_01)])
        grant("h", what(HIM), [Share(ours(), 1_00)])
    assert stands() == (0, 100_00, 0, 0)
    with pytest.raises(Spent):
        fund(-1, key="less")


def test_without_a_budget_nothing_is_granted():
    with door.open(stranger()), pytest.raises(NoBudget):
        grant("g", what(), [Share(ours(), 1)])


def test_person_rule_and_period_are_granted_once_and_again_when_taken_back():
    fund()
    with door.open(stranger()):
        first = grant("g", what(), [Share(ours(), 10_00)])
        with pytest.raises(Twice):
            grant("h", what(), [Share(ours(), 10_00)])
        grant("next year", what(period="2027"), [Share(ours(), 10_00)])
        counter("part", first, Why.WRONG_SUM, {first: 4_00})
        with pytest.raises(Twice):
            grant("h", what(), [Share(ours(), 10_00)])
        counter("c", first, Why.WRONG_PERSON)
        grant("h", what(), [Share(ours(), 10_00)])
    assert stands() == (0, 20_00, 0, 80_00)


def test_one_with_two_accounts_or_none_is_known_by_her_identity_number():
    fund()
    paper = b"\x07" * 32
    with door.open(stranger()):
        grant("g", what(Whom((), (paper,))), [Share(ours(), 10_00)])
        with pytest.raises(Twice):
            grant("h", what(Whom((UUID(int=5),), (paper,))), [Share(ours(), 10_00)])
        grant("i", what(Whom((UUID(int=5),))), [Share(ours(), 10_00)])
        with pytest.raises(Twice):
            grant("j", what(Whom((UUID(int=6), UUID(int=5)))), [Share(ours(), 10_00)])


def test_matching_shares_stand_in_two_budgets_and_go_together():
    fund()
    fund(5_00, theirs())
    with door.open(stranger()):
        with pytest.raises(Spent):
            grant("g", what(), [Share(ours(), 6_00), Share(theirs(), 6_00)])
        made = grant("g", what(), [Share(ours(), 5_00), Share(theirs(), 5_00)])
    assert stands() == (0, 5_00, 0, 95_00) and stands(theirs()) == (0, 5_00, 0, 0)
    with door.open(stranger()):
        assert [use.fen for use in queries.used(SERVICE, HER)] == [10_00]
        counter("c", made, Why.RULE)
        assert queries.used(SERVICE, HER) == []
        grant("again", what(), [Share(ours(), 1_00)])
    assert stands() == (0, 1_00, 0, 99_00) and stands(theirs()) == (0, 0, 0, 5_00)


def test_more_than_was_granted_is_never_taken_back():
    fund()
    with door.open(stranger()):
        made = grant("g", what(), [Share(ours(), 10_00)])
        with pytest.raises(NotOpen):
            counter("c", made, Why.WRONG_SUM, {made: 10_01})
        with pytest.raises(Unseen):
            counter("c", UUID(int=3), Why.WRONG_SUM)


def test_something_without_money_is_granted_once_too():
    with door.open(stranger()):
        made = grant("g", what(unit=ours()), [])
        with pytest.raises(Twice):
            grant("h", what(unit=ours()), [])
        assert len(queries.used(SERVICE, HER)) == 1
        counter("c", made, Why.NOT_WANTED)
        assert queries.used(SERVICE, HER) == []
        grant("h", what(unit=ours()), [])


def test_no_line_is_ever_changed_or_deleted():
    fund()
    with door.open(keeper()):
        for verb in ("UPDATE ledger_line SET fen = 1", "DELETE FROM ledger_line", "TRUNCATE ledger_line CASCADE"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(verb)


@pytest.mark.parametrize("table", ["ledger_line", "ledger_budget", "ledger_item"])
def test_not_even_the_owner_changes_a_line(owner_cursor, table):
    owner_cursor.execute(
        "SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE c.relname = %s AND tgname LIKE 'append_only%%' AND tgenabled = 'O'",
        [table],
    )
    assert owner_cursor.fetchone()[0] == 2


def test_a_line_holds_no_name_and_only_its_unit_sees_it():
    fund()
    case = UUID(int=77)
    with door.open(stranger()):
        made = grant("g", what(case=case), [Share(ours(), 10_00)], payee=To("安小满", "6222000011112222", "某银行"))
        assert queries.lines_of(case) == [] and access.payees([made]) == {}
    with door.open(keeper()):
        (line,) = queries.lines_of(case)
        (payee,) = access.payees([made])[made]
    told = repr({field.attname: getattr(line, field.attname) for field in Line._meta.concrete_fields})
    assert "安小满" not in told and "6222" not in told and str(HER.selves[0]) not in told
    assert "安小满".encode() not in bytes(payee.sealed) and b"6222" not in bytes(payee.sealed)
    assert line.kind == Kind.GRANT and line.unit_id == ours() and line.seq == 2
