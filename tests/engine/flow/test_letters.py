"""Letters filled in, and answers as a person reads them; numbers and money as people type them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baiying.engine import flow
from baiying.engine.flow import Ask, Closing, Letter, Matter, Option, Refused
from tests.engine.flow.real import matters

PAID = Ask("paid", "欠多少钱", "How much is owed", "money", "P2")
DAYS = Ask("days", "欠几天", "How many days", "number", "P2")
KIND = Ask("kind", "哪几项", "Which", "choices", "P2", options=(Option("工资", "Wages"), Option("社保", "Insurance")))


def letter(text: str) -> Matter:
    asks = {one.key: one for one in (PAID, DAYS, KIND)}
    return Matter("union.a.b", "讨薪", "", "union", "P2", {}, Closing("?", "?"), asks,
                  {"x": Letter("x", "信", "", ("hrss",), text)})  # fmt: skip


def test_a_letter_is_filled_in_and_what_is_missing_is_a_line_to_write_on():
    text = "{name}: {matter} {number}, {ask.paid}, {ask.kind}, {ask.days}天。{unit} {today}"
    today = datetime.date(2026, 3, 2)
    values = {"number": "K7", "ask.paid": 1234550, "ask.kind": ("工资", "社保"), "today": today, "name": ""}
    assert flow.letter_text(letter(text), "x", values) == (
        "________: 讨薪 K7, 12,345.50元, 工资、社保, ________天。________ 2026年3月2日"
    )


@given(st.text(alphabet="{}askpid. 名\n", max_size=30))
@settings(deadline=None)
def test_no_value_can_bring_in_another_placeholder(said):
    told = flow.letter_text(letter("<{name}>{number}"), "x", {"name": said, "number": "K7"})
    assert told == f"<{said or flow.BLANK}>K7"


LETTERS = [(matter, key) for matter in matters() for key in matter.letters]


@pytest.mark.parametrize("one", LETTERS, ids=lambda one: f"{one[0].key}.{one[1]}")
def test_every_real_letter_is_filled_in_without_a_brace_left(one):
    matter, key = one
    told = flow.letter_text(matter, key, {})
    assert not {"{", "}"} & set(told)
    assert told.count(flow.BLANK) >= len(set(flow.placeholders(matter.letters[key].text)) - {"matter"})


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("1200", 120000), ("1,200.5", 120050), ("￥１２００．０５", 120005), ("1200元", 120000), ("0", 0), ("0.01", 1)],
)
def test_money_is_typed_in_yuan_and_kept_in_fen(typed, fen):
    assert flow.read_answer(PAID, typed) == fen


@given(st.integers(0, 10**12), st.integers(0, 99))
@settings(deadline=None)
def test_money_that_is_shown_reads_back_as_itself(yuan, fen):
    value = yuan * 100 + fen
    assert flow.read_answer(PAID, flow.answer_text(PAID, value)) == value


@pytest.mark.parametrize("slip", ["大约一千", "1.234", "-5", "1e9", "12.3.4", "9" * 14])
def test_what_is_no_money_is_a_sentence(slip):
    with pytest.raises(Refused) as refused:
        flow.read_answer(PAID, slip)
    assert "欠多少钱" in refused.value.zh and "How much" in refused.value.en


def test_a_number_is_whole():
    assert (flow.read_answer(DAYS, "12"), flow.read_answer(DAYS, 12), flow.read_answer(DAYS, " ")) == (12, 12, None)
    with pytest.raises(Refused, match="whole"):
        flow.read_answer(DAYS, "1.5")


def test_an_answer_is_shown_in_the_readers_language():
    assert flow.answer_text(KIND, ("工资", "社保"), english=True) == "Wages, Insurance"
    assert (flow.answer_text(PAID, 100), flow.answer_text(PAID, 105, english=True)) == ("1元", "1.05 yuan")
    assert flow.answer_text(Ask("a", "", "", "yesno", "P2"), False) == "否"
