"""How much, how often, and what is left: in fen, with the edge of every number."""

from __future__ import annotations

from datetime import date

import pytest

from baiying.engine.rules import Answer, Facts

from .made import judged

BASIS = 'basis = "house"\n'
BILL = f'[[amount]]\nitem = "专项"\nshare = 0.06\nof = "home.bill"\nover = 1000\nleast = 300\nmost = 3000\n{BASIS}'
DAYS = f'[[amount]]\nitem = "津贴"\nvalue = 4000\neach = "stay.days"\nskip = 3\nmost_each = 180\n{BASIS}'


def total(text: str, facts: Facts, on: date = date(2026, 11, 23)) -> int | None:
    return judged(text, facts, on).total


@pytest.mark.parametrize(
    ("bill", "fen"),
    [(1_000, 0), (1_001, 300), (6_000, 300), (6_025, 302), (51_000, 3_000), (51_001, 3_000), (-1, 0)],
)
def test_a_share_of_a_bill_above_its_threshold_between_floor_and_cap(bill: int, fen: int) -> None:
    assert total(BILL, {"home.bill": bill}) == fen  # 6 % of 5,025 is 301.5: half a fen goes up


@pytest.mark.parametrize(("days", "fen"), [(0, 0), (3, 0), (4, 4_000), (10, 28_000), (183, 720_000), (184, 720_000)])
def test_units_are_paid_after_those_skipped_and_up_to_so_many(days: int, fen: int) -> None:
    assert total(DAYS, {"stay.days": days}) == fen


def test_what_cannot_be_reckoned_is_not_known_and_says_why_and_is_never_zero() -> None:
    found = judged(DAYS, {})
    assert found.total is None and found.amounts[0].open.facts == ("stay.days",)
    line = judged(f'[[amount]]\nitem = "给付"\nvalue = "@empty"\n{BASIS}', {})
    assert line.total is None and line.amounts[0].open.lines == ("empty",)
    past = f'[[amount]]\nitem = "给付"\nvalue = 100\nuntil = 2026-11-22\n{BASIS}'
    assert total(past, {}) is None and total(past, {}, date(2026, 11, 22)) == 100


def test_the_row_of_a_table_is_picked_by_facts_and_a_row_that_is_not_there_asks_a_person() -> None:
    text = f'[[amount]]\nitem = "助推"\nvalue = "@levels"\nrow = ["trade.level"]\n{BASIS}'
    assert total(text, {"trade.level": "二级"}) == 100_000
    assert judged(text, {}).amounts[0].open.facts == ("trade.level",)
    assert judged(text, {"trade.level": "三级"}).amounts[0].open.lines == ("levels",)


def test_of_amounts_for_one_item_the_first_that_holds_counts_and_items_add() -> None:
    text = (
        f'[[amount]]\nitem = "助推"\nvalue = 100\nwhen = [{{ fact = "person.in_work", is = true }}]\n{BASIS}'
        f'[[amount]]\nitem = "助推"\nvalue = 40\n{BASIS}'
        f'[[amount]]\nitem = "配套"\nshare = 1\nof = "amount.助推"\n{BASIS}'
        f'[[amount]]\nitem = "会费"\nvalue = 7\npayer = "asker"\n{BASIS}'
    )
    assert total(text, {"person.in_work": True}) == 200
    assert total(text, {"person.in_work": False}) == 80
    open_ = judged(text, {})
    assert [one.fen for one in open_.amounts] == [None, None, 7]
    assert open_.amounts[1].open.facts == ("person.in_work",)


def test_before_its_day_an_amount_does_not_hold() -> None:
    text = f'[[amount]]\nitem = "年费"\nvalue = 60\nsince = 2026-11-24\n{BASIS}'
    assert judged(text, {}).amounts == ()
    assert total(text, {}, date(2026, 11, 24)) == 60


def test_instalments_are_the_whole_and_the_last_takes_what_rounding_left() -> None:
    paid = 'paid = [{ share = "1/3", at = "a" }, { share = "1/3", at = "b" }, { share = "1/3", payer = "区总" }]\n'
    found = judged(f'[[amount]]\nitem = "项目"\nvalue = 100\n{paid}{BASIS}', {}).amounts[0]
    assert [one.fen for one in found.payments] == [33, 33, 34]
    two = f'[[amount]]\nitem = "项目"\nvalue = 1\npaid = [{{ share = 0.5 }}, {{ share = 0.5 }}]\n{BASIS}'
    assert [one.fen for one in judged(two, {}).amounts[0].payments] == [1, 0]


def test_a_limit_is_used_up_in_the_order_in_which_items_are_first_written() -> None:
    text = (
        f'[[amount]]\nitem = "津贴"\nvalue = 60\nwhen = [{{ fact = "person.in_work", is = true }}]\n{BASIS}'
        f'[[amount]]\nitem = "配套"\nvalue = 70\n{BASIS}'
        f'[[amount]]\nitem = "津贴"\nvalue = 80\n{BASIS}'
        '[[limit]]\nmost = 100\nper = "year"\n'
    )
    for working, fen in ((True, {"津贴": 60, "配套": 40}), (False, {"津贴": 80, "配套": 20})):
        found = judged(text, {"person.in_work": working, "used.money_year": 0})
        assert {one.amount.item: one.fen for one in found.amounts} == fen


YEARLY = '[[limit]]\nmost = 720000\nper = "year"\n'


@pytest.mark.parametrize(("used", "fen"), [(0, 28_000), (710_000, 10_000), (720_000, 0), (800_000, 0)])
def test_a_limit_of_money_leaves_what_is_left(used: int, fen: int) -> None:
    found = judged(DAYS + YEARLY, {"stay.days": 10, "used.money_year": used})
    assert found.total == fen
    assert found.limits[0].left == max(0, 720_000 - used)
    assert found.now is (Answer.NO if used >= 720_000 else Answer.YES) and found.answer is Answer.YES


def test_what_was_used_is_asked_where_nobody_knows_it() -> None:
    found = judged(DAYS + YEARLY, {"stay.days": 10})
    assert found.total is None and found.now is Answer.UNKNOWN
    assert found.limits[0].open.facts == ("used.money_year",)


@pytest.mark.parametrize(
    ("limit", "facts", "now"),
    [
        ('times = 1\nper = "life"', {"used.times_life": 0}, Answer.YES),
        ('times = 1\nper = "life"', {"used.times_life": 1}, Answer.NO),
        ('times = 2\nper = "year"\nof = "household"', {"used.household_times_year": 1}, Answer.YES),
        ('times = 2\nper = "year"\nof = "household"', {"used.household_times_year": 2}, Answer.NO),
        ('not_with = "union.gym"\nper = "year"', {"used.times_year:union.gym": 1}, Answer.NO),
        ('not_with = "union.gym"\nper = "year"', {"used.times_year:union.gym": 0}, Answer.YES),
        (
            'times = 1\nper = "year"\nwhen = [{ fact = "person.in_work", is = true }]',
            {"used.times_year": 1, "person.in_work": False},
            Answer.YES,
        ),
        (
            'times = 1\nper = "year"\nwhen = [{ fact = "person.in_work", is = true }]',
            {"used.times_year": 1},
            Answer.UNKNOWN,
        ),
    ],
)
def test_who_had_it_is_still_entitled_and_cannot_have_it_now(limit: str, facts: Facts, now: Answer) -> None:
    found = judged(f"[[limit]]\n{limit}\n", facts)
    assert found.answer is Answer.YES and found.now is now
