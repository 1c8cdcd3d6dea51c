"""What a plan for incidents is made of, and what follows from it: the level that the facts suggest, the clocks.

A plan knows units, numbers and days. It has no word for a person: none for who leads, who speaks or who knows whom.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from baiying.engine.flow.answers import Answer, read_answers
from baiying.engine.flow.clocks import ClockState, Happening, clocks_after
from baiying.engine.flow.conditions import Facts, all_hold
from baiying.engine.flow.matter import Ask, Band, ClockWord, Closing, Matter
from baiying.engine.flow.refusing import Refused

# What happens to every incident, in the order in which it usually does. Clocks begin and end with these.
EVENTS = ("known", "reported", "written", "level_set", "on_site", "talks", "updated", "relief", "spokesman", "ended",
          "reviewed", "destroyed")
DESTROY = "destroy"  # the clock that every plan has: when what was learned of people goes
LEVEL = "case.band"  # the fact under which a clock's `when` looks at the level that a person has set


@dataclass(frozen=True, slots=True)
class Level:
    """One degree of an incident, the gravest declared first. `calls`, `calls_en`: whom it calls in, in words."""

    key: str
    label: str
    label_en: str
    when: Band
    calls: tuple[str, ...]
    calls_en: tuple[str, ...]
    basis_zh: str
    basis_en: str
    grade: str


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist. `levels`: only then; none named: always."""

    key: str
    label: str
    label_en: str
    help: str = ""
    help_en: str = ""
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan, as its file declares it. `asks`: the questions of the first report."""

    key: str
    name: str
    name_en: str
    help: str
    help_en: str
    levels: tuple[Level, ...]
    asks: Mapping[str, Ask] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    clocks: Mapping[str, ClockWord] = field(default_factory=dict)

    def level(self, key: str) -> Level | None:
        """The level of this name, or nothing for one that the plan does not know."""
        return next((one for one in self.levels if one.key == key), None)


def level_by(plan: Plan, facts: Facts) -> Level | None:
    """The gravest level whose threshold these facts reach; None below all of them. It suggests: a person sets it."""
    return next((one for one in plan.levels if all_hold(one.when.when, facts)), None)


def checks_of(plan: Plan, level: str) -> tuple[Check, ...]:
    """The checklist of an incident of this level, in the order of the file."""
    return tuple(one for one in plan.checks if not one.levels or level in one.levels)


def run_clocks(plan: Plan, level: str, happened: Sequence[Happening]) -> dict[str, ClockState]:
    """Every clock of the plan that has begun, by key, for an incident of this level after all that happened."""
    return clocks_after(_shell(plan), happened, {LEVEL: level or None})


def read_report(plan: Plan, raw: Mapping[str, object]) -> tuple[dict[str, Answer], dict[str, Refused]]:
    """(answers, refusals) by question of a first report, as a form sends it."""
    return read_answers(_shell(plan), raw, plan.asks.values())


def _shell(plan: Plan) -> Matter:
    return Matter(plan.key, plan.name, plan.name_en, "union", "P3", {}, Closing("", ""), clocks=plan.clocks)
