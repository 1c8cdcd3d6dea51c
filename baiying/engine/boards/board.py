"""A board as it is declared: what is measured, who stands beside whom, in which periods, for whom."""

from __future__ import annotations

from dataclasses import dataclass

#: For whom: everybody; those who answer for units below; a unit for itself alone.
AUDIENCES = ("public", "federation", "unit")
PERIODS = ("week", "month", "quarter", "year")
#: What stands beside what within one period. A unit's own board never shows another unit.
COMPARED = ("street", "unit", "matter")


@dataclass(frozen=True, slots=True)
class Measure:
    """A count, or a share when `of` names what it is a part of. The definition is the sentence shown with it."""

    key: str
    name: str
    name_en: str
    definition: str
    definition_en: str
    count: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    key: str
    name: str
    name_en: str
    lead: str
    lead_en: str
    audience: str
    order: int
    periods: tuple[str, ...]
    compare: tuple[str, ...]
    measures: tuple[Measure, ...]
