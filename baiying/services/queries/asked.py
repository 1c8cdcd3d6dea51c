"""The page of one request: as she sees it, and as the unit that leads sees it; an opening is a reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from baiying.cases import access as case_access
from baiying.cases.models import Case
from baiying.cases.queries.files import NAME_FIELD
from baiying.cases.queries.reading import note_reading
from baiying.catalogue import queries as catalogue
from baiying.catalogue.promised import promised
from baiying.engine import flow
from baiying.engine.rules import Band, Judgement, Sum
from baiying.engine.services import Paper, Service
from baiying.engine.services.facts import FactWord
from baiying.kit import door, number, sealing
from baiying.kit.door import Asker
from baiying.kit.errors import Unseen
from baiying.ledger import queries as books
from baiying.ledger.words import Kind
from baiying.services import asking
from baiying.services.models_requests import Lot
from baiying.services.queries.requests import PaperLine, Reckoned, Standing, of_case
from baiying.services.queries.rulebook import conditions_read
from baiying.services.queries.sharing import Added, added


@dataclass(frozen=True)
class FileName:
    """One file that was handed in for a paper."""

    ref: str
    name: str


@dataclass(frozen=True)
class PaperView:
    """One paper with its files, what was found, and the reason where it was sent back."""

    paper: Paper
    state: str
    reason: str
    files: tuple[FileName, ...]

    @property
    def last(self) -> str:
        """The file that is to be looked at."""
        return self.files[-1].ref if self.files else ""


@dataclass(frozen=True)
class FactLine:
    """A fact that counts here: what she said, and what the papers showed in its place; or what follows from these."""

    word: FactWord
    said: Any
    shown: Any = None
    follows: bool = False


@dataclass(frozen=True)
class View:
    """A request on one page."""

    case: Case
    matter: flow.Matter
    stage: flow.Stage
    service: Service
    by_person: bool
    answers: tuple[tuple[str, str], ...]
    facts: tuple[FactLine, ...]
    papers: tuple[PaperView, ...]
    judgement: Judgement
    then: dict[str, Any]
    sums: tuple[tuple[Sum, bool], ...]
    computed: int | None
    money: bool
    band: Band | None
    put: Reckoned | None
    put_band: Band | None
    lot: Lot | None
    unit_asks: tuple[flow.Ask, ...]
    unit_answers: dict[str, Any]
    granted: tuple[str, int] | None
    kept_free: bool
    added: tuple[Added, ...]
    taken_back: tuple[books.TakenBack, ...]
    sent_back: bool
    retry: books.Retry
    keep: bool
    readable: tuple[FactWord, ...]
    sent: asking.Sent

    @property
    def on_behalf(self) -> bool:
        """Whether it is for a child or a parent of hers."""
        return self.sent.subject != "self"

    @property
    def number(self) -> str:
        return number.shown(self.case.number)

    @property
    def open(self) -> bool:
        """Whether papers still come in and are looked at."""
        return not self.case.ended and self.case.stage not in flow.WAITING

    @property
    def waiting(self) -> int:
        """Papers that somebody must look at."""
        return sum(one.state == "waiting" for one in self.papers)


def hers(entry: bytes) -> View | None:
    """Her request on her own page; nothing for a case that is no request, or was erased."""
    with door.open(Asker(door=entry)):
        case = case_access.one(door.asker())
        standing = of_case(case) if case.key is not None else None
        return None if standing is None else view(standing, to_her=True)


def of_unit(asker: Asker, typed_number: str) -> View:
    """A request that the asker's unit leads; that it was opened is in the log that she sees. Raises Unseen."""
    with door.open(asker):
        case = case_access.one(asker, typed_number, may_take=False)
        standing = of_case(case) if case.key is not None else None
        if standing is None:
            raise Unseen
        note_reading(case, asker, why="handle")
        return view(standing)


def view(standing: Standing, to_her: bool = False) -> View:
    """All that a page shows of a request, to her or to the unit that leads."""
    case, put = standing.case, standing.reckoned
    return View(
        case=case,
        matter=standing.held.matter,
        stage=flow.stage_of(standing.held.matter, case.stage),
        service=standing.service,
        by_person=standing.row.by_person,
        answers=_answers(standing, to_her),
        facts=_facts(standing),
        papers=tuple(_paper(case, one) for one in standing.papers),
        judgement=standing.judgement,
        then=dict(standing.sent.then),
        sums=standing.sums,
        computed=standing.computed,
        money=standing.money,
        band=standing.band,
        put=put,
        put_band=standing.band_called(put.band) if put else None,
        lot=standing.lot,
        unit_asks=asking.unit_asks_of(standing.service),
        unit_answers=standing.unit_said["answers"],
        granted=_granted(case),
        kept_free=bool(books.promises_of(case.id)),
        added=added(case, standing.row.service, put.fen) if put and put.fen else (),
        taken_back=tuple(books.taken_back_of(case.id)),
        sent_back=_sent_back(case),
        retry=books.retry_of(case.id),
        keep=standing.sent.keep,
        readable=_readable(standing),
        sent=standing.sent,
    )


def _paper(case: Case, line: PaperLine) -> PaperView:
    names = tuple(
        FileName(one.ref, sealing.unseal(case.wrapped, case.id, NAME_FIELD, bytes(one.name), one.id))
        for one in line.files
    )
    return PaperView(line.paper, line.state, line.reason, names)


def _answers(standing: Standing, to_her: bool) -> tuple[tuple[str, str], ...]:
    """Her answers in words, in the order of the service's questions. What its file keeps more private than the service
    itself (a note for the camp's doctor, an account) is not for the people who decide."""
    english = not catalogue.speaks_chinese()
    typed = asking.rule_facts(standing.service, standing.sent.answers)
    found = []
    for ask in asking.asks_of(standing.service):
        value = typed.get(f"ask.{ask.key}")
        if value is None or (not to_her and ask.privacy > standing.service.privacy):
            continue
        plain = tuple(sorted(value)) if isinstance(value, frozenset) else value
        found.append((catalogue.said(ask), flow.answer_text(ask, plain, english=english)))
    return tuple(found)


def _facts(standing: Standing) -> tuple[FactLine, ...]:
    """The facts that came with it, each with what the papers showed in its place; then what follows from them."""
    words, shown, facts = promised().facts, standing.unit_said["facts"], standing.facts
    names = [*standing.sent.said, *(one for one in shown if one not in standing.sent.said)]
    told = {one.fact for one in standing.service.papers if one.key in standing.sent.answers}  # an answer says it
    lines = [
        FactLine(words[one], standing.sent.said.get(one), shown.get(one))
        for one in names
        if one in words and (one in shown or one not in told)
    ]
    follow = sorted(one for one in conditions_read(standing.rule) if one in words and len(words[one].of) > 1)
    more = [FactLine(words[one], facts[one], follows=True) for one in follow if facts.get(one) is not None]
    return (*lines, *more)


def _sent_back(case: Case) -> bool:
    """Whether the bank's last word on a share of the money of this case is that it could not be paid."""
    last: dict[UUID | None, str] = {}
    for one in books.lines_of(case.id):
        if one.kind in (Kind.PAY, Kind.BOUNCE, Kind.COUNTER):
            last[one.of_id] = one.kind
    return Kind.BOUNCE in last.values()


def _readable(standing: Standing) -> tuple[FactWord, ...]:
    """Facts that the rule asks and a paper may show though she told nothing of them here. What needs her consent is
    not among them."""
    words = promised().facts
    read = (words[one] for one in sorted(conditions_read(standing.rule)) if one in words)
    asked = (words[one] for word in read for one in (word.of or (word.name,)) if one in words)
    return tuple(one for one in dict.fromkeys(asked) if one.question and not one.purpose)


def _granted(case: Case) -> tuple[str, int] | None:
    """(number, fen) of the grant that stands, where the door lets its line be seen."""
    lines = books.lines_of(case.id)
    grants = [one for one in lines if one.kind == Kind.GRANT]
    left = sum(one.fen for one in lines if one.kind in (Kind.GRANT, Kind.COUNTER))
    return (grants[-1].number, left) if grants else None
