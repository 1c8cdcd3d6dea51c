"""All that is published together, solved for what is hidden: nothing small comes out (promise 6)."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from importlib import import_module
from types import SimpleNamespace
from unittest import mock
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baiying.boards.queries.periods import Period, months_of
from baiying.boards.queries.published import Quarter, Year
from baiying.boards.queries.sums import Cell, added
from baiying.engine.boards import COUNTS, LEAVES, PUBLISHED, SPLITS, TOTAL, filled
from baiying.engine.cells import LEAST, Told
from tests.engine.cells.solving import bounds

module = import_module("baiying.boards.queries.published")
TODAY = date(2026, 1, 20)
UNITS = {UUID(int=number): f"11010700{street}000" for number, street in enumerate((1, 1, 1, 2, 2, 3))}
MATTERS = ("a.wages", "b.family")
SHOWN = SPLITS[:2] + SPLITS[6:7]  # received = said + unsaid = in_time + not_in_time; said = solved + not_fully
NAMES = (TOTAL, *(part for split in SHOWN for part in split.parts))

leaf = st.sampled_from([0, 0, 0, 1, 2, 3, 5, 8, 30])


@st.composite
def cells_of_a_year(draw: st.DrawFn) -> list[Cell]:
    """The figures of six units in three streets, two matters, twelve months; most of them small."""
    found = []
    busy = draw(st.sets(st.sampled_from(sorted(UNITS)), min_size=1))
    for unit in sorted(busy):
        for month in draw(st.sets(st.integers(1, 12), min_size=3)):
            leaves = dict.fromkeys(LEAVES, 0) | {name: draw(leaf) for name in ("unrated", "solved", "not_solved")}
            leaves["in_time"] = draw(st.integers(0, sum(leaves.values())))
            found.append(Cell(unit, draw(st.sampled_from(MATTERS)), date(2025, month, 1), False, filled(leaves)))
    return found


def published(found: list[Cell]) -> tuple[list[Quarter], list[Year]]:
    """What would be published of these cells."""
    units = {key: SimpleNamespace(area_id=area) for key, area in UNITS.items()}
    with mock.patch.object(module, "cells", lambda *_: found), \
            mock.patch.object(module.network, "units_by_id", lambda _: units):
        return module.published("110107", TODAY, quarters=4)


def told_rows(quarters: list[Quarter], years: list[Year]) -> dict[Hashable, Told]:
    """Every row that is published, by what it is about."""
    rows: dict[Hashable, Told] = {}
    for one in quarters:
        rows[one.period.key] = one.total
        rows |= {f"{one.period.key} {month.key}": told for month, told in one.months.items()}
        rows |= {f"{one.period.key} {kind} {key}": told
                 for kind, parts in (("street", one.streets), ("matter", one.matters)) for key, told in parts.items()}
    for year in years:
        rows[year.period.key] = year.total
        rows |= {f"year street {key}": told for key, told in year.streets.items()}
        rows |= {f"year matter {key}": told for key, told in year.matters.items()}
        rows |= {f"year unit {unit}": told for units in year.units.values() for unit, told in units.items()}
    return rows


def truth(row: Hashable, found: list[Cell]) -> dict[str, int]:
    """What the row really is, added up plainly."""
    words = str(row).split()
    chosen = found
    if words[0].startswith("2025-Q"):
        first = int(words[0][-1]) * 3 - 2
        chosen = [cell for cell in found if first <= cell.month.month <= first + 2]
    if len(words) == 2:
        chosen = [cell for cell in chosen if f"{cell.month:%Y-%m}" == words[1]]
    if len(words) == 3:
        own = {"street": lambda cell: UNITS[cell.unit][:9], "matter": lambda cell: cell.matter,
               "unit": lambda cell: str(cell.unit)}[words[1]]
        chosen = [cell for cell in chosen if own(cell) == words[2]]
    return added([cell.counts for cell in chosen])


def sums(rows: dict[Hashable, Told]) -> list[dict[Hashable, int]]:
    """Everything that anybody knows without a number: which rows and counts add up to which."""
    found: list[dict[Hashable, int]] = []
    for row in rows:
        found += [{(row, split.whole): -1, **{(row, part): 1 for part in split.parts}} for split in SHOWN]
    quarters = [row for row in rows if len(str(row).split()) == 1 and "Q" in str(row)]
    for name in NAMES:
        for row in quarters:
            inside = [one for one in rows if str(one).startswith(f"{row} ")]
            for kind in ("street", "matter", "2025-"):
                parts = [one for one in inside if str(one).split()[1].startswith(kind)]
                if parts:
                    found.append({(row, name): -1, **{(one, name): 1 for one in parts}})
        found.append({("2025", name): -1, **{(row, name): 1 for row in quarters}})
        for row in [one for one in rows if str(one).startswith(("year street", "year matter"))]:
            _, kind, key = str(row).split()
            parts = [one for one in rows if str(one).split()[1:] == [kind, key] and one != row]
            found.append({(row, name): -1, **{(one, name): 1 for one in parts}})
            units = [one for one in rows if str(one).startswith("year unit")
                     and UNITS[UUID(str(one).split()[2])][:9] == key]
            if kind == "street" and units:
                found.append({(row, name): -1, **{(one, name): 1 for one in units}})
    return found


@settings(max_examples=25, deadline=None)
@given(cells_of_a_year())
def test_nothing_hidden_comes_out_of_all_that_is_published_together(found: list[Cell]) -> None:
    rows = told_rows(*published(found))
    known = {(row, name): told[name] for row, told in rows.items() for name in NAMES if told[name] is not None}
    for (row, name), count in known.items():
        assert count == truth(row, found)[name], "what is told is the truth"
    hidden = [(row, name) for row in rows for name in NAMES if (row, name) not in known]
    for place, (low, high) in bounds(sums(rows), known, hidden).items():
        nobody = truth(place[0], found)[place[1]] == 0  # type: ignore[index]
        assert nobody or high - low >= LEAST - 1e-6, f"{place} lies between {low} and {high}"


def test_what_can_be_named_is_what_is_protected_together() -> None:
    assert set(PUBLISHED) < set(COUNTS) and set(NAMES) <= set(PUBLISHED)


def test_the_quarters_of_a_year_hold_all_its_months() -> None:
    year = Period(date(2025, 1, 1), date(2026, 1, 1), "year")
    assert len(months_of(year)) == 12


@pytest.mark.parametrize("leaves", [{"solved": 3}, {"solved": 40, "not_solved": 2}])
def test_a_lone_unit_of_a_street_is_told_no_deeper_than_its_street(leaves: dict[str, int]) -> None:
    counts = filled(dict.fromkeys(LEAVES, 0) | leaves)
    _, (year,) = published([Cell(UUID(int=5), "a.wages", date(2025, month, 1), False, counts) for month in (1, 5)])
    assert year.units["110107003"][UUID(int=5)] == year.streets["110107003"]
    assert None in year.total.values()
