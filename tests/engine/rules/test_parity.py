"""Three evaluators agree on random people and rules; and a slip planted in one of them is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from baiying.engine.loader.rule_tests import FITTING
from baiying.engine.rules import Share, amounts, comparing, days, judging, limits, logic, program, simulating
from baiying.engine.rules.atoms import Atom
from baiying.engine.rules.language import GROUPS, OPS, RULE_WORDS
from baiying.project.command import main
from baiying.project.parity import naive
from baiying.project.parity.comparing import compare
from baiying.project.parity.making import FACTS, Maker


def test_a_hundred_thousand_pairs_are_judged_alike_three_ways() -> None:
    outcome = compare(400, 250, 6)
    assert outcome.well, outcome.sentences()[:3000]
    assert min(outcome.answers.values()) > 5_000 and len(outcome.answers) == 3
    assert outcome.missing > 5_000 and outcome.open_sums > 5_000


def test_the_rules_that_are_made_use_every_word_of_the_language() -> None:
    written = str([one.table for one in Maker(6).rules(250)])
    words = {*OPS, *GROUPS, *RULE_WORDS} - {"places", "example", "sweep"}
    words |= {"row", "each", "skip", "most_each", "share", "over", "least", "most", "payer", "paid", "since", "until"}
    words |= {"times", "not_with", "per", "opens", "closes", "round"}
    words |= {"@money0", "@twice0", "@share0", "@list0", "@number0"}
    assert {word for word in words if f"'{word}'" not in written} == set()
    assert {one.type for one in FACTS.values()} == set(FITTING)


# What is planted: where, and the slip that takes the place of what stands there.
def _above_is_at_least(op: str, left: Any, right: Any) -> bool:
    return bool(
        {"at_least": left >= right, "below": left < right, "above": left >= right, "at_most": left <= right}[op]
    )


def _no_leap(on: date, length: int, unit: str) -> int:
    return REAL_START(on - timedelta(1), length, unit)


def _half_down(self: Share, fen: int) -> int:
    return (2 * fen * self.part + self.whole - 1) // (2 * self.whole)


def _unknown_is_no(atom: Atom, column: Any, cut: slice) -> np.ndarray[Any, Any]:
    return np.packbits(column.values[cut] > atom.value) if atom.how == "least" else REAL_BITS(atom, column, cut)


def _first_possible(bands: Any, person: Any) -> tuple[str, ...]:
    return REAL_POSSIBLE(bands, person)[:1]


def _never_used(limit: Any, person: Any) -> int | None:
    return REAL_USED(limit, person) or 0


REAL_START, REAL_BITS, REAL_POSSIBLE, REAL_USED = days.latest_start, Atom.bits, logic.possible, limits.used
SLIPS: list[tuple[str, Any, str, Callable[..., Any]]] = [
    ("one person, an edge", comparing, "_ordered", _above_is_at_least),
    ("one person, a day", comparing, "latest_start", _no_leap),
    ("one person, a band", logic, "possible", _first_possible),
    ("one person, a fen", Share, "of", _half_down),
    ("one person, use", amounts, "used", _never_used),
    ("one person, unknown", judging, "opened", lambda conditions, person: logic.NOTHING),
    ("columns, an edge", Atom, "bits", _unknown_is_no),
    ("the plain one, a day", naive, "_age", lambda start, on, months: (on - start).days * 12 // (365 * months)),
    ("columns, a group", program, "_reversed", lambda pair: program.Pair(~pair.yes, ~pair.maybe)),
    ("columns, a cap", simulating._Run, "_cap", lambda self, limit, found: None),
    ("columns, told", simulating, "told", lambda column: np.ones(len(column.values), bool)),
]


@pytest.mark.parametrize("slip", SLIPS, ids=[name for name, *_ in SLIPS])
def test_a_slip_planted_in_one_evaluator_is_found(
    slip: tuple[str, Any, str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, place, name, wrong = slip
    monkeypatch.setattr(place, name, wrong)
    assert not compare(50, 120, 6).well


def test_the_command_says_what_it_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "parity", "--people", "10", "--rules", "5", "--seed", "9"]) == 0
    assert "50 pairs" in capsys.readouterr().out
    assert main(["rules", "parity", "--people", "0"]) == 1
