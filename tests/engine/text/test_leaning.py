"""The second look: which way the words of a text lean."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baiying.engine.text.leaning import FEW, LONGEST, PIECE, leaning_of, packed, pieces

HELD = leaning_of({"bounds": ["-10", "-50", "50"], "runs": [
    "救 100 2 7", "救我 44 1 9", "我救 20 1 1", "我 10 0 1", "救我救 6 1 2", "开会 -90 0 1",
    "开 -20 0 1", "会 -30 0 1", "会开 -5 0 1", "开会开 -9 0 1"]})


def test_weights_are_added_and_divided_once_by_the_root_of_their_number_and_a_few():
    assert HELD.furthest("救我救") == (-10 + 180 / (5 + FEW) ** 0.5, 1)
    assert HELD.furthest("救我救救我救") == (-10 + 180 / (5 + FEW) ** 0.5, 1)
    assert HELD.furthest("无") == HELD.furthest("") == (-10, 0)


def test_a_few_runs_that_begin_many_a_need_say_nothing():
    assert HELD.furthest("救我") == (-10, 0)  # three known runs


def test_danger_in_one_clause_of_a_long_text_is_not_thinned_by_the_others():
    assert HELD.furthest("开会," * 50 + "救我救" + ",开会" * 50)[0] > HELD.furthest("开会," * 10)[0]
    assert HELD._of("开会开," * 50 + "救我救")[0] < HELD.furthest("开会开," * 50 + "救我救" * PIECE)[0]


def test_a_clause_that_leans_towards_danger_by_itself_is_not_calmed_by_the_one_before():
    harmless = leaning_of({"bounds": ["-10", "-20", "50"], "runs": [
        "救 10 2 7", "救我 4 1 9", "我救 2 1 1", "我 1 0 1", "救我救 80 1 2", "开会 -90 0 1", "开 -80 0 1",
        "会 -70 0 1"]})
    assert harmless.furthest("开会,救我救")[0] < -20
    assert not harmless.is_calm("开会,救我救") and not harmless.is_calm("救我救;开会")
    assert harmless.is_calm("开会,救,我,开会")


def test_a_clause_longer_than_a_piece_is_cut_with_an_overlap():
    assert list(pieces("一" * 100)) == ["一" * 60, "一" * 60, "一" * 40]


@given(st.text(alphabet="救我开会,;工资", max_size=300))
@settings(max_examples=100, deadline=None)
def test_every_character_stands_in_a_piece_and_no_piece_is_too_long(said):
    found = list(pieces(said))
    assert all(len(piece) <= PIECE for piece in found)
    assert sum(map(len, found)) >= len(said.replace(",", "").replace(";", ""))


def test_a_catalogue_without_weights_has_no_second_look():
    assert leaning_of({}) is None


def test_a_line_that_is_no_weight_is_refused():
    with pytest.raises(ValueError):
        leaning_of({"bounds": ["1", "2", "3"], "runs": ["救 viel 1 2"]})


@given(st.dictionaries(st.text(alphabet="他打我死", min_size=1, max_size=3), st.sampled_from(["100 1 7", "-90 0 0"])))
@settings(max_examples=50, deadline=None)
def test_what_is_packed_for_the_browser_holds_every_run_and_its_weights(held):
    table = {"bounds": ["-10", "-50", "50"], "runs": [f"{run} {rest}" for run, rest in held.items()]}
    told, runs, last, place = packed(table), {}, "", 0
    for shape, weight, kind in zip(told["shapes"], told["weights"], told["kinds"], strict=True):
        shared, more = divmod(ord(shape) - 48, LONGEST)
        last = last[:shared] + told["letters"][place : place + more + 1]
        place += more + 1
        runs[last] = (told["levels"][ord(weight) - 48], *told["towards"][ord(kind) - 48])
    assert runs == leaning_of(table).runs
    assert told["bounds"] == [-10, -50, 50]


def test_of_no_weights_nothing_is_packed():
    assert packed({}) == {}
