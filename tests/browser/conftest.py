"""Chromium, and the product as its users start it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.journey import ARGUMENTS, CHROMIUM, Traveller


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of this folder; it must end with them, as its event loop forbids Django's database
    to all tests that come after it in the same process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def traveller(chromium, live) -> Iterator[Callable[..., Traveller]]:
    """Make travellers: `traveller(PHONE)`, `traveller(DESKTOP, language="en")`."""
    made: list[Traveller] = []

    def make(size: tuple[int, int], **more: object) -> Traveller:
        made.append(Traveller(chromium, live.address, size, live.accounts(), **more))
        return made[-1]

    yield make
    for one in made:
        one.leave()
