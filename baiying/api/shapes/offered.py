"""Matters, services and facts, as the pages of the catalogue tell them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from baiying.api.shapes.shape import Shape, said, typeset
from baiying.catalogue import queries as catalogue
from baiying.catalogue.promised import promised
from baiying.engine import flow
from baiying.engine.services import UNSURE, Basis, Clock, Figure, Paper, Service, StepOf, Terms
from baiying.engine.services.facts import DAYS, FactWord
from baiying.kit import moment
from baiying.services import answers
from baiying.services.words import CLASSES

HOUSE = "house"  # the source of our own rules


class Source(Shape):
    """Who says so."""

    key: str
    name: str
    grade: str
    """A: the text itself; B: a press or union original; C: a mirror or a part of it; K: known, not confirmed."""
    checked: bool
    """False: nobody has checked it against an original. What only such a source says is promised to nobody."""

    @classmethod
    def all_of(cls, bases: Iterable[Basis]) -> list[Self]:
        return [cls(key=one.key, name=said(one), grade=one.grade, checked=one.sure or one.key == HOUSE)
                for one in bases]


class Choice(Shape):
    """One answer that can be chosen."""

    value: str
    """What is sent."""
    label: str

    @classmethod
    def all_of(cls, options: Iterable[flow.Option]) -> list[Self]:
        return [cls(value=one.label, label=said(one, "label")) for one in options]


class Question(Shape):
    """A question or a paper."""

    key: str
    label: str
    help: str
    kind: str
    needed: bool
    choices: list[Choice]
    privacy: str
    privacy_says: str
    """Who may read the answer."""

    @classmethod
    def of(cls, ask: flow.Ask | Paper) -> Self:
        return cls(key=ask.key, label=said(ask, "label"), help=said(ask, "help"), kind=ask.kind, needed=ask.need,
                   choices=Choice.all_of(ask.options), privacy=ask.privacy, privacy_says=class_said(ask.privacy))


class Limit(Shape):
    """A time limit as it is declared."""

    label: str
    limit: str
    """Its length, as "15 calendar_day" or "3 working_day"."""
    counted_from: str
    grade: str
    """How sure its source is; "proposed" is our own rule and promised by nobody else."""
    grade_says: str
    note: str
    basis: str
    """Which law or rule says so."""

    @classmethod
    def of_service(cls, clock: Clock) -> Self:
        return cls(label=said(clock, "label"), limit=clock.limit, counted_from=said(clock, "start"),
                   grade=clock.grade, grade_says=grade_said(clock.grade), note=said(clock, "note"),
                   basis=typeset("; ".join(said(one) for one in clock.basis)))

    @classmethod
    def of_matter(cls, clock: flow.ClockWord) -> Self:
        return cls(label=said(clock, "label"), limit=clock.limit, counted_from="", grade=clock.grade,
                   grade_says=grade_said(clock.grade), note=said(clock, "help"), basis=basis_said(clock))


class MatterLine(Shape):
    """One kind of case that anybody may open."""

    key: str
    name: str
    help: str
    kind: str
    situation: str
    protected: bool
    """A matter of safety: what is told is sealed, only named people read it, each opening is shown to her."""

    @classmethod
    def of(cls, matter: flow.Matter) -> Self:
        return cls(key=matter.key, name=said(matter), help=said(matter, "help"), kind=matter.kind or "matter",
                   situation=matter.situation, protected=matter.safe)


class Matters(Shape):
    matters: list[MatterLine]


class Stage(Shape):
    label: str
    help: str


class Duty(Shape):
    """Whom the law makes us tell, before she says a word."""

    label: str
    tells: list[str]
    basis: str


class MatterWhole(MatterLine):
    """One matter with its own questions, its way and its clocks."""

    questions: list[Question]
    stages: list[Stage]
    limits: list[Limit]
    duties: list[Duty]
    closing: str
    """What she is asked at the end; only her word ends the case."""

    @classmethod
    def whole(cls, matter: flow.Matter) -> Self:
        parties = catalogue.words().parties
        return cls(**MatterLine.of(matter).model_dump(),
                   questions=[Question.of(one) for one in flow.form_asks(matter)],
                   stages=[Stage(label=said(one, "label"), help=said(one, "help")) for one in matter.stages.values()],
                   limits=[Limit.of_matter(one) for one in matter.clocks.values()],
                   duties=[Duty(label=said(one, "label"), basis=basis_said(one),
                                tells=[said(parties[key]) for key in one.tells if key in parties])
                           for one in matter.duties],
                   closing=said(matter.closing, "question"))


class ServiceLine(Shape):
    """One thing that people may be entitled to, or take part in."""

    key: str
    name: str
    help: str
    kind: str
    situation: str
    organisation: str
    grade: str
    """The weakest of its sources, A to K; see `promised`."""
    promised: bool
    """False: a source is a mirror page or hearsay, so nothing here is promised to anybody."""
    in_force: bool
    valid_from: date | None
    valid_until: date | None
    handled_here: bool
    """False: it does not run by itself here yet; a person helps on."""
    tested: bool
    """Whether POST /entitlements judges it."""

    @classmethod
    def of(cls, service: Service) -> Self:
        rule = promised().rules.get(service.key)
        return cls(key=service.key, name=said(service), help=said(service, "help"), kind=service.kind,
                   situation=service.situation, organisation=service.org, grade=service.grade,
                   promised=service.grade not in UNSURE, in_force=service.in_force(moment.today()),
                   valid_from=service.valid_from, valid_until=service.valid_until,
                   handled_here=not service.declared,
                   tested=rule is not None and bool(rule.requirements) and not service.declared)


class Services(Shape):
    services: list[ServiceLine]


class Who(Shape):
    """Who may have it, in the words of the source."""

    text: str
    note: str
    sources: list[Source]

    @classmethod
    def of(cls, terms: Terms) -> Self:
        return cls(text=said(terms, "text"), note=said(terms, "note"), sources=Source.all_of(terms.basis))


class Told(Shape):
    """A number as a source tells it."""

    label: str
    value: str
    year: int | None
    past: bool
    """Of what was done once, and nobody's due."""
    promised: bool
    """False: no source of it is an original; it is promised to nobody."""
    note: str
    sources: list[Source]

    @classmethod
    def of(cls, figure: Figure) -> Self:
        return cls(label=said(figure, "label"), value=said(figure, "value"), year=figure.year or None,
                   past=figure.past, promised=figure.sure and not figure.past, note=said(figure, "note"),
                   sources=Source.all_of(figure.basis))


class Step(Shape):
    label: str
    by: list[str]

    @classmethod
    def of(cls, step: StepOf) -> Self:
        return cls(label=said(step, "label"), by=[said(one, "label") for one in step.by])


class ServiceWhole(ServiceLine):
    """One service: for whom, how much, which papers, steps and times, who reads it, who says so."""

    who: list[Who]
    conditions: list[str]
    """One condition after the other, as who does not meet it is told."""
    figures: list[Told]
    papers: list[Question]
    steps: list[Step]
    limits: list[Limit]
    finished_when: str
    privacy: str
    privacy_says: str
    guards: list[str]
    where: str
    sources: list[Source]

    @classmethod
    def whole(cls, service: Service) -> Self:
        rule = promised().rules.get(service.key)
        return cls(**ServiceLine.of(service).model_dump(), who=[Who.of(one) for one in service.terms],
                   conditions=[said(one, "otherwise") for one in rule.requirements] if rule else [],
                   figures=[Told.of(one) for one in service.figures],
                   papers=[Question.of(one) for one in service.papers if not one.by],
                   steps=[Step.of(one) for one in service.steps],
                   limits=[Limit.of_service(one) for one in service.clocks], finished_when=said(service, "closes"),
                   privacy=service.privacy, privacy_says=class_said(service.privacy),
                   guards=[said(one, "text") for one in service.guards], where=said(service, "where"),
                   sources=Source.all_of(service.sources))


class Fact(Shape):
    """What the self-test may ask. Send its key with a value of this type; leave out what is not known."""

    key: str
    label: str
    question: str
    type: str
    """yesno: true or false. number: a whole number. money: whole fen. day: "1980-05-01". choice: one value of
    `choices`. set: a list of such values, empty for none of them."""
    choices: list[Choice]
    privacy: str

    @classmethod
    def of(cls, fact: FactWord) -> Self:
        return cls(key=fact.name, label=said(fact, "label"), question=said(fact, "question"),
                   type="day" if fact.type in DAYS else fact.type, choices=Choice.all_of(fact.options),
                   privacy=fact.privacy)


class Facts(Shape):
    facts: list[Fact]

    @classmethod
    def asked(cls) -> Self:
        """Every fact that can be asked."""
        return cls(facts=[Fact.of(one) for one in promised().facts.values() if answers.can_be_told(one)])


def class_said(privacy: str) -> str:
    return str(CLASSES[privacy])


def grade_said(grade: str) -> str:
    found = catalogue.words().grades.get(grade)
    return "" if found is None else said(found)


def basis_said(word: flow.ClockWord | flow.Duty) -> str:
    """Which law or rule says so."""
    return typeset((word.basis_zh if catalogue.speaks_chinese() else word.basis_en) or word.basis)
