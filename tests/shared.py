"""The shared material beside the checkout: real messages, areas, holidays, domain facts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]


def shared(path: str) -> Path:
    """A file or folder of the shared material; skips a lone machine without it, fails in CI."""
    root = Path(os.environ.get("BAIYING_SHARED", CHECKOUT.parent / "shared"))
    if not root.is_dir():
        sentence = f"The shared material is not at {root}. Set BAIYING_SHARED to its folder."
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    found = root / path
    assert found.exists(), f"The shared material has no {path}."
    return found
