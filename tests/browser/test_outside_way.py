"""A party without an account on a phone, and her consent by field group given and taken back, in Chromium."""

from __future__ import annotations

import pytest

from tests.browser.journey import PHONE
from tests.browser.outside import from_outside
from tests.browser.test_way import walked

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]


def test_an_employer_answers_by_a_link_on_a_phone_and_reads_only_while_she_lets_it(traveller):
    walker = traveller(PHONE)
    assert walked(from_outside(walker)) == {}
    assert walker.troubles == []


@pytest.mark.deep
def test_the_same_way_is_sound_in_english(traveller):
    english = traveller(PHONE, language="en")
    assert walked(from_outside(english)) == {}
    assert english.troubles == []
