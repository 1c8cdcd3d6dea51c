"""What every move of a case does, whoever makes it: story, clocks, unit, log, effects."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baiying.cases import access, clocks, effects
from baiying.cases.models import Case, Clock, Move, Sealed
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import chance, door, log, moment, sealing
from baiying.network import queries as network


@dataclass(frozen=True)
class Deed:
    """One move as it is to be written down."""

    id: UUID
    verb: str
    step: flow.Step
    words: str = ""
    reason: str = ""


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
    write_move(case, deed, at, asker)
    case.agreed = {move: sorted(parties) for move, parties in deed.step.agreements.items()}
    case.stage = deed.step.to
    case.ended = deed.step.to in flow.ENDED
    if deed.step.moved and deed.step.to in flow.WAITING:
        case.verdict = ""  # a new answer waits for a new word; the old one stands in the story
    if deed.step.upper:
        case.unit = network.upper(case.unit, moment.today()) or case.unit
    touch_clocks(case, matter, deed.step.events, at)
    case.version += 1
    case.changed_at = at
    case.save()
    log.write(f"case.{deed.verb}", case.id, asker.name,
              {"move": str(deed.id), "to": deed.step.to, "unit": str(case.unit_id)}, case.wrapped)
    for name in deed.step.effects:
        effects.cause(name, case, matter)
    if deed.step.to in flow.WAITING and deed.step.moved:
        effects.cause("tell_her", case, matter)


def write_move(case: Case, deed: Deed, at: datetime, asker: door.Asker) -> None:
    """One line of the story; its words are sealed when the case is guarded or they speak of danger."""
    closed = case.guarded or catalogue.danger(deed.words)
    Move.objects.create(
        id=deed.id, case=case, at=at, person_id=asker.who, unit=case.unit if asker.who else None, verb=deed.verb,
        before=case.stage, after=deed.step.to, marks=list(deed.step.marks), reason=deed.reason,
        words="" if closed else deed.words,
    )
    if closed and deed.words:
        seal(case, f"move:{deed.id}", deed.words)


def guard(case: Case) -> None:
    """She spoke of danger later on: from here on the case is guarded as if she had said so at once."""
    if case.words:
        seal(case, "words", case.words)
    case.words, case.guarded, case.danger = "", True, True


def seal(case: Case, field: str, text: str) -> None:
    """Keep a text of this case sealed."""
    Sealed.objects.create(id=chance.uuid_for(f"{case.id}:{field}", "sealed"), case=case, field=field,
                          blob=sealing.seal(case.wrapped, case.id, field, text))


def touch_clocks(case: Case, matter: flow.Matter, events: tuple[str, ...], at: datetime) -> None:
    """Meet the clocks these events end, then start those they begin; one that runs already starts anew."""
    started, met = flow.clocks_touched(matter, events)
    names = {word.key for word in met} | {word.key for word in started}
    Clock.objects.filter(case=case, name__in=names, met_at=None).update(met_at=at)
    if case.ended:
        Clock.objects.filter(case=case, owner=clocks.OURS, met_at=None).update(met_at=at)
    Clock.objects.bulk_create(clocks.begin(case, word, at) for word in started)
    case.next_due_at, case.next_clock = clocks.nearest(access.clocks(case))
