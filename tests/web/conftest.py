"""Browsers without JavaScript: one of nobody, one of each member of staff."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from baiying.members import queries as members
from baiying.project.demo.cast import person
from tests.web.pages import COMMUNITY, Shown, shown

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def plain_static(settings) -> None:
    """Static files by their own names: the manifest is made when the product is started, not here."""
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture
def browser(db) -> Client:
    """A browser of nobody in particular. It checks tokens as a real one must send them."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def staff(db) -> Callable[[str], Client]:
    """A browser in which one of the cast is signed in."""
    def signed_in(key: str) -> Client:
        client = Client(enforce_csrf_checks=True)
        found = members.by_login(person(key).login)
        assert found is not None
        client.force_login(found, backend=BACKEND)
        return client
    return signed_in


@pytest.fixture
def send(browser) -> Callable[..., Shown]:
    """Fill the box as a person without JavaScript does, and read the receipt."""
    def sending(words: str = "三个月没有发工资了。", **more: str) -> Shown:
        front = shown(browser.get("/"))
        return front.press(browser, "need", words=words, **{"area": COMMUNITY, **more})
    return sending
