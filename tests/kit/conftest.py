"""Fixtures of the kit: keyrings of their own, so that no test needs a database for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from baiying.kit import keys


@pytest.fixture
def ring(tmp_path: Path, settings) -> Iterator[keys.Keyring]:
    """A keyring in a folder of this test alone."""
    settings.BAIYING_KEYS = tmp_path / "keys"
    keys.create(keys.folder())
    yield keys.keyring()
    keys._read.cache_clear()


@pytest.fixture
def other_ring(tmp_path: Path, settings) -> Callable[[], keys.Keyring]:
    """Changes to another keyring when called."""

    def change() -> keys.Keyring:
        settings.BAIYING_KEYS = tmp_path / "other"
        keys.create(keys.folder())
        return keys.keyring()

    return change
