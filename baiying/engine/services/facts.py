"""A fact as people meet it: how it is called and asked, who may know it, where it comes from.

`engine.rules.Fact` is the same fact as far as rules care.
"""

from __future__ import annotations

from dataclasses import dataclass

from baiying.engine.flow.matter import Option
from baiying.engine.rules.language import FACT_TYPES

TYPES = (*FACT_TYPES, "text")
#: Whose value is a day.
DAYS = ("date", "years", "months")
FACT_CLASSES = ("P0", "P1", "P2", "P3")
UNITS = ("days", "persons", "times", "percent", "yuan", "hours", "shares", "homes", "place", "cases", "month", "year")
#: Where a value comes from: verified by a paper, from a roster, computed from others, or as she says.
PAPER, ROSTER, COMPUTED, DECLARED = SOURCES = ("paper", "roster", "computed", "declared")
#: What she agrees to, each by itself, before a private fact is kept: who she is, what she lives on, health, work.
PURPOSES = ("identity", "means", "health", "work")


@dataclass(frozen=True, slots=True)
class FactWord:
    """One fact of `catalogue/facts.toml`. `of`: the facts it is computed from, which are asked for instead of it."""

    name: str
    label: str
    label_en: str
    type: str
    privacy: str
    source: str
    app: str
    unit: str = ""
    purpose: str = ""
    of: tuple[str, ...] = ()
    question: str = ""
    question_en: str = ""
    options: tuple[Option, ...] = ()

    @property
    def sealed(self) -> bool:
        """Whether a value that she told is kept sealed, and no service that reads it is offered unasked."""
        return self.privacy == "P3"
