"""Two people press at the same moment, on two connections: one is granted, and no budget falls below zero."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection

from baiying.kit import door, moment
from baiying.kit.errors import Refusal
from baiying.ledger import queries
from baiying.ledger.actions import Share, Whom, grant, hold, make_batch, promise, release
from baiying.ledger.marks import budget_id
from tests.ledger.books import BANK, HER, SERVICE, YEAR, fund, granted, keeper, ours, stands, stranger, theirs, what

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture
def noon():
    with moment.frozen(NOON):
        yield


def together(*deeds) -> list[object]:
    """Each deed on a connection of its own; all have opened their transaction before the first one goes on."""
    gate = threading.Barrier(len(deeds), timeout=30)

    def one(deed) -> object:
        try:
            with moment.frozen(NOON):
                return deed(gate)
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(one, deed) for deed in deeds]]


def test_one_ends_a_promise_and_one_has_none_and_neither_waits_for_ever(committed_db, noon):
    """Two requests of one person at one moment: money was kept free for the one, for the other there was too little."""
    fund(100)
    with door.open(stranger()):
        kept = promise("p", what(None), [Share(ours(), 60)])

    def with_promise(gate) -> UUID:
        with door.open(stranger()):
            hold([budget_id(ours(), SERVICE, YEAR)])
            release("p", kept)
            gate.wait()
            time.sleep(0.3)  # so that the other one stands where it can
            return grant("a", what(HER), [Share(ours(), 60)], payee=BANK)

    def without(gate) -> UUID:
        with door.open(stranger()):
            gate.wait()
            return grant("b", what(HER), [Share(ours(), 40)], payee=BANK)

    found = together(with_promise, without)
    assert [type(one).__name__ for one in found] == ["UUID", "Twice"]
    assert stands() == (0, 60, 0, 40)


def approve(key: str, whom: Whom, fen: int, *units: UUID):
    """One approval, as far as the gate; then the grant in the same transaction."""

    def deed(gate) -> UUID:
        with door.open(stranger()):
            gate.wait()
            return grant(key, what(whom), [Share(unit, fen) for unit in units], payee=BANK)

    return deed


def test_two_approvals_at_the_same_moment(committed_db, noon):
    fund(100)
    fund(100, theirs())
    found = together(*(approve(f"a{n}", HER, 10, ours()) for n in range(3)))
    assert sorted(type(one).__name__ for one in found) == ["Twice", "Twice", "UUID"]
    with door.open(stranger()):
        assert len(queries.used(SERVICE, HER)) == 1
    assert stands() == (0, 10, 0, 90)

    # Of three grants of 40 two fit into what is left; the sums are those of the lines.
    found = together(*(approve(f"b{n}", Whom((UUID(int=10 + n),)), 40, ours()) for n in range(3)))
    assert sorted(type(one).__name__ for one in found) == ["Spent", "UUID", "UUID"]
    assert stands() == (0, 90, 0, 10)

    # Matching shares in either order block nobody.
    found = together(
        approve("c1", Whom((UUID(int=21),)), 5, ours(), theirs()),
        approve("c2", Whom((UUID(int=22),)), 5, theirs(), ours()),
    )
    assert all(isinstance(one, UUID) for one in found) and stands() == (0, 100, 0, 0)

    # The same form twice at the same moment is one grant.
    fund(100, key="more")
    found = together(*(approve("same", Whom((UUID(int=31),)), 7, ours()) for _ in range(2)))
    assert found[0] == found[1] and stands() == (0, 107, 0, 93)

    # Two batches at the same moment: each grant is in one of them.
    def batch(key: str):
        def deed(gate) -> int:
            gate.wait()
            return make_batch(keeper(9), key, ours()).count

        return deed

    granted(1, 1)
    waiting = len(queries.waiting(keeper(9)))
    found = together(batch("x"), batch("y"))
    assert [one for one in found if one == waiting] and len([one for one in found if isinstance(one, Refusal)]) == 1
