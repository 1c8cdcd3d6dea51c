"""Several hands on one case in Chromium: she, the handler, a partner and the federation, looked at by axe after each
step; a call written down and a visit entered; a template set into an answer."""

from __future__ import annotations

import pytest

from tests.browser import hands
from tests.browser.journey import DESKTOP, PHONE
from tests.browser.test_way import SIZES, walked

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("live")]


@SIZES
def test_a_mediation_passes_through_four_hands(traveller, size):
    walker = traveller(size)
    assert walked(hands.several_hands(walker)) == {}
    assert walker.troubles == []


@SIZES
def test_a_call_and_a_visit_are_written_down_for_somebody(traveller, size):
    walker = traveller(size)
    assert walked(hands.entered(walker)) == {}
    assert walker.troubles == []


@pytest.mark.deep
def test_the_same_way_is_sound_in_english_and_without_scripts(traveller):
    english = traveller(PHONE, language="en")
    assert walked(hands.several_hands(english)) == {}
    bare = traveller(PHONE, script=False)
    assert [name for name, _page in hands.entered(bare)][-1] == "visit-slips"
    assert english.troubles == []


def test_a_template_stands_behind_what_was_typed_with_and_without_scripts(traveller):
    for script in (True, False):
        walker = traveller(DESKTOP, script=script)
        assert walked(hands.templates_used(walker)) == {} if script else list(hands.templates_used(walker))
