"""What the person who asked sees of her case."""

from __future__ import annotations

from dataclasses import dataclass

from baiying.cases import access
from baiying.cases.facts import facts_of, roles_in
from baiying.cases.models import Case
from baiying.cases.queries.reading import (
    ClockView,
    Line,
    Reading,
    answers,
    clock_views,
    lines,
    readings,
    texts_of,
)
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, number
from baiying.kit.errors import Refusal
from baiying.network.models import Unit


@dataclass(frozen=True)
class Story:
    """Her case on one page."""

    case: Case
    matter: flow.Matter
    stage: flow.Stage
    unit: Unit
    words: str
    answers: list[tuple[str, str]]
    clocks: list[ClockView]
    lines: list[Line]
    readings: list[Reading]
    offers: tuple[flow.Offer, ...]

    @property
    def number(self) -> str:
        return number.shown(self.case.number)

    @property
    def may_judge(self) -> bool:
        """Whether her word is waited for."""
        return self.case.stage in flow.WAITING

    @property
    def may_withdraw(self) -> bool:
        return not self.case.ended and not self.may_judge

    @property
    def hidden(self) -> bool:
        """Whether the page keeps a neutral title and offers the quick exit."""
        return self.matter.safe or self.case.danger


def entry_for(typed_number: str, typed_code: str) -> bytes | None:
    """The entry that this number and code open together, or nothing: one answer for every kind of failure."""
    try:
        entry = number.entry(number.read(typed_number), number.read_code(typed_code))
    except Refusal:
        return None
    with door.open(door.Asker(door=entry)):
        return entry if access.visible(door.asker()).exists() else None


def story(entry: bytes) -> Story:
    """The case that this entry opens. Raises Unseen."""
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker())
        matter = catalogue.matter_of(case.declaration_id)
        texts = texts_of(case)
        agreements = {name: frozenset(parties) for name, parties in case.agreed.items()}
        return Story(
            case=case, matter=matter, stage=flow.stage_of(matter, case.stage), unit=case.unit,
            words=case.words or texts.get("words", ""), answers=answers(case, matter),
            clocks=clock_views(case, matter), lines=lines(case, matter, texts), readings=readings(case),
            offers=flow.offers(matter, case.stage, roles_in(case, door.asker()), facts_of(case), agreements),
        )
