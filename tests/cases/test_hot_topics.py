"""Hot topics by week and by place: the two tables together give no hidden number away, nor does looking again."""

from __future__ import annotations

from datetime import date, timedelta
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from baiying.cases.queries.topics import WEEK, Counts, placed, told, weeks_until
from baiying.engine.cells import LEAST
from tests.engine.cells.solving import ranges

MONDAY = date(2026, 10, 26)
TODAY = MONDAY + timedelta(days=2)
STREETS = ("110107001", "110107003", "110107004")
small = st.sampled_from([0, 0, 1, 2, 4, 5, 6, 9, 25])
# What came in of one topic in each week from each street, longer than any page looks back.
pasts = st.lists(st.tuples(small, small, small), min_size=16, max_size=16)
Past = dict[date, tuple[int, ...]]


def past_of(rows: list[tuple[int, ...]]) -> Past:
    return {MONDAY + place * WEEK: row for place, row in enumerate(rows, start=-12)}


def seen(past: Past, today: date) -> tuple[dict[date, int], dict[str, int], list[date]]:
    """What stands on the page on a day: weeks, places, and the weeks that the places are of."""
    weeks, counts = weeks_until(today), Counts()
    for week in weeks:
        counts.weeks[week] = sum(past.get(week, ()))
        for street, count in zip(STREETS, past.get(week, ()), strict=False):
            if week in placed(weeks) and count:
                counts.places[street] += count
    by_week, by_place = told(counts, weeks)
    return ({week: count for week, count in by_week.items() if count is not None},
            {street: count for street, count in by_place.items() if count is not None} | by_nobody(by_place),
            list(placed(weeks)))


def by_nobody(by_place: dict[str, int | None]) -> dict[str, int]:
    """A street that is not in a table from which nothing came."""
    return {street: 0 for street in STREETS if by_place and street not in by_place}


@given(pasts)
def test_weeks_and_places_of_all_pages_ever_seen_give_no_hidden_number_away(rows):
    past = past_of(rows)
    known: dict[object, int] = {}
    equations: list[dict[object, int]] = []
    for later in range(4):
        weeks, places, block = seen(past, TODAY + later * WEEK)
        assert all(known.get(week, count) == count for week, count in weeks.items())
        known |= weeks
        if places:
            known |= {(block[0], street): count for street, count in places.items()}
            equations += [dict.fromkeys(block, 1) | {(block[0], street): -1 for street in STREETS}]
    hidden = [week for week in past if week not in known and any(week in one for one in equations)]
    for place, (low, high) in ranges(equations, known, hidden).items():
        assert high is None or high - low >= LEAST, f"{place} lies between {low} and {high}"


def test_a_week_that_the_places_would_give_away_keeps_them_untold():
    few = {week: (0, 0, 0) for week in weeks_until(TODAY)}
    first, *_rest, last = placed(list(few))
    weeks, places, _block = seen(few | {first: (9, 8, 0), last: (1, 1, 0)}, TODAY)
    assert last not in weeks and weeks[first] == 17 and not places
    weeks, places, _block = seen(few | {first: (1, 1, 0), last: (9, 8, 0)}, TODAY)
    assert first not in weeks and last not in weeks and places == {STREETS[0]: 10, STREETS[1]: 9, STREETS[2]: 0}


def test_the_weeks_end_with_the_last_whole_one_and_their_blocks_never_move():
    pages = [weeks_until(TODAY + timedelta(days=day)) for day in range(60)]
    assert all(page[-1] + WEEK <= TODAY + timedelta(days=day) < page[-1] + 2 * WEEK for day, page in enumerate(pages))
    blocks = {tuple(placed(page)) for page in pages}
    assert all(len(block) == 4 for block in blocks)
    assert not reduce(lambda one, other: one & other, map(set, blocks))
    assert len({week for block in blocks for week in block}) == 4 * len(blocks)
