"""A grant is taken back, or lessened, by two people: counter-lines, never an edit."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from baiying.kit import door, moment, news
from baiying.kit.errors import Refusal, Unseen
from baiying.ledger import queries
from baiying.ledger.actions import (
    CORRECTED,
    NotOpen,
    SameCorrector,
    Share,
    Twice,
    Waits,
    Whom,
    ask_back,
    decide_back,
    forget_case,
    grant,
    make_batch,
    release_batch,
)
from baiying.ledger.models import Correction, Line
from baiying.ledger.words import Kind, Why
from tests.ledger.books import BANK, HER, fund, granted, keeper, ours, stands, stranger, theirs, what

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
WORDS = "照今年的办法应是六元, 多给的四元收回。"


@pytest.fixture(autouse=True)
def noon(db):
    with moment.frozen(NOON):
        fund()
        yield


def number_of(line: UUID) -> str:
    with door.open(keeper()):
        return Line.objects.get(id=line).number


def test_one_asks_with_a_reason_another_agrees_and_the_first_line_stays_as_it_was(monkeypatch):
    heard: list[UUID | None] = []
    monkeypatch.setattr(news, "tell", lambda name, **facts: heard.append(facts["case"]) if name == CORRECTED else None)
    number = number_of(granted(1, case=UUID(int=5)))
    with pytest.raises(Refusal, match="."):
        ask_back(keeper(9), number, Why.WRONG_SUM, "  ", 4_00)
    for _ in range(2):
        ask_back(keeper(9), number, Why.WRONG_SUM, WORDS, 4_00)
    assert stands() == (0, 10_00, 0, 90_00), "nothing is taken while one alone wants it"
    with pytest.raises(SameCorrector):
        decide_back(keeper(9), number, agreed=True)
    decide_back(keeper(10), number, agreed=True)
    seen = queries.grant_of(keeper(), number)
    assert [(one.kind, one.fen) for one in seen.lines] == [(Kind.GRANT, 10_00), (Kind.COUNTER, -4_00)]
    assert (seen.given, seen.left, seen.open) == (10_00, 6_00, None) and seen.past[0].words == WORDS
    assert stands() == (0, 6_00, 0, 94_00) and heard == [UUID(int=5)]
    with pytest.raises(Unseen):
        decide_back(keeper(10), number, agreed=True)


def test_taken_back_wholly_frees_person_rule_and_period():
    with door.open(stranger()):
        made = grant("a", what(HER), [Share(ours(), 10_00)], payee=BANK)
        with pytest.raises(Twice), transaction.atomic():
            grant("b", what(HER), [Share(ours(), 10_00)])
    number = number_of(made)
    ask_back(keeper(9), number, Why.WRONG_PERSON, WORDS)
    decide_back(keeper(10), number, agreed=True)
    assert queries.grant_of(keeper(), number).taken_back
    with door.open(stranger()):
        grant("b", what(HER), [Share(ours(), 10_00)])
    with pytest.raises(NotOpen):
        ask_back(keeper(9), number, Why.WRONG_PERSON, WORDS)


def test_what_stands_in_a_batch_and_more_than_stands_is_refused_whole():
    number = number_of(granted(1))
    with pytest.raises(NotOpen):
        ask_back(keeper(9), number, Why.WRONG_SUM, WORDS, 10_01)
    ask_back(keeper(9), number, Why.WRONG_SUM, WORDS, 4_00)
    with pytest.raises(Refusal):
        ask_back(keeper(10), number, Why.RULE, WORDS)
    release_batch(keeper(10), make_batch(keeper(9), "b", ours()).number)
    with pytest.raises(Waits):
        decide_back(keeper(10), number, agreed=True)
    assert queries.grant_of(keeper(), number).open is not None and stands() == (0, 10_00, 0, 90_00)


def test_whoever_asked_may_let_it_be_and_nothing_is_taken():
    number = number_of(granted(1))
    ask_back(keeper(9), number, Why.WRONG_SUM, WORDS, 4_00)
    decide_back(keeper(9), number, agreed=False)
    assert queries.grant_of(keeper(), number).open is None and stands() == (0, 10_00, 0, 90_00)
    with pytest.raises(Unseen):
        ask_back(keeper(9, theirs()), number, Why.WRONG_SUM, WORDS)


def test_of_matching_shares_each_gives_back_as_it_bears():
    fund(unit=theirs(), key="theirs")
    with door.open(stranger()):
        line = grant("m", what(Whom((UUID(int=7),))), [Share(ours(), 5_01), Share(theirs(), 5_01)])
    number = number_of(line)
    ask_back(keeper(9, theirs()), number, Why.WRONG_SUM, WORDS, 4_01)
    decide_back(keeper(10, theirs()), number, agreed=True)
    assert sorted((stands()[1], stands(theirs())[1])) == [3_00, 3_01]


def test_the_database_keeps_four_eyes_and_what_was_asked(noon):
    number = number_of(granted(1, case=UUID(int=5)))
    ask_back(keeper(9), number, Why.WRONG_SUM, WORDS, 4_00)
    with door.open(keeper(9)):
        found = Correction.objects.filter(asked_by=UUID(int=9))
        for change in ({"fen": 1}, {"agreed": True, "decided_by": UUID(int=9), "decided_at": NOON}, {"sealed": b"x"}):
            with pytest.raises(DatabaseError), transaction.atomic():
                found.update(**change)
    with door.errand("retention"):
        forget_case(UUID(int=5))
    assert queries.grant_of(keeper(), number).asked[0].words == ""
