"""The matters of the real catalogue, read once for the tests of the flow."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from baiying.engine.flow import Matter
from baiying.engine.loader import Catalogue, read_catalogue

FOLDER = Path(__file__).resolve().parents[3] / "catalogue"


@cache
def catalogue() -> Catalogue:
    return read_catalogue(FOLDER)


@cache
def matters() -> tuple[Matter, ...]:
    return catalogue().matters


def matter(key: str) -> Matter:
    return next(one for one in matters() if one.key == key)
