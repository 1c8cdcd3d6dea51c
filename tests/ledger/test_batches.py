"""Batches: four eyes, a file for the bank, results that are read twice and count once."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from baiying.cases.queries.reading import LOOKS, WHYS
from baiying.kit import door, log, moment
from baiying.kit.errors import Refusal, Unseen
from baiying.ledger import queries
from baiying.ledger.actions import (
    BadResults,
    NotOpen,
    NotReleased,
    SamePerson,
    To,
    Waits,
    counter,
    drop_batch,
    export,
    make_batch,
    put_payee,
    release_batch,
    take_results,
)
from baiying.ledger.models import Batch, Item, Payee
from baiying.ledger.words import Why
from tests.ledger.books import BANK, fund, granted, keeper, ours, stands, stranger

pytestmark = pytest.mark.django_db
RIGHT = To("安小满", "6222999900001111", "某银行")
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(db):
    with moment.frozen(NOON):
        fund()
        yield


def out(number: str) -> list[list[str]]:
    """The rows of the bank's file."""
    return [row.split(",") for row in export(keeper(10), number).decode("gb18030").splitlines()]


def back(number: str, *results: str) -> bytes:
    """The same file as the bank gives it back: a result a row, in the order of the file."""
    head, *rows = out(number)
    filled = [[*row[:5], result, ""] for row, result in zip(rows, results, strict=True)]
    return "\r\n".join(",".join(row) for row in [head, *filled]).encode("gb18030")


def released(key: str = "b") -> Batch:
    batch = make_batch(keeper(9), key, ours())
    release_batch(keeper(10), batch.number)
    return batch


def test_who_made_a_batch_does_not_release_it():
    granted(1)
    batch = make_batch(keeper(9), "b", ours())
    with pytest.raises(SamePerson):
        release_batch(keeper(9), batch.number)
    with pytest.raises(NotReleased):
        export(keeper(9), batch.number)
    with pytest.raises(DatabaseError, match="four_eyes"), transaction.atomic(), door.open(keeper(9)):
        Batch.objects.filter(id=batch.id).update(released_by=UUID(int=9), released_at=NOON)
    release_batch(keeper(10), batch.number)
    release_batch(keeper(10), batch.number)
    assert out(batch.number)[1][1:5] == ["安小满", "6222000011112222", "某银行", "10.00"]


def test_whoever_fetches_the_banks_file_is_noted_at_each_case_as_its_person_is_shown():
    case = UUID(int=77)
    granted(1, case=case)
    batch = released()
    with door.errand("ledger"):
        door.look_at(case)
        assert "ledger.exported" not in {line.verb for line in log.lines_about(case)}
    export(keeper(9), batch.number)
    with door.errand("ledger"):
        door.look_at(case)
        (line,) = [one for one in log.lines_about(case) if one.verb in LOOKS]
    assert line.who == str(UUID(int=9)) and line.payload["why"] in WHYS and line.payload["unit"] == str(ours())


def test_another_unit_sees_no_batch():
    granted(1)
    batch = make_batch(keeper(9), "b", ours())
    for deed in (release_batch, drop_batch, export):
        with pytest.raises(Unseen):
            deed(stranger(), batch.number)


def test_the_same_results_twice_pay_once():
    for turn in (1, 2, 3):
        granted(turn)
    batch = released()
    file = back(batch.number, "已付", "退回", "")
    first, second = (take_results(keeper(9), batch.number, file) for _ in range(2))
    assert (first.paid, first.bounced, first.known) == (1, 1, 0)
    assert (second.paid, second.bounced, second.known) == (0, 0, 2)
    assert stands() == (0, 30_00, 10_00, 70_00)


def test_what_bounced_can_be_paid_again_and_what_was_paid_cannot():
    granted(1)
    granted(2)
    first = released()
    with pytest.raises(Refusal):
        make_batch(keeper(9), "while it runs", ours())
    second = out(first.number)[2]
    take_results(keeper(9), first.number, back(first.number, "已付", "退回"))
    with pytest.raises(Refusal):
        make_batch(keeper(9), "to the same wrong account", ours())
    (bounced,) = queries.waiting(keeper(9))
    assert bounced.bounced and not bounced.known
    put_payee(keeper(9), bounced.line.id, RIGHT)
    again = released("again")
    assert again.count == 1 and out(again.number)[1][2] == RIGHT.account
    assert out(first.number)[2] == second, "what went to the bank is what it was"
    with door.open(keeper(9)):
        assert [one.nth for one in Payee.objects.filter(line=bounced.line).order_by("nth")] == [1, 2]
    with pytest.raises(Waits):
        put_payee(keeper(9), bounced.line.id, BANK)
    take_results(keeper(9), again.number, back(again.number, "已付"))
    with pytest.raises(NotOpen):
        put_payee(keeper(9), bounced.line.id, BANK)
    assert stands() == (0, 20_00, 20_00, 80_00)
    late = back(first.number, "已付", "已付")
    with pytest.raises(BadResults, match="反弹|bounced|退回"):
        take_results(keeper(9), first.number, late)
    assert stands() == (0, 20_00, 20_00, 80_00)


def test_the_database_itself_lets_a_grant_into_one_open_batch_only():
    made = granted(1)
    first = make_batch(keeper(9), "b", ours())
    with door.open(keeper(9)):
        other = Batch.objects.get(id=first.id)
        other.id, other.number = UUID(int=5), "ABCDEFGHJK"
        other.save(force_insert=True)
        for turn in (1, 2, 3):
            with pytest.raises(DatabaseError, match="waits in another batch"), transaction.atomic():
                Item(id=UUID(int=6), batch=other, unit_id=ours(), line_id=made, turn=turn, fen=1, ref="X").save(
                    force_insert=True
                )


def test_what_was_paid_and_comes_back_later_is_open_again():
    granted(1)
    batch = released()
    take_results(keeper(9), batch.number, back(batch.number, "已付"))
    assert stands()[2] == 10_00
    take_results(keeper(9), batch.number, back(batch.number, "退回"))
    assert stands()[2] == 0 and len(queries.waiting(keeper(9))) == 1


def test_a_dropped_batch_leaves_everything_to_the_next_one():
    granted(1)
    batch = make_batch(keeper(9), "b", ours())
    drop_batch(keeper(9), batch.number)
    with pytest.raises(NotReleased):
        release_batch(keeper(10), batch.number)
    assert released("next").count == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("10.00", "10.01"),
        lambda text: text.replace("已付", "也许"),
        lambda text: text + "ABCDEFGHJK,x,1,b,10.00,已付,",
        lambda text: text + "\r\n" + text.splitlines()[1].replace("已付", "退回"),
        lambda text: text.replace("结果", "备注"),
        lambda text: text.replace("10.00", "十元"),
    ],
    ids=["sum", "word", "unknown", "both", "heads", "no sum"],
)
def test_a_file_that_does_not_fit_is_refused_whole(change):
    granted(1)
    granted(2)
    batch = released()
    text = back(batch.number, "已付", "已付").decode("gb18030") + "\r\n"
    with pytest.raises(Refusal):
        take_results(keeper(9), batch.number, change(text).encode("gb18030"))
    assert stands()[2] == 0


def test_what_waits_in_a_batch_is_not_taken_back_and_what_was_paid_only_after_it_bounced():
    made = granted(1)
    batch = released()
    with door.open(stranger()), pytest.raises(Waits):
        counter("c", made, Why.WRONG_SUM)
    take_results(keeper(9), batch.number, back(batch.number, "已付"))
    with door.open(stranger()), pytest.raises(Refusal):
        counter("c", made, Why.WRONG_SUM)
    take_results(keeper(9), batch.number, back(batch.number, "退回"))
    with door.open(stranger()):
        counter("c", made, Why.WRONG_SUM)
    assert stands() == (0, 0, 0, 100_00)


def test_a_payee_goes_with_the_case_and_the_line_stays():
    from baiying.ledger.actions import forget_case

    case = UUID(int=77)
    granted(1, case=case)
    with door.errand("retention"):
        forget_case(case)
    with door.open(keeper()):
        assert not Payee.objects.exists() and len(queries.lines_of(case)) == 1
    assert stands()[1] == 10_00


def test_without_an_account_nothing_is_paid_and_an_account_can_be_put_right():
    made = granted(1, payee=None)
    with pytest.raises(Refusal):
        make_batch(keeper(9), "b", ours())
    put_payee(keeper(9), made, BANK)
    put_payee(keeper(9), made, BANK)
    assert released().count == 1
    with pytest.raises(Unseen):
        put_payee(stranger(), made, BANK)
