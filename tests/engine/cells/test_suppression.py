"""Suppression cannot be undone: what is hidden cannot be worked out from all that is told (promise 6)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baiying.engine.cells import LEAST, Split, Told, tell, tell_alone, tell_parts, tell_table
from tests.engine.cells.solving import ranges

SPLITS = (
    Split("in", ("open", "answered", "ended")),
    Split("in", ("returned", "kept")),
    Split("answered", ("said", "silent")),
    Split("answered", ("timely", "late")),
    Split("said", ("solved", "partly", "not")),
)
ATOMS = {"in": ("open", "ended", "silent", "solved", "partly", "not")}
SUMS = {"said": ("solved", "partly", "not"), "answered": ("said", "silent")}

small = st.sampled_from([0, 0, 1, 2, 4, 5, 6, 7, 9, 10, 25, 60])  # where the rules bite


@st.composite
def counts(draw: st.DrawFn) -> dict[str, int]:
    """One row of figures that add up."""
    found = {name: draw(small) for name in ("open", "ended", "silent", "solved", "partly", "not")}
    found["said"] = sum(found[name] for name in SUMS["said"])
    found["answered"] = found["said"] + found["silent"]
    found["in"] = found["answered"] + found["open"] + found["ended"]
    found["late"] = draw(st.integers(0, found["answered"]))
    found["timely"] = found["answered"] - found["late"]
    found["returned"] = draw(st.integers(0, found["in"]))
    found["kept"] = found["in"] - found["returned"]
    return found


def added(rows: list[dict[str, int]]) -> dict[str, int]:
    return {name: sum(row[name] for row in rows) for name in rows[0]}


def equations_of(tree: Mapping[str, list[str]], rows: Mapping[str, dict[str, int]],
                 splits: tuple[Split, ...]) -> list[dict[Hashable, int]]:
    """Everything that anybody knows without a single number: what adds up to what."""
    found: list[dict[Hashable, int]] = []
    for key, split in product(rows, splits):
        found.append({(key, split.whole): -1, **{(key, part): 1 for part in split.parts}})
    names = next(iter(rows.values()))
    for (above, below), name in product(tree.items(), names):
        found.append({(above.partition("|")[0], name): -1, **{(key, name): 1 for key in below}})
    return found


def assert_safe(tree: Mapping[str, list[str]], rows: Mapping[str, dict[str, int]], told: Mapping[str, Told],
                splits: tuple[Split, ...] = SPLITS) -> None:
    known = {(key, name): count for key, one in told.items() for name, count in one.items() if count is not None}
    assert all(rows[key][name] == count for (key, name), count in known.items())
    for key, name in list(known):  # a nought above is nought below, and a whole that is nought has no parts
        for split in splits:
            if split.whole == name and rows[key][name] == 0:
                known.update({(key, part): 0 for part in split.parts})
    hidden = [(key, name) for key in rows for name in rows[key] if (key, name) not in known]
    secret = [place for place in hidden if not all_nought_above(place, tree, rows, known)]
    for place, (low, high) in ranges(equations_of(tree, rows, splits), known, secret).items():
        assert high is None or high - low >= LEAST, f"{place} lies between {low} and {high}"


def all_nought_above(place: tuple[str, str], tree: Mapping[str, list[str]], rows: Mapping[str, dict[str, int]],
                     known: Mapping[Hashable, int]) -> bool:
    """A part that is told as nought for the row above is nought in every row below: nobody stands behind it."""
    above = [one.partition("|")[0] for one, below in tree.items() if place[0] in below]
    return any(known.get((one, place[1])) == 0 or all_nought_above((one, place[1]), tree, rows, known)
               for one in above)


@settings(max_examples=50, deadline=None)
@given(st.lists(counts(), min_size=2, max_size=4), st.booleans())
def test_no_hidden_count_of_one_table_can_be_worked_out(parts: list[dict[str, int]], insiders: bool) -> None:
    rows = {f"row {number}": one for number, one in enumerate(parts)}
    whole = added(parts)
    told = tell_alone(whole, SPLITS, "in")
    below = tell_parts(told, rows, SPLITS, "in", insiders)
    assert_safe({"all": list(rows)}, {"all": whole, **rows}, {"all": told, **below})


@settings(max_examples=25, deadline=None)
@given(st.lists(counts(), min_size=4, max_size=4), st.data())
def test_no_hidden_count_can_be_worked_out_from_streets_their_units_and_the_months_together(
        units: list[dict[str, int]], data: st.DataObject) -> None:
    """The quarter falls into two streets, each into two units, and beside that into two months."""
    splits = (Split("in", ("answered", "rest")), Split("answered", ("said", "silent")),
              Split("answered", ("timely", "late")))
    units = [{**{name: one[name] for name in ("in", "answered", "said", "silent", "timely", "late")},
              "rest": one["open"] + one["ended"]} for one in units]
    rows = {"A": added(units[:2]), "B": added(units[2:]), "all": added(units),
            **{f"u{number}": one for number, one in enumerate(units)}}
    first = data.draw(st.integers(0, 4))
    rows["may"], rows["june"] = added([*units[:first], dict.fromkeys(units[0], 0)]), added([*units[first:],
                                                                                         dict.fromkeys(units[0], 0)])
    tree = {"all|streets": ["A", "B"], "all|months": ["may", "june"], "A": ["u0", "u1"], "B": ["u2", "u3"]}
    told = {"all": tell_alone(rows["all"], splits, "in")}
    for above, below in tree.items():
        told |= tell_parts(told[above.partition("|")[0]], {key: rows[key] for key in below}, splits, "in")
    assert_safe(tree, rows, told, splits)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(small, min_size=3, max_size=3), min_size=2, max_size=4))
def test_no_hidden_cell_of_a_table_with_both_its_sums_can_be_worked_out(lines: list[list[int]]) -> None:
    cells = {(f"place {row}", f"week {column}"): count for row, line in enumerate(lines)
             for column, count in enumerate(line)}
    told = tell_table(cells)
    rows = sorted({row for row, _ in cells})
    columns = sorted({column for _, column in cells})
    equations: list[dict[Hashable, int]] = [
        {(row, None): -1, **{(row, column): 1 for column in columns}} for row in [*rows, None]]
    equations += [{(None, column): -1, **{(row, column): 1 for row in rows}} for column in [*columns, None]]
    known: dict[Hashable, int] = {place: count for place, count in told.items() if count is not None}
    noughts = {column for column in columns if known.get((None, column)) == 0}
    hidden = [place for place in told if place not in known and place[1] not in noughts]
    for place, (low, high) in ranges(equations, known, hidden).items():
        assert high is None or high - low >= LEAST, f"{place} lies between {low} and {high}"


@settings(max_examples=100, deadline=None)
@given(st.lists(small, min_size=3, max_size=6))
def test_a_unit_that_takes_its_own_number_away_learns_no_other_ones(numbers: list[int]) -> None:
    told = tell(dict(enumerate(numbers)), insiders=True)
    hidden = [place for place, count in told.items() if count is None and numbers[place]]
    some_told = any(told[place] for place in told)  # where none is, the sum alone says what is left
    for own in hidden if some_told else ():
        rest = [place for place in told if told[place] is None and place != own]
        assert len(rest) >= 2 and sum(numbers[place] for place in rest) >= LEAST


def test_one_small_cell_takes_the_next_smallest_along() -> None:
    assert tell({"a": 3, "b": 40, "c": 50}) == {"a": None, "b": None, "c": 50}


def test_nought_is_about_nobody_and_is_told() -> None:
    assert tell({"a": 0, "b": 40, "c": 50}) == {"a": 0, "b": 40, "c": 50}


def test_what_nobody_could_point_at_is_told_whole() -> None:
    table = tell_table({("wages", 1): 12, ("wages", 2): 40, ("care", 1): 50, ("care", 2): 22})
    assert None not in table.values() and table[None, None] == 124 and table["care", None] == 72


def test_the_parts_of_a_small_whole_are_never_told() -> None:
    told = tell_alone({"in": 4, "open": 4, "answered": 0, "ended": 0}, SPLITS[:1], "in")
    assert set(told.values()) == {None}


@pytest.mark.parametrize("late", [1, 4])
def test_a_small_complement_hides_its_fellow(late: int) -> None:
    row = {"in": 40, "timely": 40 - late, "late": late}
    assert tell_alone(row, (Split("in", ("timely", "late")),), "in") == {"in": 40, "timely": None, "late": None}


def test_parts_told_as_nought_below_a_whole_that_is_hidden_open_nothing() -> None:
    splits = (Split("in", ("said", "silent")), Split("said", ("solved", "not")))
    whole: Told = {"in": 30, "said": None, "silent": None, "solved": 0, "not": 0}
    rows = {"a": {"in": 10, "said": 0, "silent": 10, "solved": 0, "not": 0},
            "b": {"in": 20, "said": 0, "silent": 20, "solved": 0, "not": 0}}
    told = tell_parts(whole, rows, splits, "in")
    assert told["a"] == {"in": 10, "said": None, "silent": None, "solved": 0, "not": 0}
