"""One case on one page, for the people of the unit that leads it. Opening what is protected is logged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from baiying.cases import access
from baiying.cases.dossier import Dossier
from baiying.cases.models import Case, Extension, Pause, SentLetter
from baiying.cases.queries.address import may_ask
from baiying.cases.queries.ends import Linked, linked_of, matter_said
from baiying.cases.queries.files import READ_IN_THE_OPEN
from baiying.cases.queries.lines import Letter, Line, lines
from baiying.cases.queries.reading import ClockView, answers, clock_views, note_reading, offers_to
from baiying.cases.queries.referrals import TaskLine, task_lines
from baiying.engine import flow
from baiying.kit import door, number, sealing
from baiying.network import queries as network

# The sealed fields that hold what she told. What lies sealed beside them (tasks, a complaint, a case of hers that this
# one led to) is not on this page, and leaves no trace there, not even that the opening is noted.
HERS = frozenset({"words", "name", "contact", "reach", "guardian", "text_only", "move", "letter"})


@dataclass(frozen=True)
class CaseView:
    """A case as its handler sees it."""

    case: Case
    matter: flow.Matter
    stage: flow.Stage
    words: str
    name: str
    contact: str
    # When messages may reach her, as she chose (engine.flow.reach).
    reach: str
    phone_masked: str
    answers: list[tuple[str, str]]
    clocks: list[ClockView]
    lines: list[Line]
    offers: tuple[flow.Offer, ...]
    logged: bool
    tasks: list[TaskLine]
    pauses: list[Pause]
    extensions: list[Extension]
    may_give_back: bool
    # She reads and does not hear: no calls.
    text_only: bool
    # Cases that she opened out of this one, or this one out of: those alone that this asker may open as well.
    linked: tuple[Linked, ...]
    # Who stands beside a child under 14: name, relation, phone, consents.
    guardian: Mapping[str, object]
    # She told where she stays, and this person is her handler (queries.address).
    has_address: bool = False
    # Letters that were served and wait for an answer.
    replies: tuple[SentLetter, ...] = ()

    @property
    def number(self) -> str:
        return number.shown(self.case.number)

    @property
    def area(self) -> str:
        return network.area_said(self.case.area)

    @property
    def band(self) -> flow.Band | None:
        """The track that the case is on, if its matter has tracks."""
        return next((one for one in self.matter.bands if one.name == self.case.band), None)

    @property
    def letters(self) -> list[Letter]:
        """The letters that went out, oldest first."""
        return [line.letter for line in self.lines if line.letter is not None]

    @property
    def waits_for_her(self) -> bool:
        return self.case.stage in flow.WAITING and not self.case.verdict  # "not solved" is a word too


def open_case(asker: door.Asker, typed_number: str, why: str = "handle", may_take: bool = True) -> CaseView:
    """Open a case of one's unit. Of class P2 and P3, and wherever sealed fields come into view, a line in the log tells
    her so, and why. A protected one that nobody holds is held by whoever opens it, unless she ``may_take`` none. Raises
    Unseen."""
    with door.open(asker):
        case = access.one(asker, typed_number, may_take=may_take)
        held = Dossier(case)
        texts = held.texts
        said = answers(held, only=readable_asks(held))
        logged = (case.guarded or held.matter.privacy not in READ_IN_THE_OPEN or bool(said)
                  or any(field.partition(":")[0] in HERS for field in texts))
        if logged:
            note_reading(case, asker, why=why)
        return CaseView(
            case=case, matter=held.matter, stage=flow.stage_of(held.matter, case.stage),
            words=case.words or texts.get("words", ""), name=texts.get("name", ""), contact=texts.get("contact", ""),
            reach=texts.get("reach", ""), answers=said,
            phone_masked=sealing.mask_phone(held.phone) if held.phone else "",
            clocks=clock_views(held), lines=lines(held), offers=offers_to(held, asker), logged=logged,
            tasks=task_lines(held), pauses=held.pauses, extensions=held.extensions,
            may_give_back=may_give_back(case), text_only="text_only" in texts,
            guardian=json.loads(texts.get("guardian", "{}")), linked=seen_of(asker, linked_of(texts)),
            has_address=may_ask(asker, held),
            replies=tuple(access.sent_letters(case).filter(reply_due__isnull=False, replied_on=None)),
        )


def seen_of(asker: door.Asker, linked: tuple[Linked, ...]) -> tuple[Linked, ...]:
    """Those of the linked cases that this asker may open; the others leave no trace, not even a count."""
    if not linked:
        return ()
    numbers = [one.number for one in linked]
    known = set(access.visible(asker).filter(number__in=numbers).values_list("number", flat=True))
    return tuple(Linked(one.number, matter_said(one.matter)) for one in linked if one.number in known)


def readable_asks(held: Dossier) -> frozenset[str]:
    """The questions whose answers this unit reads. What she was asked together with her verdict (was she pressed to
    sign?) goes to the level above, never to a unit that had the case before she gave it."""
    asks, closing = frozenset(held.matter.asks), held.matter.closing.asks
    words = [move.at for move in held.moves if move.verb in ("judged", "recorded")] if closing else []
    had = any(move.unit_id == held.case.unit_id and move.at <= words[-1] and move.party != flow.UPPER
              for move in held.moves) if words else False
    return asks - frozenset(closing if had else ())


def may_give_back(case: Case) -> bool:
    """Whether "not ours" can still be said."""
    still_open = not case.ended and case.stage not in flow.WAITING and not case.unassigned
    return still_open and flow.may_return(case.returns, case.ruled)


def reach(asker: door.Asker, typed_number: str) -> str:
    """Her telephone number in full, for calling her now. Every look is logged and shown to her. Raises Unseen."""
    with door.open(asker):
        case = access.one(asker, typed_number)
        note_reading(case, asker, why="phone")
        return Dossier(case).phone
