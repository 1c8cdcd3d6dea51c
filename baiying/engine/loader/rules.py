"""The rule of a service: from the words of its file to a Rule, or to every fault at once.

    who = [{ fact = "person.age", at_least = 60, otherwise = "须年满60周岁。", otherwise_en = "…", basis = "…" }]

`docs/how-to/new-rule.md` shows every word. `RULE_WORDS` are the keys of a file's top that belong to the rule.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from baiying.engine.loader.faults import Fault
from baiying.engine.loader.reading import Source, Table
from baiying.engine.rules import Fact, FactNames, Line, Rule


@dataclass(frozen=True, slots=True)
class Known:
    """What a rule may name: facts (`catalogue/facts.toml`), lines, sources, grades and services."""

    facts: FactNames
    lines: Mapping[str, Line] = field(default_factory=dict)
    sources: Collection[str] | None = None  # None: not looked at
    grades: Collection[str] | None = None
    services: Collection[str] | None = None

    def with_asks(self, table: Table) -> Known:
        """Further the questions of this very file, as facts `ask.<name>`."""
        raise NotImplementedError


def check_rule(source: Source, known: Known) -> list[Fault]:
    """All faults of the rule's words of one file, its examples included."""
    raise NotImplementedError


def build_rule(key: str, table: Table, known: Known) -> Rule:
    """Build the rule of a file without faults."""
    raise NotImplementedError


def facts_of(table: Table) -> dict[str, Fact]:
    """The facts that `catalogue/facts.toml` declares, from its table: `["person.age"] type = "years" …`."""
    raise NotImplementedError
