"""One service of the catalogue. A `label` is Chinese and its `label_en` English, as everywhere in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from baiying.engine.clock import Rule
from baiying.engine.flow.matter import Option

# folder of the catalogue -> kind of declaration. All four are read alike; their engines come one by one.
FOLDERS: Mapping[str, str] = {
    "services": "service", "programmes": "programme", "appraisals": "appraisal", "callouts": "callout",
}

# What something is, as the domain's definitions sort it. Matters say it too.
KINDS = (
    "benefit", "enrolment", "matter", "inspection", "incident", "participation", "publication", "org_task", "honour",
    "activity", "learning", "volunteer", "project",
)

# Kinds that no engine runs yet, whatever their folder: votes, the press, events and courses, calls, awards and places.
# Nobody is missing from them, so that nobody is swept for them either.
TO_COME = frozenset({
    "participation", "publication", "org_task", "honour", "activity", "learning", "volunteer", "project",
})  # fmt: skip

# When in life somebody looks for it: the sections of the catalogue's page.
SITUATIONS = (
    "safety", "rights", "illness", "hardship", "family", "joining", "work", "skills", "leisure", "voice",
    "volunteering", "organising",
)

ASK_KINDS = (
    "text", "longtext", "yesno", "choice", "choices", "date", "number", "money", "file", "table", "unit", "person",
    "phone", "identity", "account", "link",
)

# How good a source is: A the text itself, B a press or union original, C a mirror or a part, K known, not confirmed.
SOURCE_GRADES = ("A", "B", "C", "K")
UNSURE = ("C", "K")


@dataclass(frozen=True, slots=True)
class Basis:
    """Who says so: a source with its articles, in both languages, and how good the source is."""

    key: str
    name: str
    name_en: str
    grade: str

    @property
    def sure(self) -> bool:
        """Whether it is an original, and no mirror and no hearsay."""
        return self.grade not in UNSURE


@dataclass(frozen=True, slots=True)
class Terms:
    """Who may have it, in the words of the source."""

    text: str
    text_en: str = ""
    basis: tuple[Basis, ...] = ()
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as a source tells it. `past`: of what was done once, and nobody's due. `year` 0: none was told."""

    label: str
    label_en: str
    value: str
    value_en: str
    year: int = 0
    basis: tuple[Basis, ...] = ()
    past: bool = False
    note: str = ""
    note_en: str = ""

    @property
    def sure(self) -> bool:
        """Whether any of its sources is an original. What is not sure is promised to nobody."""
        return any(one.sure for one in self.basis)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody with a part in it, as this service calls them. `must`: it does not work without them."""

    key: str
    label: str
    label_en: str
    must: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A question or a paper. `fact`: the fact it settles, not asked for where that is known; `proof`: its paper."""

    key: str
    label: str
    label_en: str
    kind: str
    privacy: str
    need: bool = False
    options: tuple[Option, ...] = ()
    by: str = ""
    fact: str = ""
    proof: str = ""
    help: str = ""
    help_en: str = ""


@dataclass(frozen=True, slots=True)
class StepOf:
    """A step, and whose turn it is then."""

    key: str
    label: str
    label_en: str
    by: tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit as it is told. `start`: what it counts from, in words. `grade`: a word of `words.toml`."""

    key: str
    label: str
    label_en: str
    limit: str
    start: str
    start_en: str
    basis: tuple[Basis, ...]
    grade: str
    note: str = ""
    note_en: str = ""

    @property
    def rule(self) -> Rule:
        """The length of time."""
        return Rule.parse(self.limit)


@dataclass(frozen=True, slots=True)
class Guard:
    """What protects the person who asks."""

    text: str
    text_en: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """Something that people may be entitled to, or take part in.

    `privacy` is its class; `matter` the key of the matter that handles a request for it; `grade` the weakest of its
    sources; `rule` the parts that `engine.rules` judges, as they were declared.
    """

    key: str
    folder: str
    kind: str
    situation: str
    name: str
    name_en: str
    help: str
    help_en: str
    org: str
    privacy: str
    grade: str
    sources: tuple[Basis, ...]
    terms: tuple[Terms, ...]
    steps: tuple[StepOf, ...]
    matter: str = ""
    order: int = 0
    valid_from: date | None = None
    valid_until: date | None = None
    where: str = ""
    where_en: str = ""
    closes: str = ""
    closes_en: str = ""
    keywords: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    parties: tuple[Actor, ...] = ()
    papers: tuple[Paper, ...] = ()
    clocks: tuple[Clock, ...] = ()
    guards: tuple[Guard, ...] = ()
    rule: Mapping[str, Any] = field(default_factory=dict)

    @property
    def due(self) -> tuple[Figure, ...]:
        """The numbers that may be hers."""
        return tuple(one for one in self.figures if not one.past)

    @property
    def past(self) -> tuple[Figure, ...]:
        """The numbers that are told of what was done once."""
        return tuple(one for one in self.figures if one.past)

    @property
    def declared(self) -> bool:
        """Whether its own engine is still to come: it is shown, and a person is asked."""
        return self.folder != "services" or self.kind in TO_COME

    def in_force(self, on: date) -> bool:
        """Whether a day lies in its validity; what tells none is in force until somebody says otherwise."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on <= self.valid_until)
