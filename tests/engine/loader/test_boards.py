"""A board is one file: what is wrong with it is told at its place, all at once, with the nearest known word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from baiying.engine.boards import COUNTS, LEAVES, OWN_SPLITS, PUBLISHED, SPLITS, filled, wholes_of
from baiying.engine.loader import board, read_catalogue

CATALOGUE = Path(__file__).resolve().parents[3] / "catalogue"
BOARD = '''
name = "一块看板"
name_en = "A board"
lead = "看一看。"
lead_en = "Look."
audience = "{audience}"
periods = [{periods}]
compare = [{compare}]

[measure.solved]
name = "本人说解决了"
name_en = "Solved"
definition = "最后一次说“已解决”的。"
definition_en = "Whose last word is solved."
count = "{count}"
of = "{of}"
'''
USUAL = {"audience": "public", "periods": '"quarter"', "compare": '"street"', "count": "solved", "of": "said"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(CATALOGUE, tmp_path / "catalogue")


def told(folder: Path, name: str = "mine", **changed: str) -> list[tuple[str, str, str]]:
    """(code, place, nearest word) of the faults that a board of this kind has."""
    (folder / "boards" / f"{name}.toml").write_text(BOARD.format(**USUAL | changed), encoding="utf-8")
    return [(one.code, one.place, one.nearest) for one in read_catalogue(folder).faults
            if one.file == f"boards/{name}.toml"]


def test_a_good_board_has_no_fault_and_is_counted(folder):
    before = read_catalogue(folder).counts["boards"]
    assert told(folder) == []
    read = read_catalogue(folder)
    assert read.counts["boards"] == before + 1
    table = next(one.table for one in read.declarations if one.kind == "board" and one.key == "mine")
    built = board("mine", table)
    assert (built.audience, built.measures[0].count, built.measures[0].of) == ("public", "solved", "said")


@pytest.mark.parametrize(("changed", "fault"), [
    ({"count": "sloved"}, ("unknown", "measure.solved.count", "solved")),
    ({"of": "saidd"}, ("unknown", "measure.solved.of", "said")),
    ({"of": "unsaid"}, ("no_part_of", "measure.solved.of", "said")),
    ({"count": "waiting", "of": "received"}, ("count_is_own", "measure.solved.count", "")),
    ({"periods": '"week"'}, ("week_is_own", "periods", "")),
    ({"periods": '"quater"'}, ("no_choice", "periods[0]", "quarter")),
    ({"audience": "unit"}, ("own_is_alone", "compare", "")),
    ({"audience": "pubic"}, ("no_choice", "audience", "public")),
    ({"compare": '"streets"'}, ("no_choice", "compare[0]", "street")),
])
def test_each_slip_is_found_at_its_place_with_the_nearest_word(folder, changed, fault):
    found = told(folder, **changed)
    assert any(code == fault[0] and place.replace("[", ".").replace("]", "") == fault[1].replace("[", ".").replace(
        "]", "") and near == fault[2] for code, place, near in found), found


def test_all_slips_of_a_board_are_told_at_once(folder):
    codes = {code for code, _, _ in told(folder, count="sloved", periods='"week"', compare='"town"')}
    assert {"unknown", "week_is_own", "no_choice"} <= codes


def test_an_address_of_the_house_is_no_name_for_a_board(folder):
    assert ("built_in", "", "") in told(folder, name="below")


def test_without_a_board_for_everybody_the_catalogue_has_a_fault(folder):
    for path in (folder / "boards").glob("*.toml"):
        path.write_text(path.read_text(encoding="utf-8").replace('"public"', '"federation"'), encoding="utf-8")
    assert "no_public_board" in {one.code for one in read_catalogue(folder).faults}


def test_every_count_but_the_first_is_a_part_and_the_parts_add_up():
    leaves = {name: number for number, name in enumerate(LEAVES, start=1)} | {
        "contacted": 1, "not_contacted": 1, "in_time": 3, "reopened": 2, "returned": 2}
    found = filled(leaves)
    assert set(found) == set(COUNTS) and min(found.values()) >= 0
    for split in (*SPLITS, *OWN_SPLITS):
        assert found[split.whole] == sum(found[part] for part in split.parts)
    assert all(wholes_of(name)[-1] == "received" for name in PUBLISHED if name != "received")
