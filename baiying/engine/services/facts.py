"""A fact as people meet it: how it is called and asked, who may know it, where it comes from.

`engine.rules.Fact` is the same fact as far as rules care.
"""

from __future__ import annotations

from dataclasses import dataclass

from baiying.engine.flow.matter import Option

#: Whose value is a day.
DAYS = ("date", "years", "months")


class Source:
    """Where the value of a fact comes from, in the order in which one outweighs another."""

    PAPER = "paper"
    ROSTER = "roster"
    COMPUTED = "computed"
    DECLARED = "declared"
    ALL = (PAPER, ROSTER, COMPUTED, DECLARED)


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
