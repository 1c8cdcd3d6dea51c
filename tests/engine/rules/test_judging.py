"""One person, one rule: the answer clause by clause, and what is missing."""

from __future__ import annotations

from datetime import date

import pytest

from baiying.engine.rules import Answer
from baiying.engine.rules.language import NUMBER_MOST, answer

from .made import SAID, judged

AGE = f'[[who]]\nfact = "person.age"\nat_least = 60\n{SAID}'
WORK = f'[[who]]\nfact = "person.in_work"\nis = true\n{SAID}'


def test_a_rule_is_met_when_every_clause_is_and_tells_each_one() -> None:
    found = judged(AGE + WORK, {"person.age": 61, "person.in_work": False})
    assert found.answer is Answer.NO
    assert [one.answer for one in found.clauses] == [Answer.YES, Answer.NO]
    assert found.clauses[1].requirement.otherwise == "不行。"
    assert judged(AGE + WORK, {"person.age": 60, "person.in_work": True}).answer is Answer.YES


def test_what_nobody_told_is_not_known_and_is_named_and_a_sure_no_asks_for_nothing() -> None:
    open_ = judged(AGE + WORK, {"person.age": 61})
    assert open_.answer is Answer.UNKNOWN and open_.missing == ("person.in_work",)
    assert judged(AGE + WORK, {"person.age": 61, "person.in_work": None}).missing == ("person.in_work",)
    no = judged(AGE + WORK, {"person.age": 59})
    assert no.answer is Answer.NO and no.missing == ()


@pytest.mark.parametrize(
    ("how", "sure", "settled"),
    [
        ("any", {"person.in_work": True}, Answer.YES),
        ("all", {"person.in_work": False}, Answer.NO),
        ("none", {"person.in_work": True}, Answer.NO),
    ],
)
def test_a_group_is_settled_by_one_sure_member_and_otherwise_open(
    how: str, sure: dict[str, bool], settled: Answer
) -> None:
    text = (
        f'[[who]]\n{how} = [{{ fact = "person.in_work", is = true }}, {{ fact = "home.homes", at_least = 2 }}]\n{SAID}'
    )
    assert judged(text, sure).answer is settled
    other = {"person.in_work": not sure["person.in_work"]}
    assert judged(text, other).answer is Answer.UNKNOWN
    assert judged(text, other).missing == ("home.homes",)


@pytest.mark.parametrize(
    ("test", "value", "said"),
    [
        ("at_least = 2", 2, True),
        ("at_least = 2", 1, False),
        ("at_most = 2", 2, True),
        ("at_most = 2", 3, False),
        ("above = 2", 2, False),
        ("above = 2", 3, True),
        ("below = 2", 2, False),
        ("below = 2", 1, True),
        ("between = [2, 4]", 2, True),
        ("between = [2, 4]", 4, True),
        ("between = [2, 4]", 5, False),
        ("is = 2", 2, True),
        ("is = 2", 3, False),
        ("at_least = 2", NUMBER_MOST + 1, None),
        ("at_least = 2", "two", None),
        ("at_least = 2", True, None),
    ],
)
def test_a_number_is_compared_at_its_very_edge(test: str, value: int, said: bool | None) -> None:
    found = judged(f'[[who]]\nfact = "home.homes"\n{test}\n{SAID}', {"home.homes": value})
    assert found.answer is answer(said)


@pytest.mark.parametrize(
    ("test", "value", "said"),
    [
        ('any_of = ["工资", "工时"]', {"工时", "工伤"}, True),
        ('any_of = ["工资"]', {"工伤"}, False),
        ('any_of = ["工资"]', set(), False),
        ('has = ["工资", "工时"]', {"工资", "工时", "工伤"}, True),
        ('has = ["工资", "工时"]', {"工资"}, False),
    ],
)
def test_a_set_touches_or_holds_a_list(test: str, value: set[str], said: bool) -> None:
    found = judged(f'[[who]]\nfact = "claim.issues"\n{test}\n{SAID}', {"claim.issues": frozenset(value)})
    assert found.answer is answer(said)


def test_a_line_out_of_its_validity_and_one_that_nobody_filled_ask_a_person_and_are_never_zero() -> None:
    text = f'[[who]]\nfact = "home.left"\nbelow = "@dibao"\n{SAID}'
    assert judged(text, {"home.left": 144_999}).answer is Answer.YES
    assert judged(text, {"home.left": 145_000}).answer is Answer.NO
    over = judged(text, {"home.left": 1}, date(2026, 12, 1))
    assert over.answer is Answer.UNKNOWN and over.open.lines == ("dibao",) and over.missing == ()
    above = f'[[who]]\nfact = "home.left"\nabove = "@empty"\n{SAID}'
    assert judged(above, {"home.left": 1}).open.lines == ("empty",)
    assert judged(text.replace("@dibao", "@dibao_double"), {"home.left": 289_999}).answer is Answer.YES
    assert judged(text.replace("@dibao", "@dibao_double"), {"home.left": 290_000}).answer is Answer.NO


def test_a_share_of_another_fact_is_reckoned_in_whole_numbers() -> None:
    text = f'[[who]]\nfact = "home.bill"\nof = "home.income"\nabove = 0.8\n{SAID}'
    assert judged(text, {"home.bill": 80, "home.income": 100}).answer is Answer.NO
    assert judged(text, {"home.bill": 8_001, "home.income": 10_000}).answer is Answer.YES
    for bill, income in ((101, 100), (0, 0), (-1, 100)):
        assert judged(text, {"home.bill": bill, "home.income": income}).answer is Answer.UNKNOWN
    assert judged(text, {"home.bill": 1}).missing == ("home.income",)


BANDS = f"""
[[band]]
name = "deep"
label = "深度"
label_en = "Deep"
when = [{{ fact = "home.left", below = 100 }}]
[[band]]
name = "less"
label = "相对"
label_en = "Less"
when = [{{ fact = "home.homes", below = 2 }}]
[[who]]
fact = "case.band"
in = ["deep", "less"]
{SAID}"""


def test_the_first_band_that_holds_is_hers_and_an_open_one_is_no_harm_where_all_left_are_good() -> None:
    assert judged(BANDS, {"home.left": 99, "home.homes": 0}).band == "deep"
    assert judged(BANDS, {"home.left": 100, "home.homes": 1}).band == "less"
    none = judged(BANDS, {"home.left": 100, "home.homes": 2})
    assert none.band == "" and none.answer is Answer.NO
    either = judged(BANDS, {"home.homes": 1})
    assert either.band == "" and either.band_open.facts == ("home.left",) and either.answer is Answer.YES
    open_ = judged(BANDS, {"home.homes": 2})
    assert open_.answer is Answer.UNKNOWN and open_.missing == ("home.left",)


def test_whose_rule_it_is_not_is_told_no_and_for_a_child_the_facts_are_the_childs() -> None:
    text = f'for = ["child", "parent"]\n[[who]]\nfact = "person.age"\nbelow = 18\n{SAID}'
    assert judged(text, {"person.age": 7}).answer is Answer.NO
    assert judged(text, {"person.age": 7}, subject="child").answer is Answer.YES
    assert judged(text, {"person.age": 70}, subject="parent").answer is Answer.NO


@pytest.mark.parametrize(
    ("window", "on", "open_"),
    [
        ("opens = 2026-11-23\ncloses = 2026-11-24", date(2026, 11, 23), True),
        ("opens = 2026-11-23\ncloses = 2026-11-24", date(2026, 11, 24), True),
        ("opens = 2026-11-23\ncloses = 2026-11-24", date(2026, 11, 25), False),
        ("opens = 2026-11-24", date(2026, 11, 23), False),
        ('opens = "02-01"\ncloses = "02-29"', date(2026, 2, 28), True),
        ('opens = "02-01"\ncloses = "02-29"', date(2026, 3, 1), False),
        ('opens = "12-15"\ncloses = "01-15"', date(2026, 1, 15), True),
        ('opens = "12-15"\ncloses = "01-15"', date(2026, 1, 16), False),
    ],
)
def test_outside_its_window_one_is_entitled_and_cannot_have_it_now(window: str, on: date, open_: bool) -> None:
    found = judged(f"[window]\n{window}\n", {}, on)
    assert found.answer is Answer.YES and found.now is answer(open_)


def test_a_round_is_open_when_somebody_opened_it() -> None:
    text = "[window]\nround = true\n"
    assert judged(text, {}).now is Answer.UNKNOWN
    assert judged(text, {"round.open": True}).now is Answer.YES
    mine = {"round.open": True, "round.open:services/union.test.toml": False}
    assert judged(text, mine).now is Answer.NO
