"""One case on one page, for the people of the unit that leads it. Opening what is protected is logged."""

from __future__ import annotations

from dataclasses import dataclass

from baiying.cases import access
from baiying.cases.models import Case
from baiying.cases.queries.reading import ClockView, Line, answers, clock_views, lines, offers_to, texts_of
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, log, number, sealing
from baiying.network import queries as network


@dataclass(frozen=True)
class CaseView:
    """A case as its handler sees it."""

    case: Case
    matter: flow.Matter
    stage: flow.Stage
    words: str
    name: str
    contact: str
    phone_masked: str
    answers: list[tuple[str, str]]
    clocks: list[ClockView]
    lines: list[Line]
    offers: tuple[flow.Offer, ...]
    logged: bool

    @property
    def number(self) -> str:
        return number.shown(self.case.number)

    @property
    def area(self) -> str:
        return network.area_said(self.case.area)

    @property
    def waits_for_her(self) -> bool:
        return self.case.stage in flow.WAITING and not self.case.verdict  # "not solved" is a word too


def open_case(asker: door.Asker, typed_number: str) -> CaseView:
    """Open a case of one's unit. Where sealed fields come into view a line in the log tells her so. Raises Unseen."""
    with door.open(asker):
        case = access.one(asker, typed_number)
        matter = catalogue.matter_of(case.declaration_id)
        texts, phone, said = texts_of(case), _phone(case), answers(case, matter)
        logged = case.guarded or bool(texts or said)
        if logged:
            note_reading(case, asker)
        return CaseView(
            case=case, matter=matter, stage=flow.stage_of(matter, case.stage),
            words=case.words or texts.get("words", ""), name=texts.get("name", ""), contact=texts.get("contact", ""),
            phone_masked=sealing.mask_phone(phone) if phone else "", answers=said,
            clocks=clock_views(case, matter), lines=lines(case, matter, texts),
            offers=offers_to(case, matter, asker), logged=logged,
        )


def reach(asker: door.Asker, typed_number: str) -> str:
    """Her telephone number in full, for calling her now. Every look is logged and shown to her. Raises Unseen."""
    with door.open(asker):
        case = access.one(asker, typed_number)
        note_reading(case, asker)
        return _phone(case)


def note_reading(case: Case, asker: door.Asker) -> None:
    """The line of the log behind promise 7: who, when, of which unit, in which office. Names are read when shown."""
    log.write("case.read", case.id, asker.name, {"unit": str(case.unit_id), "roles": sorted(asker.roles)},
              case.wrapped)


def _phone(case: Case) -> str:
    row = access.sealed(case).filter(field="phone").first()
    if row is None or case.key is None:
        return ""
    return sealing.unseal(case.wrapped, case.id, "phone", bytes(row.blob))
