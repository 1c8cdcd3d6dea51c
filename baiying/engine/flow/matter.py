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
from baiying.engine.flow.templates import Reply, Template

# Built in, never declared: three that wait for the word of the person who asked, three that are the end: she took it
# back, she gave her word, or the level above ended it for a ground that she may contest once.
ANSWERED, REFUSED, EXTERNAL = "answered", "refused", "external"
WITHDRAWN, CLOSED, SET_ASIDE = "withdrawn", "closed", "set_aside"
WAITING = (ANSWERED, REFUSED, EXTERNAL)
ENDED = (WITHDRAWN, CLOSED, SET_ASIDE)
BUILT_IN = WAITING + ENDED

# The parties that the house itself knows; every other party is a line of `words.toml`.
ASKER, LEAD, UPPER, CO = "asker", "lead", "upper", "co"
HOUSE_PARTIES = (ASKER, LEAD, UPPER)

# Why our clocks may stand still. Hers never do.
WAITING_FOR_ASKER, OUTSIDE_STEP, FORCE_MAJEURE = "waiting_for_asker", "outside_step", "force_majeure"
PAUSES = (WAITING_FOR_ASKER, OUTSIDE_STEP, FORCE_MAJEURE)
USUAL_PAUSES = (WAITING_FOR_ASKER, FORCE_MAJEURE)
# How long after the end her word is taken and her words are kept, where a matter says nothing. Our own rule (proposed).
USUAL_KEEP = "3 years"
# By which ties of the network a matter's first unit is looked for: her employer's trade (sector), or where she is.
SECTOR, TERRITORIAL = "sector", "territorial"
TIES = (SECTOR, TERRITORIAL)
USUAL_TIES = (TERRITORIAL,)

# What a party that was brought in may be shown beside the words of its own task and answers to questions.
SEEN = ("words", "name", "phone", "story", "files")
# How long a party has to say that a task has arrived, where a matter says nothing. Our own rule (proposed).
USUAL_RECEIPT = "1 working day"

Kind = Literal["text", "longtext", "yesno", "choice", "choices", "date", "number", "money"]
Owner = Literal["ours", "asker", "other"]


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a list. The Chinese label is also the stored value, so that an old case still reads by itself."""

    label: str
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question. Its answer is the fact `ask.<key>`; a date may be an event of a clock.

    `by`: the party that answers it. What is not asked of her stands on no form of hers: it is asked at the move that
    needs it. `when`: asked only then; not known counts as asked, so that nothing is lost without JavaScript.
    A number is a whole number, money is typed in yuan and kept in fen, both as int.
    """

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
    by: str = ASKER
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody with a part in a case. `plays`: roles of units that can be asked to be it; none named: any unit."""

    key: str
    name: str
    name_en: str
    plays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What one party may see of a case of this matter, and whether she is asked before it is brought in.

    `sees`: words of SEEN and keys of questions, beside the words of its own task. `purpose`: what it needs them for, as
    she is told; empty: the words of its task say it. `receipt`: by when it says that the task has arrived.
    `between`: the sides between which and her it stands; it reads what they hand in before they show it to anybody.
    """

    party: str
    sees: tuple[str, ...] = ()
    consent: bool = False
    purpose: str = ""
    purpose_en: str = ""
    receipt: str = USUAL_RECEIPT
    between: tuple[str, ...] = ()

    @property
    def receipt_rule(self) -> Rule:
        return _rule(self.receipt, "deadline")


@dataclass(frozen=True, slots=True)
class Band:
    """A named result about a case: a track, a degree. The first whose conditions hold is the fact `case.band`."""

    name: str
    label: str
    label_en: str
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """Whom the law makes us tell. Shown before she speaks; who is told so is brought in without asking her."""

    key: str
    label: str
    label_en: str
    tells: tuple[str, ...]
    basis: str
    basis_zh: str
    basis_en: str
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A paper of a case. `text` is Chinese, with the placeholders of `flow.letters`; it may be empty. With a
    `template` it is made as a document: `fill` says which fact fills which of its blanks, `series`, `addressee` and
    `reply` what differs from the template.
    """

    key: str
    label: str
    label_en: str
    to: tuple[str, ...]
    text: str = ""
    template: Template | None = None
    fill: Mapping[str, str] = field(default_factory=dict)
    series: str = ""
    addressee: str = ""
    reply: Reply | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A way on from a stage. `by` says who may take it; `agree` who must all say yes before it is taken.

    `needs`: facts that must be there; a question among them is asked with the move. `opens`: keys of matters that she
    is offered afterwards, filled in, for her to send. `other_than`: marks; whoever made one of them last, or asked
    (`submitted`), does not take this move: four eyes. `up`: from here on the unit above leads.
    """

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
    opens: tuple[str, ...] = ()
    other_than: tuple[str, ...] = ()
    up: bool = False


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
class Expired:
    """What follows when a clock runs out unmet: a stage, effects, a letter that is offered."""

    to: str = ""
    then: tuple[str, ...] = ()
    letter: str = ""


@dataclass(frozen=True, slots=True)
class ClockWord:
    """A deadline as declared: which event starts it, which meets it, who must act, whose it is, who says so.

    `owner` is "ours" (a promise of the unit), "asker" (her own legal clock, shown first, never ended by us) or
    "other" (an outside body's). Without `until` it runs to its term: a validity or a limitation.
    `before`: it counts back from the told day of this event, which then is the only one of `starts`.
    `when`: it starts only if these hold; while one is not known it waits, and starts later from the event's own time.
    `extend`: how much more may be granted, once, by the level above; empty: nothing.
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
    when: tuple[Condition, ...] = ()
    before: str = ""
    extend: str = ""
    expired: Expired = Expired()

    @property
    def rule(self) -> Rule:
        return _rule(self.limit, self.kind)

    @property
    def extension(self) -> Rule | None:
        """What may be granted on top; None for nothing."""
        return _rule(self.extend, self.kind) if self.extend else None


@dataclass(frozen=True, slots=True)
class Closing:
    """What the person is asked at the end. `times`: how often "not solved" reopens the case, one level up each time.

    `asks`: questions put with the verdict and nowhere before.
    """

    question: str
    question_en: str
    reopen: str = UPPER
    times: int = 1
    shelf: str = ""
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """One kind of case. `privacy` is its class, P0 to P3; `lead_level` the lowest level that may lead it;
    `ties` by which ties of the network its first unit is looked for, the first one first.

    `parts` holds only the parties that the file says something about: ask `flow.part_of` for any. `keep`: how long
    after the end her word is taken and her words are kept. `visit`: what is heard on a visit becomes a case of it.
    `kind` and `situation`: where the catalogue's page shows it (engine.services); empty where its file does not say.
    `of_services`: it handles requests for services and is offered by them alone, never by itself.
    """

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
    visit: bool = False
    lead_level: str = ""
    ties: tuple[str, ...] = USUAL_TIES
    help: str = ""
    help_en: str = ""
    bands: tuple[Band, ...] = ()
    duties: tuple[Duty, ...] = ()
    parts: Mapping[str, Part] = field(default_factory=dict)
    pauses: tuple[str, ...] = USUAL_PAUSES
    keep: str = USUAL_KEEP
    kind: str = ""
    situation: str = ""
    of_services: bool = False

    @property
    def first(self) -> str:
        """The stage a case begins in: the one written first."""
        return next(iter(self.stages))

    @property
    def has_papers(self) -> bool:
        """Whether any of its letters is made as a document."""
        return any(one.template is not None for one in self.letters.values())

    @property
    def keep_rule(self) -> Rule:
        """How long words are kept, as a rule that never rolls to a working day."""
        return _rule(self.keep, "validity")


# How a built-in stage is called where a case is shown.
BUILT_IN_STAGES: Mapping[str, Stage] = {
    ANSWERED: Stage(ANSWERED, "已答复, 等本人评", "Answered, the person's word awaited", (ASKER,)),
    REFUSED: Stage(REFUSED, "未予办理, 等本人评", "Not taken on, the person's word awaited", (ASKER,)),
    EXTERNAL: Stage(EXTERNAL, "已告知法定途径, 等本人评", "Told the lawful route, the person's word awaited", (ASKER,)),
    WITHDRAWN: Stage(WITHDRAWN, "本人已撤回", "Withdrawn by the person who asked", ()),
    CLOSED: Stage(CLOSED, "已办结 (本人已评)", "Closed by the person who asked", ()),
    SET_ASIDE: Stage(SET_ASIDE, "由上一级终结", "Ended by the level above", ()),
}


def stage_of(matter: Matter, key: str) -> Stage:
    """The stage of this name, declared or built in. Raises KeyError for a name that neither knows."""
    return matter.stages[key] if key in matter.stages else BUILT_IN_STAGES[key]
