"""The self-test of one person: facts in, for each service yes, no or not known, with reasons."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field

from baiying.api.shapes.offered import Fact
from baiying.api.shapes.shape import Sent, Shape, said
from baiying.engine.rules import Answer, Sum
from baiying.engine.services import UNSURE
from baiying.services.queries.entitlement import ClauseLine, Entitlements, Offer

Word = Annotated[str, Field(max_length=80)]
Value = bool | Annotated[int, Field(ge=0, lt=10**13)] | Word | Annotated[list[Word], Field(max_length=40)]
Verdict = Literal["yes", "no", "unknown"]
ANSWERS: dict[Answer, Verdict] = {Answer.YES: "yes", Answer.NO: "no", Answer.UNKNOWN: "unknown"}


class Facing(Sent):
    """What she says of herself. Nothing of it is kept, and no name is asked."""

    facts: Annotated[dict[Word, Value], Field(max_length=200)] = {}
    """By the keys of GET /facts. What is not known is left out."""
    skipped: Annotated[list[Word], Field(max_length=200)] = []
    """Keys of facts that she would rather not say: they are not asked again."""


class Condition(Shape):
    """One condition with its answer."""

    text: str
    """As who does not meet it is told."""
    answer: Verdict
    missing: list[str]
    """Keys of the facts that would settle it."""
    papers: list[str]
    """What would show it."""

    @classmethod
    def of(cls, offer: Offer, line: ClauseLine) -> Self:
        called = {one.key: said(one, "label") for one in offer.service.papers}
        return cls(text=said(line.clause.requirement, "otherwise"), answer=ANSWERS[line.clause.answer],
                   missing=[one.name for one in line.missing],
                   papers=[] if line.met else [called[key] for key in line.papers if key in called])


class SumShape(Shape):
    """What one item comes to."""

    label: str
    fen: int | None
    """Null: a person works it out, and no sum is promised here."""
    goods: str
    each: str
    """In which time it is paid once: year, month …; empty: once."""

    @classmethod
    def of(cls, one: Sum, sure: bool) -> Self:
        return cls(label=said(one.amount, "label") or one.amount.item, fen=one.fen if sure else None,
                   goods=said(one.amount, "goods"), each=one.amount.per)


class OfferShape(Shape):
    """One service as it stands for her."""

    service: str
    name: str
    answer: Verdict
    now: Verdict
    """Whether she can have it on this very day: entitled, and the time for asking is open."""
    needs_a_person: bool
    """What is missing is nothing that she is asked here, or it is asked for on behalf of somebody else."""
    promised: bool
    """False: nobody has checked a source of it, so nothing is promised."""
    settled_by: list[str]
    """Keys of the facts that can still change the answer."""
    conditions: list[Condition]
    sums: list[SumShape]

    @classmethod
    def of(cls, offer: Offer) -> Self:
        answer = "unknown" if offer.for_others else ANSWERS[offer.judgement.answer]
        return cls(service=offer.service.key, name=said(offer.service), answer=answer,
                   now="unknown" if offer.for_others else ANSWERS[offer.judgement.now],
                   needs_a_person=offer.state == "human", promised=offer.service.grade not in UNSURE,
                   settled_by=[one.name for one in offer.asks],
                   conditions=[Condition.of(offer, line) for line in offer.clauses],
                   sums=[SumShape.of(one, sure) for one, sure in offer.lines])


class EntitlementsShape(Shape):
    """Every service that is judged, and what to ask next. Every no can be put to a person: POST /cases."""

    settled: int
    """How many answers are known for certain."""
    next: Fact | None
    """The question that settles most; null when there is nothing more to ask."""
    services: list[OfferShape]

    @classmethod
    def of(cls, found: Entitlements) -> Self:
        return cls(settled=found.settled, next=Fact.of(found.questions[0]) if found.questions else None,
                   services=[OfferShape.of(one) for one in found.offers])
