"""Everybody by all rules: packed words, whatever the number of people, rules and threads."""

from __future__ import annotations

import numpy as np
import pytest

from baiying.engine.rules import Column, Rule, columns_of, judge, sweep
from baiying.engine.rules import sweeping as place
from baiying.engine.rules.language import NUMBER_MOST
from baiying.project.bench import sweep as bench
from baiying.project.parity.making import EVERY, Maker

from .made import KNOWN, ON, rule

OLD = '[[who]]\nfact = "home.homes"\nat_least = 2\notherwise = "不。"\notherwise_en = "No."\n'


@pytest.mark.parametrize("people", [0, 1, 7, 8, 9, 300])
def test_any_number_of_people_by_more_rules_than_a_word_has_bits(people: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "CUT", 128)
    maker = Maker(3)
    rules, facts = [one.rule for one in maker.rules(70)], maker.people(people)
    swept = sweep(rules, columns_of(facts, EVERY), people, maker.read_lines, maker.on, threads=2)
    assert swept.yes.shape == (people, 2) and not (swept.yes & swept.unknown).any()
    for who, told in enumerate(facts[-9:], max(0, people - 9)):
        for number, one in enumerate(rules):
            assert swept.answer(who, number) is judge(one, told, maker.read_lines, maker.on).answer


def test_a_fact_without_a_column_is_known_of_nobody_and_an_empty_rule_is_for_everybody() -> None:
    swept = sweep([rule(OLD), Rule("open"), rule('for = ["child"]\n')], {}, 3, KNOWN.lines, ON)
    assert swept.yes[:, 0].tolist() == [2, 2, 2] and swept.unknown[:, 0].tolist() == [1, 1, 1]


def test_a_number_beyond_all_measure_is_no_number() -> None:
    column = Column("number", np.array([2, NUMBER_MOST + 1, 1]))
    swept = sweep([rule(OLD)], {"home.homes": column}, 3, KNOWN.lines, ON)
    assert swept.yes[:, 0].tolist() == [1, 0, 0] and swept.unknown[:, 0].tolist() == [0, 1, 0]


def test_a_set_of_more_choices_than_bits_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 64"):
        Column("set", np.zeros(1, np.uint64), choices=tuple(map(str, range(65))))


def test_the_bench_tells_its_targets_and_runs_without_a_peer() -> None:
    figures = bench.in_memory(3_000, 30, 1)
    assert set(figures["targets"]) == {"30 to 100 rules"}
    assert "ours" in bench.table(figures) and figures["people"] == 3_000
