"""Every kind of page as each role sees it, looked at by axe on a phone and on a desktop."""

from __future__ import annotations

import pytest

from tests import rounds
from tests.browser import journey, touring
from tests.browser.journey import DESKTOP, PHONE
from tests.browser.test_way import faults

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.xdist_group("live")]


# A tour takes most of a minute: one of them is part of `make test`, all of them of `make deep`.
ALWAYS = {("", "phone")}
SIZES = {"phone": (PHONE, "zh-hans"), "desktop": (DESKTOP, "en")}
TOURS = [pytest.param(who, *SIZES[size], id=f"{who or 'nobody'}-{size}",
                      marks=() if (who, size) in ALWAYS else pytest.mark.deep)
         for who in touring.ROLES for size in SIZES]


@pytest.mark.parametrize(("who", "size", "language"), TOURS)
def test_every_page_of_a_role_is_sound(traveller, who, size, language):
    walker = traveller(size, language=language)
    found = {name: wrong for name, page in touring.tour(walker, who) if (wrong := faults(page))}
    assert found == {}
    assert walker.troubles == []


def test_the_tour_meets_every_address_that_can_be_typed(traveller):
    table = rounds.rows()
    assert len(table) > 40 and len(touring.ROLES) > 8
    met = {name for name, _page in touring.tour(traveller(journey.DESKTOP), "")}
    assert {"places", "catalogue", "about", "find", "in"} <= met
