"""One unit adds to what another one grants: up to its ceiling, out of its own budget, also when two press at once."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from baiying.kit import door, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.ledger import queries
from baiying.ledger.actions import (
    Capped,
    Plan,
    Share,
    Whom,
    counter,
    declare_matching,
    end_matching,
    grant,
    promise,
    release,
)
from baiying.ledger.models import Matching
from baiying.ledger.words import Why
from tests.ledger.books import BANK, DISTRICT, HER, SERVICE, YEAR, fund, keeper, ours, stands, stranger, theirs, what
from tests.ledger.test_concurrent import together

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture
def noon():
    with moment.frozen(NOON):
        yield


def declared(most: int = 100_00, per_hundred: int = 100, key: str = "m") -> UUID:
    """We add to what they grant."""
    return declare_matching(keeper(), key, DISTRICT, Plan(ours(), theirs(), SERVICE, YEAR, per_hundred, most))


def matched(key: str, fen: int, matching: UUID, more: int | None = None, whom: Whom = HER) -> UUID:
    """A grant of theirs with our share."""
    with door.open(stranger()):
        return grant(key, what(whom), [Share(theirs(), fen), Share(ours(), fen if more is None else more, matching)],
                     payee=BANK)  # fmt: skip


@pytest.mark.django_db
def test_both_sides_see_what_each_has_promised_granted_and_paid(noon):
    fund(100_00), fund(100_00, theirs())
    made = declared(60_00)
    assert declared(60_00) == made  # the same form twice
    with door.open(stranger()):
        (told,) = queries.additions(theirs(), SERVICE, 10_01, YEAR)
        assert (told.unit, told.fen, told.fits) == (ours(), 10_01, True)
        assert not queries.additions(ours(), SERVICE, 10_00, YEAR) and queries.additions(theirs(), "x", 1, YEAR) == []
        kept = promise("p", what(None, "2027"), [Share(theirs(), 20_00), Share(ours(), 20_00, made)])
    first = matched("g", 30_00, made)
    for unit in (ours(), theirs()):
        (seen,) = queries.matchings(keeper(9, unit))
        assert (seen.granting.promised, seen.granting.granted, seen.granting.paid) == (20_00, 30_00, 0)
        assert (seen.adding.promised, seen.adding.granted, seen.left) == (20_00, 30_00, 10_00)
        assert seen.own == (unit == ours())
    assert queries.matchings(stranger()) == []
    with door.open(stranger()):
        assert [one.fits for one in queries.additions(theirs(), SERVICE, 10_01, YEAR)] == [False]
        release("r", kept)
        counter("c", first, Why.WRONG_SUM)
        # A limit of the service in money counts what the service gives, not what is added.
        matched("h", 40_00, made, whom=HER)
        assert [one.fen for one in queries.used(SERVICE, HER)] == [40_00]
    (seen,) = queries.matchings(keeper())
    assert (seen.adding.promised, seen.adding.granted, seen.left) == (0, 40_00, 20_00)


@pytest.mark.django_db
def test_it_is_declared_by_who_pays_once_and_ends(noon):
    with pytest.raises(Refusal):
        declared()  # there is no budget of ours
    fund(100_00), fund(100_00, theirs())
    with pytest.raises(Unseen):
        declare_matching(keeper(9, theirs()), "m", DISTRICT, Plan(ours(), theirs(), SERVICE, YEAR, 100, 1))
    for plan in (
        Plan(ours(), ours(), SERVICE, YEAR, 100, 1),
        Plan(ours(), theirs(), SERVICE, YEAR, 0, 1),
        Plan(ours(), theirs(), SERVICE, YEAR, 1001, 1),
        Plan(ours(), theirs(), SERVICE, YEAR, 100, 0),
    ):
        with pytest.raises(Refusal):
            declare_matching(keeper(), "m", DISTRICT, plan)
    made = declared()
    with pytest.raises(Refusal):
        declared(50_00, key="another")
    (row,) = queries.matchings(keeper())
    with pytest.raises(Unseen):
        end_matching(keeper(9, theirs()), row.ref)
    end_matching(keeper(), row.ref)
    end_matching(keeper(), row.ref)
    with pytest.raises(Capped):
        matched("g", 10_00, made)
    with door.open(stranger()):
        assert queries.additions(theirs(), SERVICE, 10_00, YEAR) == []
    with pytest.raises(DatabaseError), door.open(keeper()), transaction.atomic():
        Matching.objects.update(most=1)
    assert declared(50_00, key="another") != made


@pytest.mark.django_db
def test_the_database_holds_the_ceiling_and_whose_money_it_is(noon):
    fund(100_00), fund(100_00, theirs())
    made = declared(10_00)
    for shares in (
        [Share(theirs(), 10_01), Share(ours(), 10_01, made)],  # beyond the ceiling
        [Share(ours(), 5_00), Share(theirs(), 5_00, made)],  # out of another one's budget
        [Share(ours(), 5_00, made)],  # added to nothing
    ):
        with pytest.raises(Capped), door.open(stranger()):
            grant("g", what(), shares, payee=BANK)
    assert stands() == (0, 0, 0, 100_00) and stands(theirs()) == (0, 0, 0, 100_00)


def test_of_two_approvals_at_the_same_moment_one_has_the_last_of_what_is_added(committed_db, noon):
    fund(100_00), fund(100_00, theirs())
    made = declared(14_00)

    def approve(key: str, whom: Whom):
        def deed(gate) -> UUID:
            with door.open(stranger()):
                gate.wait()
                return grant(key, what(whom), [Share(theirs(), 7_00), Share(ours(), 7_00, made)], payee=BANK)

        return deed

    # The same person at the same moment has one grant with one share; of two people one has the last of it.
    found = together(*(approve(f"a{n}", HER) for n in range(2)))
    assert sorted(type(one).__name__ for one in found) == ["Twice", "UUID"]
    found = together(*(approve(f"b{n}", Whom((UUID(int=40 + n),))) for n in range(2)))
    assert sorted(type(one).__name__ for one in found) == ["Capped", "UUID"]
    assert stands() == (0, 14_00, 0, 86_00) and stands(theirs()) == (0, 14_00, 0, 86_00)
