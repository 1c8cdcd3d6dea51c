"""A day in March on which the stories begin, the browsers of the cast, and how a need is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from baiying.kit import moment
from tests.stories.telling import Told
from tests.web.conftest import browser, plain_static, staff  # noqa: F401
from tests.web.pages import COMMUNITY, shown
from tests.web.test_way import keepsake

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)  # a Monday, noon in Shanghai


@pytest.fixture(autouse=True)
def a_monday_in_march() -> Iterator[None]:
    with moment.frozen(NOON):
        yield


@pytest.fixture
def tell(browser, staff) -> Callable[..., Told]:  # noqa: F811
    """Send a need from the matter's own page, as she does without JavaScript; gives the case."""
    def telling(matter: str, words: str, area: str = COMMUNITY, phone: str = "", contact: str = "",
                **answers: str | list[str]) -> Told:
        page = shown(browser.get(f"/catalogue/{matter}/"))
        said = {f"ask.{key}": answer for key, answer in answers.items()}
        receipt = page.press(browser, "need", words=words, area=area, phone=phone, contact=contact, **said)
        assert receipt.status == 200, receipt.text
        return Told(*keepsake(receipt), staff)
    return telling


def later(**time: float):
    """Inside, it is that much later than the day on which the stories begin."""
    return moment.frozen(NOON + timedelta(**time))
