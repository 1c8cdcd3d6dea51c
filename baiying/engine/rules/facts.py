"""What a fact is, as far as rules care: its name, its type and its choices. `catalogue/facts.toml` declares them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that rules may ask. `type` is a word of `language.FACT_TYPES`; `choices` of a choice or a set."""

    name: str
    type: str
    choices: tuple[str, ...] = ()


FactNames = Mapping[str, Fact]
