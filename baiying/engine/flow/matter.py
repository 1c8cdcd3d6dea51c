"""What a matter is made of, as plain frozen values.

The loader builds these from `catalogue/matters/*.toml`; nothing here reads a file, a clock or a database. A `label`
is Chinese and its `label_en` English; an empty English label means that the Chinese one is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from baiying.engine.clock import Rule
from baiying.engine.flow.conditions import Condition

# Built in, never declared: three that wait for the word of the person who asked, two that are the end.
ANSWERED, REFUSED, EXTERNAL = "answered", "refused", "external"
WITHDRAWN, CLOSED = "withdrawn", "closed"
WAITING = (ANSWERED, REFUSED, EXTERNAL)
ENDED = (WITHDRAWN, CLOSED)
BUILT_IN = WAITING + ENDED

# The two parties that the house itself knows; every other party is a line of `words.toml`.
ASKER, LEAD, UPPER = "asker", "lead", "upper"

Kind = Literal["text", "longtext", "yesno", "choice", "choices", "date"]
Owner = Literal["ours", "asker", "other"]


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a list. The Chinese label is also the stored value, so that an old case still reads by itself."""

    label: str
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question put to the person who asks. Its answer is the fact `ask.<key>`; a date may be an event of a clock."""

    key: str
    label: str
    label_en: str
    kind: Kind
    privacy: str
    options: tuple[Option, ...] = ()
    need: bool = False
    event: str = ""
    help: str = ""
    help_en: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody with a part in a case. Only parties that `acts` can be given a task in this version of the system."""

    key: str
    name: str
    name_en: str
    acts: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    key: str
    label: str
    label_en: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A way on from a stage. `by` says who may take it; `agree` who must all say yes before it is taken."""

    key: str
    to: str
    by: tuple[str, ...]
    label: str
    label_en: str = ""
    help: str = ""
    help_en: str = ""
    needs: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    agree: tuple[str, ...] = ()
    reasons: tuple[Option, ...] = ()
    letter: str = ""
    then: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    key: str
    label: str
    label_en: str
    task: tuple[str, ...]
    moves: tuple[Move, ...] = ()
    help: str = ""
    help_en: str = ""


@lru_cache(maxsize=1024)
def _rule(limit: str, kind: str) -> Rule:
    return replace(Rule.parse(limit), kind=kind)


@dataclass(frozen=True, slots=True)
class ClockWord:
    """A deadline as declared: which event starts it, which meets it, who must act, whose it is, who says so.

    `owner` is "ours" (a promise of the unit), "asker" (her own legal clock, shown first, never ended by us) or
    "other" (an outside body's). Without `until` it runs to its term: a validity or a limitation.
    """

    key: str
    label: str
    label_en: str
    limit: str
    kind: str
    starts: tuple[str, ...]
    until: tuple[str, ...]
    of: str
    owner: Owner
    basis: str
    basis_zh: str
    basis_en: str
    grade: str
    warn: tuple[int, ...] = ()
    help: str = ""
    help_en: str = ""

    @property
    def rule(self) -> Rule:
        return _rule(self.limit, self.kind)


@dataclass(frozen=True, slots=True)
class Closing:
    """What the person is asked at the end. `times`: how often "not solved" reopens the case, one level up each time."""

    question: str
    question_en: str
    reopen: str = UPPER
    times: int = 1
    shelf: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """One kind of case. `privacy` is its class, P0 to P3; `lead_level` the lowest level that may lead it."""

    key: str
    name: str
    name_en: str
    org: str
    privacy: str
    stages: Mapping[str, Stage]
    closing: Closing
    asks: Mapping[str, Ask] = field(default_factory=dict)
    letters: Mapping[str, Letter] = field(default_factory=dict)
    clocks: Mapping[str, ClockWord] = field(default_factory=dict)
    order: int = 0
    default: bool = False
    safe: bool = False
    lead_level: str = ""
    help: str = ""
    help_en: str = ""

    @property
    def first(self) -> str:
        """The stage a case begins in: the one written first."""
        return next(iter(self.stages))


# How a built-in stage is called where a case is shown.
BUILT_IN_STAGES: Mapping[str, Stage] = {
    ANSWERED: Stage(ANSWERED, "已答复, 等本人评", "Answered, the person's word awaited", (ASKER,)),
    REFUSED: Stage(REFUSED, "未予办理, 等本人评", "Not taken on, the person's word awaited", (ASKER,)),
    EXTERNAL: Stage(EXTERNAL, "已告知法定途径, 等本人评", "Told the lawful route, the person's word awaited", (ASKER,)),
    WITHDRAWN: Stage(WITHDRAWN, "本人已撤回", "Withdrawn by the person who asked", ()),
    CLOSED: Stage(CLOSED, "已办结 (本人已评)", "Closed by the person who asked", ()),
}


def stage_of(matter: Matter, key: str) -> Stage:
    """The stage of this name, declared or built in. Raises KeyError for a name that neither knows."""
    return matter.stages[key] if key in matter.stages else BUILT_IN_STAGES[key]
