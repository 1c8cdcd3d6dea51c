"""Counts told one after the other: what was told stays so, and none that is hidden comes out of their sum."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from baiying.engine.cells import LEAST, tell_course
from tests.engine.cells.solving import ranges

small = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 25])
courses = st.lists(small, min_size=1, max_size=6)


@given(courses)
def test_what_was_told_of_a_course_is_never_taken_back_or_added_to(counts: list[int]) -> None:
    whole = tell_course(counts)[0]
    assert all(tell_course(counts[:end])[0] == whole[:end] for end in range(len(counts)))


@given(courses)
def test_no_hidden_count_of_a_course_comes_out_of_its_sum(counts: list[int]) -> None:
    told, sum_is_free = tell_course(counts)
    known: dict[object, int] = {place: count for place, count in enumerate(told) if count is not None}
    assert all(counts[place] == count for place, count in known.items())
    assert all(0 < count for place, count in enumerate(counts) if place not in known)
    if sum_is_free:
        known["sum"] = sum(counts)
    hidden = [place for place in range(len(counts)) if place not in known]
    equation = {"sum": -1, **dict.fromkeys(range(len(counts)), 1)}
    for place, (low, high) in ranges([equation], known, hidden).items():
        assert high is None or high - low >= LEAST, f"{place} lies between {low} and {high}"


def test_a_small_count_takes_the_next_one_along_and_never_one_before() -> None:
    assert tell_course([20, 2, 9, 7]) == ([20, None, None, 7], True)
    assert tell_course([20, 2, 0, 2, 9]) == ([20, None, 0, None, None], True)
    assert tell_course([20, 7, 9, 2]) == ([20, 7, 9, None], False)
