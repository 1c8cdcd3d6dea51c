"""Putting right what is kept of her (personal information law, art. 46).

How she is reached is hers alone and holds at once; what the handling goes by is asked of the unit that leads, which
decides with a reason. What it said before stays sealed beside it until the case's key is destroyed: shown to her alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.about import about_demand
from baiying.cases.actions import arriving
from baiying.cases.actions.calling_off import drop_about
from baiying.cases.actions.sentences import refused_as_sentence
from baiying.cases.actions.step import Deed, deed_of, seal
from baiying.cases.actions.tasks import stay, still
from baiying.cases.dossier import Dossier
from baiying.cases.models import Case, Demand, Task
from baiying.catalogue import privacy
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.engine.flow.reach import CHOICES, NEVER
from baiying.kit import chance, door, log, moment, sealing
from baiying.kit.errors import Refusal, Unseen

#: What she alone says, and what holds from the moment she says it.
HERS = ("name", "phone", "contact", "reach")
WORDS = "words"
MOST_OPEN = 5
MOST_CHARACTERS = 5_000
LONGEST = {"name": 60, "phone": 40, "contact": 200, "reach": 20}


def correct_reach(entry: bytes, told: Mapping[str, str]) -> tuple[str, ...]:
    """Take how she is to be called and reached from now on; gives the fields that changed. The same sent twice changes
    nothing the second time. Raises Unseen, Refusal."""
    said = {field: arriving.storable(told.get(field, "")).strip()[:LONGEST[field]] for field in HERS if field in told}
    if said.get("reach") not in (None, "", NEVER, *CHOICES):
        raise Refusal(_("We do not know these hours. Please choose from the list."))
    with door.open(door.Asker(door=entry)):
        case = still_kept(access.one(door.asker(), lock=True))
        held = Dossier(case)
        changed = tuple(field for field, text in said.items() if held.opened(field) != text)
        for field in changed:
            seal(case, held.corrected_name(field), said[field])
        if "phone" in changed:
            case.phone_index = sealing.blind_index("phone", said["phone"]) if said["phone"] else None
            case.save(update_fields=["phone_index"])
        if changed:
            log.write("case.corrected", case.id, door.asker().name, {"fields": list(changed)}, case.wrapped)
    return changed


@dataclass(frozen=True)
class Wrong:
    """What she says is wrong: `words`, or the key of a question; and how it should be, as the form sends it."""

    about: str
    text: str = ""
    answers: Mapping[str, object] | None = None


def ask_correction(entry: bytes, wrong: Wrong, key: str) -> Demand:
    """She asks that her words or an answer of hers be put right. Pressed twice is once. Raises Unseen, Refusal."""
    with door.open(door.Asker(door=entry)):
        case = still_kept(access.one(door.asker(), lock=True))
        return demand(case, Demand.Kind.CORRECT, wrong.about, kept_as(case, wrong), key)


def kept_as(case: Case, wrong: Wrong) -> str:
    """How it should be, as it is sealed. Raises Refusal for what cannot be put right, or says nothing."""
    if wrong.about == WORDS:
        text = arriving.storable(wrong.text).strip()
        if not text or len(text) > MOST_CHARACTERS:
            raise Refusal(_("Please write how it should read, in at most %(most)d characters."), most=MOST_CHARACTERS)
        return text
    ask = catalogue.matter_of(case.declaration_id).asks.get(wrong.about)
    if ask is None or ask.by != flow.ASKER:
        raise Refusal(_("This is nothing that you told us, so it is put right by the unit that leads. Write to it."))
    given = (wrong.answers or {}).get(ask.key)
    answer = refused_as_sentence(lambda: flow.read_answer(ask, given))
    if answer is None:
        raise Refusal(_("Please say how the answer should be, then send it again."))
    return json.dumps(given, ensure_ascii=False)


def demand(case: Case, kind: str, about: str, text: str, key: str, by: UUID | None = None) -> Demand:
    """Write down what she asks, with the day by which it is answered; ``by`` whom of the staff, where she did not ask
    herself. The case must be locked and looked at."""
    made = chance.uuid_for(json.dumps([str(case.id), kind, about, text, key], ensure_ascii=False), "demand")
    known = Demand.objects.filter(id=made).first()
    if known is not None:
        return known
    running = Demand.objects.filter(case=case, state=Demand.State.OPEN)
    if running.count() >= MOST_OPEN or running.filter(kind=kind, about=about).exists():
        raise Refusal(_("You have asked for this already, and it is not answered yet. "
                        "The day by which it is stands on this page."))
    at = moment.now()
    found = Demand(id=made, case=case, district=case.district, number=case.number, unit=case.unit, kind=kind,
                   about=about, asked_at=at, due_at=at + privacy.term(term_of(kind)), entered_by_id=by)
    found.save(force_insert=True)
    seal(case, f"demand:{found.id}", text)
    log.write("case.demanded", case.id, door.asker().name, {"kind": kind, "about": about}, case.wrapped)
    return found


def term_of(kind: str) -> str:
    """Under which name words.toml says by when such a demand is answered."""
    return "correction" if kind == Demand.Kind.CORRECT else "objection"


def decide_correction(asker: door.Asker, number: str, ref: str, granted: bool, reason: str) -> None:
    """The unit that leads puts it right, or says why not. Twice is once. Raises Unseen, Refusal."""
    check_reason(reason)
    with door.open(asker):
        case = still_kept(access.one(asker, number, lock=True))
        found = next((one for one in Demand.objects.filter(case=case, kind=Demand.Kind.CORRECT).select_for_update()
                      if one.ref == ref), None)
        if found is None:
            raise Unseen
        if found.state != Demand.State.OPEN:
            return
        if granted:
            put_right(case, found)
        decided(case, found, asker, granted, reason)


def decided(case: Case, found: Demand, asker: door.Asker, granted: bool, reason: str) -> None:
    """Write down the answer to a demand."""
    found.state = Demand.State.GRANTED if granted else Demand.State.REFUSED
    found.decided_at, found.decided_by_id = moment.now(), asker.who
    found.save(update_fields=["state", "decided_at", "decided_by"])
    drop_about(case, about_demand(found), Task.Kind.CLIMB)
    seal(case, f"decided:{found.id}", arriving.storable(reason).strip())
    log.write("case.decided", case.id, asker.name, {"kind": found.kind, "about": found.about, "granted": granted},
              case.wrapped)


def put_right(case: Case, found: Demand) -> None:
    """Let the demand hold: the new words or answer count from now on, the old ones stay sealed."""
    held = Dossier(case)
    text = held.opened(f"demand:{found.id}")
    if found.about != WORDS:
        matter = catalogue.matter_of(case.declaration_id)
        answer = flow.read_answer(matter.asks[found.about], json.loads(text))
        stay(case, Deed(deed_of(case, "put_right", str(found.id)), "put_right", still(case),
                        answers={found.about: answer}))
        return
    if case.words:
        seal(case, f"was:{found.id}", case.words)
        if not catalogue.danger(text):
            case.words = text
            case.version += 1
            case.changed_at = moment.now()
            case.save(update_fields=["words", "version", "changed_at"])
            return
        case.words = ""
        case.guarded = case.danger = True
        case.topic, case.topic_by, case.confidence, case.elsewhere, case.asker_id = "", "", None, "", None
    seal(case, held.corrected_name(WORDS), text)
    case.version += 1
    case.changed_at = moment.now()
    case.save()


def check_reason(reason: str) -> None:
    """Her rights are granted and refused with a reason (art. 50). Raises Refusal."""
    if len(reason.strip()) < 4 or len(reason) > MOST_CHARACTERS:
        raise Refusal(_("Please say why, in words that she understands: the law demands a reason, and she reads it."))


def still_kept(case: Case) -> Case:
    """The case, when what was told is still there. Raises Refusal."""
    if case.key is None:
        raise Refusal(_("What was told here has been erased for good, so there is nothing left to change."))
    return case
