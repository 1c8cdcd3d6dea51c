"""Numbers of nobody, for tests: the region 100000 was never given out, telephones begin with 010-0."""

from __future__ import annotations

from uuid import UUID

from baiying.kit.sealing.people import CHECKS, WEIGHTS
from baiying.project.demo.network import unit_id


def street() -> UUID:
    """The union of a street of the demo."""
    return unit_id("union.110107003")


def other() -> UUID:
    """The station of another street."""
    return unit_id("station.110107004")


def identity_number(turn: int, born: str = "19800101", region: str = "100000") -> str:
    """The ``turn``-th number of nobody, with its check character."""
    body = f"{region}{born}{turn % 1000:03d}"
    return body + CHECKS[sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True)) % 11]


def telephone(turn: int) -> str:
    """The ``turn``-th telephone that cannot ring."""
    return f"0100{turn:07d}"
