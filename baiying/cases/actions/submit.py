"""A need comes in. It is stored, it has a unit and its clocks, and only then is its number shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from baiying.cases import access, clocks
from baiying.cases.actions import arriving
from baiying.cases.actions.placing import NOWHERE, Placed, place
from baiying.cases.actions.taking import Taken, take
from baiying.cases.facts import as_kept
from baiying.cases.models import Case, Clock, Sealed
from baiying.cases.queries import load
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.engine.flow.reach import CHOICES, NEVER
from baiying.kit import chance, door, inserting, log, moment, number, sealing
from baiying.kit.errors import Refusal
from baiying.network import queries as network
from baiying.network.models import Unit
from baiying.network.queries import FoundArea

MOST_CHARACTERS = 20_000
MOST_ATTEMPTS = 5  # at a number that is free; with 45 bits the second is already rare


@dataclass(frozen=True)
class Guardian:
    """Who stands beside a child under 14 (个人信息保护法 art. 31). ``consents``: her or his yes, as it was told.

    A missing yes keeps no need from being stored: the child may need help against this very person.
    """

    name: str
    relation: str
    phone: str = ""
    consents: bool = False


@dataclass(frozen=True)
class Submission:
    """What a person sends. ``key`` makes it once: the same key sent again is the same case."""

    key: str
    words: str
    matter: str | None = None
    # What kind of need she says it is; without it and without a matter her words are read for it.
    topic: str = ""
    area: str | None = None
    phone: str = ""
    name: str = ""
    contact: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    channel: str = "web"
    # Her account, when she is signed in. A matter of safety, or words of danger, are never tied to it.
    asker: UUID | None = None
    guardian: Guardian | None = None
    # The unit that writes it down for her; see `entering`.
    entered_by: UUID | None = None
    # She reads, she does not hear: messages and texts, never calls.
    text_only: bool = False
    # When messages may reach her (engine.flow.reach), as she chose; empty when she chose nothing.
    reach: str = ""
    # What a room above writes about the new case in the same transaction.
    beside: Callable[[Case], None] | None = None


@dataclass(frozen=True)
class Receipt:
    """What she is shown. ``code`` opens the case together with the number; ``known``: it had been sent before.

    ``topic``, ``topic_by``, ``confidence``, ``elsewhere``: as what her need was taken, and who says so. ``area``: the
    area it was taken for; ``found``: what her own words say of where (empty for a guarded case).
    """

    case_id: UUID
    number: str
    code: str
    unit: Unit
    matter: flow.Matter
    clocks: tuple[Clock, ...]
    danger: bool
    known: bool
    topic: str = ""
    topic_by: str = ""
    confidence: float | None = None
    elsewhere: str = ""
    area: str = ""
    found: FoundArea = NOWHERE
    chose_area: bool = False

    @property
    def area_from_words(self) -> bool:
        """Whether the area was taken from her words, so that she is asked whether it is right."""
        return bool(self.area) and not self.chose_area and self.area == self.found.code


@dataclass(frozen=True)
class Plan:
    """All that is decided about a submission before the first row is written."""

    told: Submission
    once: str
    at: datetime
    taken: Taken
    declaration: str
    answers: dict[str, flow.Answer]
    placed: Placed
    danger: bool

    @property
    def matter(self) -> flow.Matter:
        return self.taken.matter

    @property
    def unit(self) -> Unit:
        return self.placed.unit

    @property
    def id(self) -> UUID:
        return chance.uuid_for(self.once, "case")

    @property
    def band(self) -> str:
        """The name of the matter's band that her answers lead to; empty for none."""
        found = flow.band_of(self.matter, flow.facts_of(self.answers))
        return found.name if found is not None else ""

    @property
    def facts(self) -> dict[str, object]:
        return {**flow.facts_of(self.answers), "case.band": self.band or None}

    @property
    def guarded(self) -> bool:
        return self.danger or self.matter.privacy == "P3"


def submit(told: Submission) -> Receipt:
    """Store a need and give it its number, unit and clocks. Raises Refusal with a sentence; then nothing is stored.

    Two writers with one key: the second meets the first one's row and is shown the same number and code.
    """
    plan = decide(told)
    return take_in(plan, lambda case: door.Asker(case=case.id, door=bytes(case.entry)))


def take_in(plan: Plan, opening: Callable[[Case], door.Asker]) -> Receipt:
    """Store what was decided, with the door opened by ``opening``; the same plan twice gives the same receipt."""
    code = number.code_for(plan.once)
    for attempt in range(MOST_ATTEMPTS):
        case = new_case(plan, code, attempt)
        asker = opening(case)
        try:
            with door.open(asker):
                running = store(case, plan)
                if told_beside := plan.told.beside:
                    told_beside(case)
            if not case.guarded:
                load.sent_to(case.unit_id)
            return receipt_of(case, code, running, plan)
        except IntegrityError:
            known = find(plan, code, asker)
            if known is not None:
                return known
    raise Refusal(_("Your request could not be given a number just now. Nothing is lost: please send it again."))


def decide(told: Submission) -> Plan:
    """Matter, unit and answers of a submission; refuses what cannot be taken, with a sentence."""
    told = as_stored(told)
    if not arriving.says_something(told.words):
        raise Refusal(_("Please write a few words about what is difficult, then send it again."))
    if len(told.words) > MOST_CHARACTERS:
        raise Refusal(_("This text has %(found)d characters; at most %(most)d can be sent at once. "
                        "Please shorten it, or send the rest as a second request."),
                      found=len(told.words), most=MOST_CHARACTERS)
    if told.area and network.area(told.area) is None:
        raise Refusal(_("We do not know this area. Please choose your community from the list, or leave it open."))
    danger = catalogue.danger(told.words)
    taken = take(told.words, told.matter, told.topic, danger)
    matter = taken.matter
    answers, refusals = flow.read_answers(matter, told.answers)
    wrong = [refusal for question, refusal in refusals.items() if is_said(told.answers.get(question))]
    if wrong:  # a question left open is asked again by the unit; it never keeps a need from being stored
        first = wrong[0]
        raise Refusal(first.zh if catalogue.speaks_chinese() else first.en)
    return Plan(
        told=told, once=f"{told.channel}:{told.key}", at=moment.now(), taken=taken,
        declaration=catalogue.declaration_of(matter.key), answers=answers, danger=danger,
        placed=place(matter, told.area, [told.words, *(said for said in answers.values() if isinstance(said, str))],
                     danger or taken.is_guarded, None if danger else told.asker),
    )


def is_said(raw: object) -> bool:
    """Whether anything was said to a question: a box left empty arrives as an empty text."""
    return any(str(one).strip() for one in (raw if isinstance(raw, list | tuple) else [raw]) if one is not None)


def as_stored(told: Submission) -> Submission:
    """The submission as it can be kept; its key stays another than every other key."""
    keep = arriving.storable
    return replace(told, words=keep(told.words), phone=keep(told.phone), name=keep(told.name),
                   contact=keep(told.contact), matter=keep(told.matter or "") or None,
                   topic=keep(told.topic), area=keep(told.area or "") or None,
                   guardian=told.guardian and storable_guardian(told.guardian),
                   answers=arriving.storable_answers(told.answers),
                   key=told.key.encode("utf-8", "backslashreplace").decode())


def storable_guardian(told: Guardian) -> Guardian:
    """The guardian as it can be kept."""
    keep = arriving.storable
    return replace(told, name=keep(told.name), relation=keep(told.relation), phone=keep(told.phone))


def new_case(plan: Plan, code: str, attempt: int) -> Case:
    """The row of a case, not yet stored."""
    own = number.number_for(plan.once, attempt)
    return Case(
        id=plan.id, district=plan.unit.district, number=own, entry=number.entry(own, code),
        key=sealing.new_key(plan.id),
        declaration_id=plan.declaration, unit=plan.unit, area=plan.placed.area, channel=plan.told.channel,
        stage=flow.begin(plan.matter).to, guarded=plan.guarded, danger=plan.danger, band=plan.band,
        words="" if plan.guarded else plan.told.words,
        phone_index=sealing.blind_index("phone", plan.told.phone) if plan.told.phone else None,
        received_at=plan.at, changed_at=plan.at, entered_by_id=plan.told.entered_by,
        asker_id=None if plan.danger or plan.matter.safe else plan.told.asker, topic=plan.taken.topic,
        topic_by=plan.taken.topic_by, confidence=plan.taken.confidence, elsewhere=plan.taken.elsewhere,
    )


def store(case: Case, plan: Plan) -> list[Clock]:
    """Write case, clocks, sealed texts and the line of the log, all in the open transaction."""
    running = first_clocks(case, plan)
    case.next_due_at, case.next_clock = clocks.nearest(running)
    line = log.line("case.submitted", case.id, door.asker().name,
                    {"matter": plan.matter.key, "unit": str(case.unit_id), "channel": case.channel}, case.wrapped)
    inserting.insert([case, *running, *(sealed(case, *protected_text) for protected_text in protected(plan).items()),
                      line])
    return running


def sealed(case: Case, field_name: str, text: str) -> Sealed:
    """A protected text of this case, not yet stored."""
    return Sealed(id=chance.uuid_for(f"{case.id}:{field_name}", "sealed"), case=case, field=field_name,
                  blob=sealing.seal(case.wrapped, case.id, field_name, text))


def first_clocks(case: Case, plan: Plan) -> list[Clock]:
    """The clocks that the submission starts, and those of events whose day she told us (a limitation)."""
    history: list[flow.Happening] = [(flow.begin(plan.matter).events, plan.at)]
    history += flow.told_events(plan.matter, plan.answers).items()
    states = flow.clocks_after(plan.matter, history, plan.facts)
    held = clocks.Given(interruptions=clocks.interruptions_of(states))
    return [clocks.begin(case, plan.matter.clocks[key], state.start, held) for key, state in states.items()]


def protected(plan: Plan) -> dict[str, str]:
    """What is sealed: always the ways to reach her and her answers; her words when the case is guarded."""
    texts = {"phone": plan.told.phone, "name": plan.told.name, "contact": plan.told.contact,
             "reach": plan.told.reach if plan.told.reach in (*CHOICES, NEVER) else ""}
    if plan.guarded:
        texts["words"] = plan.told.words
    if plan.told.guardian is not None:
        texts["guardian"] = json.dumps(asdict(plan.told.guardian), ensure_ascii=False)
    if plan.told.text_only:
        texts["text_only"] = "yes"
    if plan.answers:
        texts["answers"] = as_kept(plan.answers)
    return {field_name: text for field_name, text in texts.items() if text}


def find(plan: Plan, code: str, asker: door.Asker) -> Receipt | None:
    """The case of a submission that was stored before, as its receipt."""
    with door.open(asker):
        case = access.by_id(plan.id)
        return None if case is None else receipt_of(case, code, access.clocks(case), plan, known=True)


def receipt_of(case: Case, code: str, running: Iterable[Clock], plan: Plan, known: bool = False) -> Receipt:
    """What she is shown of her case as it stands."""
    return Receipt(case.id, case.number, code, case.unit, catalogue.matter_of(case.declaration_id), tuple(running),
                   case.danger, known, topic=case.topic, topic_by=case.topic_by, confidence=case.confidence,
                   elsewhere=case.elsewhere, area=case.area, found=plan.placed.found,
                   chose_area=bool(plan.told.area))
