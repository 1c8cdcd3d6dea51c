"""The language of rules: what a service says of who gets it, how much, how often, when and how many places there are.

Everything here is frozen data, read from TOML by `engine.loader.rules`. A rule is total: it has no loops, no arithmetic
and no text to take apart; it ends with yes, no or not known. A requirement is flat: it compares facts with values, and
sums are facts of their own. `docs/how-to/new-rule.md` shows every word with an example.

Values: bool (yes/no), int (a number; money in fen), str (one of the choices), date, frozenset of str (several choices).
A fact that is absent or None is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

Value = bool | int | str | date | frozenset[str]
#: What is known of one person, by the names of facts. A name that is absent is not known, and so is None.
Facts = Mapping[str, Value | None]

#: Numbers beyond this, or below its negative, are nobody's age, wage or bill: not known (10¹³ fen: 100 billion yuan).
NUMBER_MOST = 10**13

#: How a test compares. `between` and `within` count both ends.
EQUAL = ("is", "in")
SETS = ("any_of", "has")
ORDER = ("at_least", "at_most", "above", "below", "between")
RECENT = ("within",)
OPS = (*EQUAL, *SETS, *ORDER, *RECENT)
GROUPS = ("any", "all", "none")

#: The parts of a file that are a rule's, in the order in which one writes them.
RULE_WORDS = ("for", "who", "band", "amount", "limit", "window", "places", "example", "sweep")

#: The types of facts. `years` and `months` are a time since a date (an age): the fact is then the date itself,
#: compared with a cut-off date, or, where somebody only told a number, that number.
FACT_TYPES = ("yesno", "number", "money", "choice", "set", "date", "years", "months")

#: For whom one asks: the rule is judged with the facts of this person.
SUBJECTS = ("self", "child", "parent")

BAND = "case.band"  # the band of this very rule, as a fact
ROUND_OPEN = "round.open"  # whether somebody opened a round of this service


class Answer(StrEnum):
    """What a rule says. `gives` in an example uses the same three words."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "ask"


def answer(value: bool | None) -> Answer:
    """The answer that a three-valued bool is."""
    return Answer.UNKNOWN if value is None else Answer.YES if value else Answer.NO


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference value by name, written `@dibao`: looked up by day (`lines.Lines`), never a number of the rule."""

    name: str


@dataclass(frozen=True, slots=True)
class Share:
    """A part of something: 0.06, or "1/3" where no decimal says it. Exact."""

    part: int
    whole: int

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.part, self.whole)

    def of(self, fen: int) -> int:
        """This part of so many fen, to the fen; half a fen goes up."""
        return (2 * fen * self.part + self.whole) // (2 * self.whole)


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time back from today. `unit`: day, month, year; `this_year`, `last_year` are calendar years."""

    length: int
    unit: str


#: What a test compares with. `in`, `any_of` and `has` take a set, `between` two ends, `within` a span.
Against = bool | int | str | date | frozenset[str] | tuple[int | date, int | date] | Span | Share | Ref


@dataclass(frozen=True, slots=True)
class Test:
    """One fact against one value. `op` is a word of OPS.

    `unit`: "years" or "months" for a fact that is a length of time since a date.
    `of`: the money or number of which the fact is a part; the value then is a Share ("more than 4/5 of the income").
    """

    __test__ = False  # not one of pytest's

    fact: str
    op: str
    value: Against
    unit: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Several conditions under one word of GROUPS: one of these, each of these, none of these."""

    how: str
    of: tuple[Condition, ...]


Condition = Test | Group


@dataclass(frozen=True, slots=True)
class Requirement:
    """One clause of who gets it. `otherwise`: what a person who fails it is told."""

    when: Condition
    otherwise: str
    otherwise_en: str = ""
    basis: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A named result; the first whose `when` holds is the fact `case.band`."""

    name: str
    label: str
    when: tuple[Condition, ...]
    label_en: str = ""
    basis: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Paid:
    """One instalment: this share, at this stage, borne by this payer."""

    share: Share
    at: str = ""
    payer: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """Money or goods for one item. Of amounts with the same item the first that holds counts; different items add.

    Either `value` fen (fixed, of a line, or by the row of a table line), times `each` less `skip` and at most
    `most_each`; or `share` of the money `of` (a fact, or `amount.<item>` above), only what is `over` a threshold. Then
    no less than `least` (unless nothing is left of which there could be a share) and no more than `most`.
    `payer` "asker": a contribution of hers. `per`: year, month … in which it is paid once. Before `since` it does not
    hold; after `until` its figure is out of date, and a person computes it.
    """

    item: str
    label: str = ""
    label_en: str = ""
    value: int | Ref | None = None
    row: tuple[str, ...] = ()
    each: str = ""
    skip: int = 0
    most_each: int = 0
    share: Share | Ref | None = None
    of: str = ""
    over: int | Ref = 0
    least: int | Ref = 0
    most: int | Ref | None = None
    goods: str = ""
    goods_en: str = ""
    per: str = ""
    payer: str = ""
    paid: tuple[Paid, ...] = ()
    when: tuple[Condition, ...] = ()
    since: date | None = None
    until: date | None = None
    basis: str = ""
    grade: str = ""

    @property
    def hers(self) -> bool:
        """A contribution that she pays."""
        return self.payer == "asker"


@dataclass(frozen=True, slots=True)
class Limit:
    """How often (`times`) or how much (`most` fen) per year, life, event …; or what it does not go together with.

    `of`: of whom (household, unit …), person by default. What was used is a fact that the ledger fills
    (`limits.used_fact`). `not_with`: another service that she has not had in this time.
    """

    per: str = ""
    times: int = 0
    most: int = 0
    of: str = ""
    not_with: str = ""
    when: tuple[Condition, ...] = ()
    basis: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """When one can ask: between two days, between two days of every year, or while a round is open."""

    opens: date | None = None
    closes: date | None = None
    yearly: tuple[tuple[int, int], tuple[int, int]] | None = None  # (month, day) to (month, day), both in
    round: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """Who gets places when there are too few. `by`: first, order, draw, score; `memory`: who lost before is first."""

    by: str
    prefer: tuple[Condition, ...] = ()
    memory: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """Everything that a service says of who gets it. `id` is the service's. An empty rule says yes to everybody."""

    id: str
    requirements: tuple[Requirement, ...] = ()
    bands: tuple[Band, ...] = ()
    amounts: tuple[Amount, ...] = ()
    limits: tuple[Limit, ...] = ()
    window: Window | None = None
    places: Places | None = None
    subjects: tuple[str, ...] = ("self",)
    sweep: str = ""
