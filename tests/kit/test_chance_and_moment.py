"""Derived chance and the one clock."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baiying.kit import chance, moment


@pytest.mark.usefixtures("ring")
def test_what_is_derived_depends_on_seed_key_and_purpose_and_on_nothing_else(other_ring):
    first = chance.bytes_for("k", "p", 100)
    assert first == chance.bytes_for(b"k", "p", 100)
    assert first[:40] == chance.bytes_for("k", "p", 40)
    assert first != chance.bytes_for("p", "k", 100)
    assert chance.bytes_for("bc", "a", 32) != chance.bytes_for("c", "ab", 32)
    other_ring()
    assert first != chance.bytes_for("k", "p", 100)


@pytest.mark.usefixtures("ring")
def test_a_derived_identifier_is_a_uuid_of_version_8_and_the_same_again():
    one = chance.uuid_for("k", "case")
    assert (one.version, one.variant) == (8, "specified in RFC 4122")
    assert one == chance.uuid_for("k", "case") != chance.uuid_for("k", "note")


@pytest.mark.usefixtures("ring")
def test_every_letter_is_about_equally_likely():
    seen = Counter(chance.letters_for("k", "p", 31_000))
    assert set(seen) == set(chance.LETTERS)
    assert all(850 < count < 1150 for count in seen.values())  # 1000 expected, 31 deviations of 31.6


def test_the_date_changes_at_midnight_in_shanghai():
    with moment.frozen(datetime(2026, 3, 7, 15, 59, 59, tzinfo=UTC)):
        assert moment.today() == date(2026, 3, 7)
    with moment.frozen(datetime(2026, 3, 7, 16, 0, tzinfo=UTC)):
        assert moment.today() == date(2026, 3, 8)


def test_a_stopped_clock_is_utc_nests_and_runs_on_afterwards():
    with moment.frozen(datetime(2026, 3, 8, 9, 0)) as outer:  # noqa: DTZ001 - naive is Shanghai's
        assert outer == datetime(2026, 3, 8, 1, 0, tzinfo=UTC) == moment.now()
        assert moment.now().tzinfo is UTC
        with moment.frozen(datetime(2027, 1, 1, tzinfo=UTC)) as inner:
            assert moment.now() == inner
        assert moment.now() == outer
    assert moment.now() > datetime(2026, 1, 1, tzinfo=UTC)
    assert moment.now().utcoffset().total_seconds() == 0


@settings(max_examples=50)
@given(st.datetimes(min_value=datetime(1992, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001
def test_shanghai_is_eight_hours_ahead_of_utc(at):
    assert moment.shanghai(at).utcoffset().total_seconds() == 8 * 3600
    assert moment.shanghai(at.replace(tzinfo=UTC)).replace(tzinfo=None) - at == moment.shanghai(at).utcoffset()
