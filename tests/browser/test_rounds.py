"""Every kind of page as each role sees it, looked at by axe on a phone and on a desktop."""

from __future__ import annotations

import pytest

from tests import rounds
from tests.browser import touring
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
    looked_at = {name: faults(page) for name, page in touring.tour(walker, who)}
    assert {name: wrong for name, wrong in looked_at.items() if wrong} == {}
    assert walker.troubles == []
    assert who or {"places", "catalogue", "about", "find", "in"} <= looked_at.keys(), "the tour went astray"


def test_the_tours_are_of_every_address_and_role():
    assert len(rounds.rows()) > 40 and len(touring.ROLES) > 8
