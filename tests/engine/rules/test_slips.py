"""What cannot be expressed is refused when the file is read: all faults at once, with place and nearest word."""

from __future__ import annotations

import tomllib

import pytest

from baiying.engine.loader.lines import read_lines
from baiying.engine.loader.reading import read

from .made import LINES, SAID, faults, rule

# A whole rule with its examples; each slip takes the place of one part of it.
GOOD = """
[[who]]
fact = "person.age"
at_least = 60
otherwise = "不行。"
otherwise_en = "No."
basis = "house"

[[band]]
name = "deep"
label = "深"
label_en = "Deep"
when = [{ fact = "home.homes", below = 2 }]

[[band]]
name = "less"
label = "浅"
label_en = "Less"
when = [{ fact = "home.homes", at_least = 2 }]

[[amount]]
item = "慰问金"
value = 5000
each = "stay.days"
skip = 3
basis = "house"

[[limit]]
times = 1
per = "year"

[[example]]
says = "满60"
on = 2026-03-01
facts = { "person.age" = 60, "home.homes" = 1, "stay.days" = 5 }
gives = "yes"
amount = 10000
band = "deep"

[[example]]
says = "未满"
on = 2026-03-01
facts = { "person.age" = 59, "home.homes" = 2 }
gives = "no"

[[example]]
says = "不知道"
on = 2026-03-01
facts = { "home.homes" = 1 }
gives = "ask"
"""

# what stands there, the slip, then: code, place, nearest word
SLIPS = [
    ("skip = 3", "skipp = 3", "no_word", "amount[0].skipp", "skip"),
    ('fact = "person.age"', 'fact = "person.aeg"', "unknown", "who[0].fact", "person.age"),
    ("at_least = 60", 'at_least = "sixty"', "value_type", "who[0].at_least", ""),
    ("at_least = 60", "is = 60", "op_type", "who[0].is", ""),
    ("at_least = 60", 'within = "12 months"', "op_type", "who[0].within", ""),
    ("at_least = 60", "at_least = 60\nbelow = 70", "no_comparison", "who[0]", ""),
    ("at_least = 60", "between = [60, 50]", "backwards", "who[0].between", ""),
    ("at_least = 60", "at_least = -1", "out_of_range", "who[0].at_least", ""),
    ('otherwise = "不行。"\n', "", "missing", "who[0]", ""),
    ('otherwise_en = "No."\n', "", "missing", "who[0]", ""),
    ('basis = "house"\n\n[[band]]', 'basis = "hose"\n\n[[band]]', "unknown", "who[0].basis", "house"),
    ("at_least = 60", 'any = [{ fact = "person.in_work", is = true }]', "one_of", "who[0]", ""),
    ("at_least = 2 }", "at_least = 1 }", "overlap", "band[1].when", ""),
    ("at_least = 2 }", "at_least = 3 }", "gap", "band[1].when", ""),
    ("below = 2 }", 'below = "@dibaao" }', "unknown", "band[0].when[0].below", "dibao"),
    ("below = 2 }", 'below = "@dibao" }', "line_kind", "band[0].when[0].below", ""),
    ('fact = "home.homes", at_least = 2 }', 'fact = "case.band", is = "deep" }', "band_of_band", "band[1].when", ""),
    ('name = "less"', 'name = "deep"', "same_band", "band[1].name", ""),
    ("value = 5000", "value = 5000\nshare = 0.5", "one_of", "amount[0]", ""),
    ("value = 5000", "share = 0.5", "only_with", "amount[0].share", ""),
    ("value = 5000", 'share = 0\nof = "home.bill"', "no_part", "amount[0].share", ""),
    ('each = "stay.days"', 'each = "home.bill"', "fact_type", "amount[0].each", ""),
    ("value = 5000", "value = 5000\npaid = [{ share = 0.5 }, { share = 0.4 }]", "paid_whole", "amount[0].paid", ""),
    ("value = 5000", 'share = 1\nof = "amount.别的"', "no_item_above", "amount[0].of", ""),
    ('per = "year"', 'per = "yaer"', "no_choice", "limit[0].per", "year"),
    ("times = 1\n", "", "one_of", "limit[0]", ""),
    ("times = 1\n", 'not_with = "union.gim"\n', "unknown", "limit[0].not_with", "union.gym"),
    ("amount = 10000", "amount = 10001", "amount_other", "example[0].amount", ""),
    ('band = "deep"\n', 'band = "less"\n', "gives_other", "example[0].band", ""),
    ('gives = "no"', 'gives = "yes"', "gives_other", "example[1].gives", ""),
    ('"person.age" = 59', '"person.age" = 61', "gives_other", "example[1].gives", ""),
    ("[[limit]]", '[window]\nopens = "02-30"\ncloses = "03-01"\n[[limit]]', "wrong_type", "window.opens", ""),
    ("[[limit]]", "[window]\nround = false\n[[limit]]", "no_choice", "window.round", ""),
    ('"home.homes" = 1 }', '"home.homes" = 1, "used.times_yaer" = 0 }', "unknown", "example[2].facts.used.times_yaer",
     "used.times_year"),
    ('"home.homes" = 1 }', '"home.homes" = 1, "used.times_year:union.gim" = 0 }', "unknown",
     "example[2].facts.used.times_year:union.gim", "union.gym"),
    ("[[limit]]", '[places]\nby = "order"\n[[limit]]', "only_with", "places", ""),
    ("[[limit]]", '[places]\nby = "first"\nmemory = true\n[[limit]]', "only_with", "places.memory", ""),
    ("[[limit]]", '[[amount]]\nitem = "慰问金"\nvalue = 1\nbasis = "house"\n[[limit]]', "never_reached", "amount[1]",
     ""),
    ("\n[[who]]", '\nfor = ["wife"]\n[[who]]', "no_choice", "for", ""),
    ("\n[[who]]", '\nsweep = "inviite"\n[[who]]', "no_choice", "sweep", "invite"),
]  # fmt: skip


def test_the_rule_itself_has_no_fault() -> None:
    assert faults(GOOD) == []


@pytest.mark.parametrize(("old", "slip", "code", "place", "near"), SLIPS)
def test_a_slip_is_told_with_its_place_and_the_nearest_word(
    old: str, slip: str, code: str, place: str, near: str
) -> None:
    assert GOOD.count(old) >= 1
    found = faults(GOOD.replace(old, slip, 1))
    assert (code, place, near) in [(one.code, one.place, one.nearest) for one in found], [str(one) for one in found]
    assert all(one.line for one in found) and all(one.zh and one.en for one in found)


def test_all_faults_are_told_at_once() -> None:
    text = (
        GOOD.replace("skip = 3", "skipp = 3")
        .replace("person.age", "person.aeg")
        .replace('per = "year"', 'per = "yaer"')
    )
    assert {one.code for one in faults(text)} >= {"no_word", "unknown", "no_choice"}


@pytest.mark.parametrize("gives", ["yes", "no", "ask"])
def test_each_answer_needs_an_example(gives: str) -> None:
    parts = GOOD.split("[[example]]")
    text = "[[example]]".join(part for part in parts if f'gives = "{gives}"' not in part)
    assert gives in [one.words.get("gives") for one in faults(text) if one.code == "no_example"]


def test_each_comparison_needs_an_example_on_both_sides() -> None:
    text = GOOD.replace('"home.homes" = 2', '"home.homes" = 1')
    assert [one.words["test"] for one in faults(text) if one.code == "one_sided"] == [
        "home.homes below 2", "home.homes at_least 2",
    ]  # fmt: skip


def test_a_sum_and_a_limit_that_hang_on_a_comparison_are_seen_from_both_sides_too() -> None:
    for block in ("skip = 3\n", "times = 1\n"):
        text = GOOD.replace(block, f'{block}when = [{{ fact = "person.in_work", is = true }}]\n')
        assert "person.in_work is True" in [one.words["test"] for one in faults(text) if one.code == "one_sided"]


def test_who_never_came_was_never_asked() -> None:
    text = f'sweep = "invite"\n[ask.well]\nkind = "yesno"\n[[who]]\nfact = "ask.well"\nis = true\n{SAID}'
    assert [(one.code, one.place) for one in faults(text)][0] == ("swept_ask", "who[0].fact")
    assert rule(text.replace('sweep = "invite"\n', "")).sweep == ""


def test_groups_within_groups_have_an_end() -> None:
    inner = '{ fact = "person.in_work", is = true }'
    for _ in range(4):
        inner = f"{{ any = [{inner}] }}"
    assert "too_deep" in {one.code for one in faults(f"[[who]]\nany = [{inner}]\n{SAID}")}


TWICE = '"house" }, { value = 1, since = 2026-06-01, basis = "house" }]\n[line.dibao_double]'
LINE_SLIPS = [
    ("value = 145000", "value = -1", "out_of_range"),
    ("until = 2026-11-30", "until = 2025-11-30", "backwards"),
    ('of = "dibao"', 'of = "dibaao"', "unknown"),
    ('of = "dibao"', 'of = "dibao_double"', "line_round"),
    ("times = 2\n", "", "only_with"),
    ("values = []", "", "line_empty"),
    ('["一级", 200000]', '["一级"]', "row_keys"),
    ('["一级", 200000]', '["二级", 200000]', "row_twice"),
    ('kind = "table"', 'kind = "tabel"', "no_choice"),
    ("since = 2026-01-01, until", "since = 2026-01-01, untill", "no_word"),
    ('"house" }]\n[line.dibao_double]', TWICE, "line_twice"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "slip", "code"), LINE_SLIPS)
def test_a_slip_in_a_line_is_told(old: str, slip: str, code: str) -> None:
    assert old in LINES and tomllib.loads(LINES)
    found = read_lines(read("reference/lines.toml", LINES.replace(old, slip, 1).encode()), {"house"})[1]
    assert code in {one.code for one in found}, [str(one) for one in found]
