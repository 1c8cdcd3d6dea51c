"""Whatever is done in whatever order: the sum of lines is the balance, no budget falls below zero, and a bank's file
taken once or many times pays once."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baiying.kit import door, moment
from baiying.kit.errors import Refusal
from baiying.ledger import queries
from baiying.ledger.actions import (
    Share,
    To,
    Whom,
    ask_back,
    counter,
    decide_back,
    export,
    grant,
    make_batch,
    promise,
    put_payee,
    release,
    release_batch,
    take_results,
)
from baiying.ledger.models import Line
from baiying.ledger.words import Kind, Why
from tests.ledger.books import BANK, fund, keeper, ours, stands, stranger, what

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
SPENDS, PAYS = {Kind.PROMISE, Kind.RELEASE, Kind.GRANT, Kind.REDEEM, Kind.COUNTER}, {Kind.PAY, Kind.BOUNCE}

DEED = st.tuples(
    st.sampled_from(["fund", "promise", "grant", "release", "from", "counter", "batch", "paid", "bounced", "again",
                     "account", "back", "agree"]),
    st.integers(-3, 40),
    st.integers(0, 5),
)


class Books:
    """What was done so far, by name; each deed is tried, and refused whole or done whole."""

    def __init__(self) -> None:
        self.promises: list[UUID] = []
        self.grants: list[UUID] = []
        self.batches: list[str] = []
        self.files: list[tuple[str, bytes]] = []
        self.turn = 0

    def do(self, verb: str, fen: int, pick: int) -> None:
        self.turn += 1
        key, who = f"k{self.turn}", what(Whom((UUID(int=3000 + pick),)), period=f"2026-{pick}")
        if verb == "fund":
            fund(fen, key=key)
        elif verb in ("batch", "paid", "bounced", "again"):
            self.pay(verb, key, pick)
        elif verb in ("account", "back", "agree"):
            self.correct(verb, fen, pick)
        else:
            with door.open(stranger()):
                self.decide(verb, key, who, fen, pick)

    def decide(self, verb, key, who, fen, pick) -> None:
        if verb == "promise":
            self.promises.append(promise(key, who, [Share(ours(), max(fen, 1))]))
        elif verb == "release" and self.promises:
            release(key, self.promises[pick % len(self.promises)])
        elif verb in ("grant", "from"):
            held = self.promises[pick % len(self.promises)] if verb == "from" and self.promises else None
            self.grants.append(grant(key, who, [Share(ours(), max(fen, 0))], payee=BANK, promise_id=held))
        elif verb == "counter" and self.grants:
            one = self.grants[pick % len(self.grants)]
            counter(key, one, Why.WRONG_SUM, None if pick else {one: max(fen, 0)})

    def correct(self, verb, fen, pick) -> None:
        """An account is put right; a grant is asked back; somebody else agrees."""
        if not self.grants:
            return
        one = self.grants[pick % len(self.grants)]
        if verb == "account":
            put_payee(keeper(9), one, To("安小满", f"62220000{pick}"))
            return
        with door.open(keeper(9)):
            number = Line.objects.get(id=one).number
        if verb == "back":
            ask_back(keeper(9), number, Why.WRONG_SUM, "金额写错了", fen if pick else None)
        else:
            decide_back(keeper(10), number, agreed=fen > 0)

    def pay(self, verb, key, pick) -> None:
        if verb == "batch":
            number = make_batch(keeper(9), key, ours()).number
            release_batch(keeper(10), number)
            self.batches.append(number)
        elif verb == "again" and self.files:
            number, file = self.files[pick % len(self.files)]
            take_results(keeper(9), number, file)
        elif self.batches:
            number = self.batches[pick % len(self.batches)]
            word = {"paid": "已付", "bounced": "退回"}.get(verb, "已付")
            head, *rows = export(keeper(9), number).decode("gb18030").splitlines()
            chosen = [row[:-2] + f",{word}," for row in rows[: pick + 1]]
            file = "\r\n".join([head, *[row.replace(",,,", ",,") for row in chosen]]).encode("gb18030")
            self.files.append((number, file))
            take_results(keeper(9), number, file)


def check() -> None:
    """The books as they must be, reckoned from the lines alone."""
    with door.open(keeper()):
        lines = list(Line.objects.filter(budget__isnull=False).order_by("seq"))
    totals = {"fund": 0, "promised": 0, "granted": 0, "paid": 0}
    for line in lines:
        name = (
            "fund"
            if line.kind == Kind.FUND
            else "paid"
            if line.kind in PAYS
            else "promised"
            if line.kind in (Kind.PROMISE, Kind.RELEASE)
            else "granted"
        )
        totals[name] += line.fen
        left = totals["fund"] - totals["promised"] - totals["granted"]
        assert (line.promised, line.granted, line.paid, line.left) == (
            totals["promised"],
            totals["granted"],
            totals["paid"],
            left,
        )
        assert left >= 0 and 0 <= totals["paid"] <= totals["granted"]
    if lines:
        assert stands() == (totals["promised"], totals["granted"], totals["paid"], lines[-1].left)
    of: dict[UUID, list[Line]] = {}
    for line in lines:
        of.setdefault(line.of_id or line.id, []).append(line)
    for about in of.values():
        assert (
            0
            <= sum(one.fen for one in about if one.kind in PAYS)
            <= sum(one.fen for one in about if one.kind in SPENDS)
            or about[0].kind == Kind.FUND
        )
    live = [one for one in queries.used("union.trial.relief", Whom((UUID(int=3000),)))] if lines else []
    assert len({one.period for one in live}) == len(live)


def run(deeds) -> int:
    """Do them one after another; gives how many were done."""
    books, done = Books(), 0
    for deed in deeds:
        try:
            books.do(*deed)
            done += 1
        except Refusal:
            pass
    return done


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(DEED, min_size=8, max_size=25))
def test_the_sum_of_lines_is_the_balance_and_no_budget_falls_below_zero(deeds):
    with moment.frozen(NOON), transaction.atomic():
        fund(60)
        run(deeds)
        with transaction.atomic():
            check_inside()
        transaction.set_rollback(True)


def check_inside() -> None:
    with door.open(keeper()):
        pass
    check()


@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(["已付", "退回", ""]), min_size=1, max_size=5), st.integers(2, 4))
def test_every_batch_replayed_pays_once(results, times):
    with moment.frozen(NOON), transaction.atomic():
        fund(1000)
        with door.open(stranger()):
            for turn in range(len(results)):
                grant(f"g{turn}", what(Whom((UUID(int=4000 + turn),))), [Share(ours(), 10 + turn)], payee=BANK)
        number = make_batch(keeper(9), "b", ours()).number
        release_batch(keeper(10), number)
        head, *rows = export(keeper(9), number).decode("gb18030").splitlines()
        filled = [",".join([*row.split(",")[:5], word, ""]) for row, word in zip(rows, results, strict=True)]
        file = "\r\n".join([head, *filled]).encode("gb18030")
        paid = sum(round(float(row.split(",")[4]) * 100) for row in filled if "已付" in row)
        for _ in range(times):
            take_results(keeper(9), number, file)
            assert stands()[2] == paid
        assert len(queries.waiting(keeper(9))) == results.count("退回")
        transaction.set_rollback(True)
