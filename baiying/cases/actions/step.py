"""What every move of a case does, whoever makes it: story, clocks, unit, log, effects."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from baiying.cases import access, clocks, effects
from baiying.cases.actions import closing
from baiying.cases.actions.calling_off import call_off
from baiying.cases.actions.letters import with_move
from baiying.cases.dossier import ANSWERS, Dossier
from baiying.cases.facts import as_kept, facts_of, history_of
from baiying.cases.models import Case, Move, Sealed
from baiying.cases.queries import free
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import chance, door, log, moment, news, sealing
from baiying.network.models import Unit

#: A case made a step, and what it causes has happened. Facts: case=Case, step=flow.Step. In the deed's transaction.
MOVED = news.declare("cases.moved")


@dataclass(frozen=True)
class Deed:
    """One move as it is to be written down."""

    id: UUID
    verb: str
    step: flow.Step
    words: str = ""
    reason: str = ""
    # The party whose hand it was and its unit, when it was neither hers nor the leading unit's.
    party: str = ""
    unit: Unit | None = None
    # What was answered with it, by question.
    answers: Mapping[str, object] = field(default_factory=dict)


def deed_of(case: Case, kind: str, *content: object) -> UUID:
    """The identity of a deed. It covers all that was sent: the same form twice is one deed, and another word sent from
    a page gone back to is never taken for the first one."""
    return chance.uuid_for(json.dumps([str(case.id), *content], ensure_ascii=False, default=str), kind)


def done_before(deed_id: UUID) -> bool:
    """Whether this very deed was already written: the same form sent twice."""
    return Move.objects.filter(id=deed_id).exists()


def carry_out(case: Case, matter: flow.Matter, deed: Deed) -> None:
    """Write a step of the flow into the case. The case must be locked and looked at."""
    at = moment.now()
    asker = door.asker()
    if asker.door is not None and catalogue.danger(deed.words):
        guard(case)
    answers = write_answers(case, deed)
    write_move(case, matter, deed, at, asker, answers)
    case.agreed = {move: sorted(parties) for move, parties in deed.step.agreements.items()}
    case.stage = deed.step.to
    case.ended = deed.step.to in flow.ENDED
    if deed.step.moved:
        closing.follow(case, matter, at)
        if deed.step.to in flow.WAITING:
            case.verdict = ""  # a new answer waits for a new word; the old one stands in the story
    if deed.step.upper:
        if deed.step.moved and not deed.step.reopened and case.guarded:
            case.named = None  # whoever takes it up there holds it, also where no unit stands above
        case.unit = free.upper_of(case.unit, free.recused(case)) or case.unit
    touch_clocks(case, matter, answers, at)
    case.version += 1
    case.changed_at = at
    case.save()
    log.write(f"case.{deed.verb}", case.id, asker.name,
              {"move": str(deed.id), "to": deed.step.to, "unit": str(case.unit_id)}, case.wrapped)
    for name in deed.step.effects:
        effects.cause(name, case, matter)
    if deed.step.to in flow.WAITING and deed.step.moved:
        effects.cause("tell_her", case, matter)
    news.tell(MOVED, case=case, step=deed.step)


def write_answers(case: Case, deed: Deed) -> dict[str, object]:
    """Seal what was answered with this deed; gives all answers so far with these on top."""
    before = Dossier(case).answers
    if deed.answers:
        seal(case, f"{ANSWERS}:{deed.id}", as_kept(deed.answers))
    return {**before, **deed.answers}


def write_move(case: Case, matter: flow.Matter, deed: Deed, at: datetime, asker: door.Asker,
               answers: Mapping[str, object]) -> None:
    """One line of the story; its words are sealed when the case is guarded or they speak of danger, a letter always."""
    closed = case.guarded or catalogue.danger(deed.words)
    hers = flow.ASKER if asker.door is not None else ""
    Move.objects.create(
        id=deed.id, case=case, at=at, turn=case.version, person_id=asker.who, verb=deed.verb,
        before=case.stage, after=deed.step.to,
        unit=deed.unit or (case.unit if asker.who else None), marks=list(deed.step.events), reason=deed.reason,
        words="" if closed else deed.words, letter=deed.step.letter or "", party=deed.party or hers,
    )
    if closed and deed.words:
        seal(case, f"move:{deed.id}", deed.words)
    if deed.step.letter:
        said = "\n".join(part for part in (deed.reason, deed.words) if part)
        seal(case, f"letter:{deed.id}", with_move(case, matter, deed.step.letter, deed.id, answers, deed.unit, said))


def guard(case: Case, danger: bool = True) -> None:
    """She spoke of danger later on, or it became a matter of class P3: from here on the case is guarded as if it had
    been so at once."""
    if case.words:
        seal(case, "words", case.words)
    case.words, case.guarded, case.danger = "", True, danger
    case.topic, case.topic_by, case.confidence, case.elsewhere = "", "", None, ""
    case.named = case.named or hand_of(case)
    if danger:
        case.asker_id = None  # who shares her account must not find it there


def hand_of(case: Case) -> list[UUID] | None:
    """Whoever has handled it so far in the unit that leads: she goes on, now by name. Nobody: it waits to be taken."""
    asker = door.asker()
    if asker.who is not None and case.unit_id in asker.units:
        return [asker.who]
    last = access.moves(case).filter(unit_id=case.unit_id, party="", person_id__isnull=False).last()
    return [last.person_id] if last is not None and last.person_id is not None else None


def seal(case: Case, field: str, text: str) -> None:
    """Keep a text of this case sealed."""
    Sealed.objects.create(id=chance.uuid_for(f"{case.id}:{field}", "sealed"), case=case, field=field,
                          blob=sealing.seal(case.wrapped, case.id, field, text))


def touch_clocks(case: Case, matter: flow.Matter, answers: Mapping[str, object], at: datetime) -> None:
    """Bring the clocks to what has happened: the whole history is replayed, so that a clock whose condition became
    known only now starts from its own event, and the case's band is found anew."""
    case.band, held = "", Dossier(case)
    facts = facts_of(held, answers)
    band = flow.band_of(matter, facts)
    case.band = band.name if band is not None else ""
    states = flow.clocks_after(matter, history_of(held, answers), {**facts, "case.band": case.band or None})
    clocks.follow(case, matter, states, at)
    call_off(case)
