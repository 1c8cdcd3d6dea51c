"""The second look: which way the words of a text lean."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baiying.engine.text.leaning import (
    ALONE,
    FEW,
    KINDS,
    LETTERS,
    LONG,
    PIECE,
    PLACES,
    STEPS,
    Leaning,
    Runs,
    clauses,
    leaning_of,
    packed,
    pieces,
)


def number(run: str) -> int:
    """The number of a run, reckoned as the comment in leaning.py says it."""
    found = ord(run[0]) * 7_919 % 1_000_003
    for letter in run[1:]:
        found = (found * 31_337 + ord(letter)) % 1_000_003
    return found % PLACES


def table(runs: dict[str, int], kinds: dict[str, int] | None = None, bounds: str = "-10 -50 50") -> dict:
    weights, of_kind = [LETTERS[4]] * PLACES, ["0"] * KINDS
    for run, weight in runs.items():
        weights[number(run)] = LETTERS[4 + weight]
    for run, kind in (kinds or {}).items():
        of_kind[number(run) % KINDS] = str(kind)
    return {"bounds": bounds.split(), "weights": ["".join(weights)], "kinds": ["".join(of_kind)]}


def held(runs: dict[str, int], kinds: dict[str, int] | None = None, bounds: str = "-10 -50 50") -> Leaning:
    return leaning_of(table(runs, kinds, bounds))


CRY, MEETING = "救我命啊快", "开会了吧呢"
HELD = held({"救": 2, "救我命": 3, "会": -1, "开会了": -2}, {"救": 3, "救我": 3, "命": 1})


def test_weights_are_added_and_divided_once_by_the_root_of_their_number_and_a_few():
    assert HELD.furthest(CRY) == (-10 + (280 + 480) / (12 + FEW) ** 0.5, 2)
    assert HELD.furthest(CRY + CRY)[0] == -10 + 760 / (15 + FEW) ** 0.5  # 快救, 啊快救 and 快救我 are new
    assert HELD.furthest(MEETING) == (-10 - (140 + 280) / (12 + FEW) ** 0.5, 0)


def test_of_few_different_characters_nothing_is_said():
    assert HELD.furthest("救我命啊") == HELD.furthest("救我救我救我") == HELD.furthest("") == (-10, 0)


@given(st.text(alphabet="abcdefghij0123456789〇_,;", max_size=80))
@settings(max_examples=200, deadline=None)
def test_letters_and_figures_lean_to_nothing(said):
    loud = Leaning(-10, -50, 50, [5] * PLACES, [1] * KINDS)
    assert loud.furthest(said) == (-10, 0)


def test_danger_in_one_clause_of_a_long_text_is_not_thinned_by_the_others():
    alone = HELD.furthest(f"{MEETING * 12},{MEETING * 12}")[0]
    assert HELD.furthest(f"{MEETING * 12},{CRY},{MEETING * 12}")[0] > alone + 60


def test_of_many_pieces_one_leans_far_by_chance_and_must_lean_further():
    even = held({})
    assert even.furthest(MEETING * 12)[0] == -10
    many = ",".join([MEETING * 12] * 3)
    assert len(list(pieces(many))) == 5 and even.furthest(many)[0] == -10 - 2 * LONG  # four is twice two is twice one


def test_a_clause_that_leans_far_by_itself_is_not_calmed_by_the_one_before():
    harmless = held({"救我命": 3, "救我": 2, "开": -4, "开会": -4, "会": -4}, bounds="-10 -20 50")
    assert harmless.furthest(f"{MEETING},{CRY}")[0] < -20
    assert harmless.believed(f"{MEETING},{CRY}") == {1} and harmless.believed(f"{CRY},{MEETING}") == {0}
    assert harmless.believed(f"{MEETING},救,我,{MEETING}") == set()


def test_a_lone_word_of_danger_does_not_carry_its_clause():
    idiom = held({"救我": 1, "开": -4, "开会": -4, "会": -4}, bounds="-10 -20 50")
    assert idiom.furthest(CRY)[0] > 0 and idiom.believed(f"{CRY},{MEETING}") == set()


def test_a_pattern_is_believed_where_it_stands_and_not_because_of_another_sentence():
    harmless = held({"开": -4, "开会": -4, "会": -4}, bounds="-10 -20 50")
    assert harmless.believed(f"{MEETING};今天吃什么") == {1}, "what leans nowhere vouches for itself alone"
    assert harmless.believed(f"{MEETING},{MEETING};今天,吃什么好") == {2, 3}


def test_a_sentence_is_weighed_by_itself_too_and_must_then_lean_further():
    drowned = held({"救我": 4, "我命": 4, "命啊": 4, "开": -4, "开会": -4, "会": -4}, bounds="-10 -20 50")
    assert drowned.furthest(f"{MEETING};{CRY}")[0] == drowned.furthest(CRY)[0] - ALONE - LONG
    assert drowned.furthest(f"{MEETING},{CRY}")[0] < drowned.furthest(f"{MEETING};{CRY}")[0]


def test_a_clause_longer_than_a_piece_is_cut_with_an_overlap():
    assert list(pieces("一" * 100)) == [(0, 60), (30, 90), (60, 100)]


@given(st.text(alphabet="救我开会,;工资", max_size=300))
@settings(max_examples=100, deadline=None)
def test_every_character_stands_in_a_piece_and_no_piece_is_too_long(said):
    found = list(pieces(said))
    assert all(end - start <= PIECE for start, end in found)
    assert {n for start, end in found for n in range(start, end)} >= {
        n for n, letter in enumerate(said) if letter not in ",;"}
    assert [said[start:end] for start, end in clauses(said)] == said.replace(";", ",").split(",")


def test_the_numbers_of_a_piece_are_those_of_its_runs_and_of_no_other():
    chosen = random.Random(4)
    said = "".join(chosen.choice("我他打没钱,;孩") for _ in range(80))
    start, end = 11, 42
    piece = said[start:end]
    runs = {piece[n : n + size] for size in (1, 2, 3) for n in range(len(piece) - size + 1)}
    assert Runs(said).numbers(start, end) == set(map(number, runs))


def test_a_catalogue_without_weights_has_no_second_look():
    assert leaning_of({}) is None and packed({}) == {}


def test_too_few_weights_are_refused():
    with pytest.raises(ValueError, match="65536"):
        leaning_of({**table({}), "weights": ["eee"]})


@given(st.lists(st.sampled_from(LETTERS), min_size=2, max_size=40).filter(lambda letters: len(letters) % 2 == 0))
@settings(max_examples=100, deadline=None)
def test_two_letters_are_one_sign_for_the_browser_that_json_leaves_as_it_is(letters):
    told = packed({"bounds": ["1"], "weights": ["".join(letters)], "kinds": []})["weights"]
    assert json.dumps(told) == f'"{told}"' and len(told) == len(letters) // 2
    codes = [ord(sign) - 35 - (sign > "\\") for sign in told]
    assert [STEPS[step] for code in codes for step in divmod(code, 9)] == [STEPS[LETTERS.index(one)] for one in letters]
