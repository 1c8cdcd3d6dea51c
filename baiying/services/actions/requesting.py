"""She asks for a service: her answers and what is known of her for its rule go into one case, judged as it is sent.

Nothing of it is kept anywhere else. A no of the rule keeps nobody from asking: then a person decides.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.cases import actions as cases
from baiying.cases.actions.sentences import refused_as_sentence
from baiying.cases.actions.step import seal
from baiying.cases.models import Case
from baiying.catalogue import queries as catalogue
from baiying.catalogue.promised import Promised, promised
from baiying.engine import flow
from baiying.engine.rules import Answer, Judgement, Rule, Value, judge
from baiying.engine.services import Service
from baiying.kit import door, log, moment
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal, Unseen
from baiying.ledger import queries as ledger
from baiying.ledger.marks import Whom
from baiying.members import queries as members
from baiying.network import queries as network
from baiying.services import asking
from baiying.services.models_requests import Lot, Request, Round
from baiying.services.queries import knowing
from baiying.services.queries.entitlement import shown
from baiying.services.queries.requests import rounds
from baiying.services.queries.rulebook import conditions_read


@dataclass(frozen=True)
class Wish:
    """What she sends. ``answers``: to the questions of the service, as typed; ``said``: values of facts that she told
    with it; ``agreed``: the purposes of private facts to which she said yes; ``keep``: what her papers prove is kept
    for her other services. The same key twice is one case.
    """

    key: str
    service: str
    answers: Mapping[str, object] = field(default_factory=dict)
    said: Mapping[str, object] = field(default_factory=dict)
    agreed: Collection[str] = ()
    words: str = ""
    phone: str = ""
    round: str = ""
    keep: bool = False


def may_ask(service: Service) -> bool:
    """Whether it is asked for by a request; what has a way of its own (a visit, a matter) is asked for there."""
    return (service.kind == "benefit" or not service.matter) and any(one.key == service.key for one, _ in offered())


def subjects_of(service: Service) -> tuple[str, ...]:
    """For whom it is asked for: herself, a child, a parent."""
    return promised().rules.get(service.key, Rule(service.key)).subjects


def offered() -> list[tuple[Service, Rule]]:
    """What may be asked for today."""
    return list(shown(promised()))


def matter_for(service: Service) -> flow.Matter:
    """The matter that handles requests of its organisation. Raises Unseen where none does."""
    found = next((one for one in catalogue.every_matter() if one.of_services and one.org == service.org), None)
    if found is None:
        raise Unseen
    return found


def ask_for(person_id: UUID, wish: Wish) -> cases.Receipt:
    """Send a request; gives number and query code. Raises Unseen, Refusal with a sentence; then nothing is stored."""
    held = promised()
    service = held.services.get(wish.service)
    if service is None or not may_ask(service):
        raise Unseen
    answers = read(service, wish.answers)
    said = {**wish.said, **asking.facts_in(service, answers)}
    check_agreed(held, said, wish.agreed)
    chosen = round_of(service, wish.round)
    sent = replace(_sent(held, service, person_id, answers, said), keep=wish.keep)
    told = cases.Submission(
        key=f"{person_id}:{wish.key}", words=f"{service.name}\n{wish.words}".strip(),
        matter=matter_for(service).key, phone=wish.phone, name=sent.name, asker=person_id,
        area=area_of(person_id), channel="request",
        beside=lambda case: beside(case, held, service, person_id, sent, chosen),
    )  # fmt: skip
    return cases.submit(told)


def area_of(person_id: UUID) -> str | None:
    """Where the unit is that she is a member of: her request goes there, or to whom receives for it."""
    unit_id = members.belongs_to(person_id, moment.today())
    unit = network.unit(unit_id) if unit_id is not None else None
    return unit.area_id if unit is not None else None


def read(service: Service, raw: Mapping[str, object]) -> dict[str, flow.Answer]:
    """Her answers, typed. Raises Refusal with the sentence of the first that cannot be taken."""
    found: dict[str, flow.Answer] = {}
    for ask in asking.asks_of(service):
        answer = refused_as_sentence(lambda one=ask: flow.read_answer(one, raw.get(one.key)))  # type: ignore[misc]
        if answer is None and ask.need:
            raise Refusal(_("Please answer: %(question)s."), question=catalogue.said(ask))
        if answer is not None:
            found[ask.key] = answer
    return found


def check_agreed(held: Promised, said: Collection[str], agreed: Collection[str]) -> None:
    """Private facts come with her yes to what they are for, or not at all."""
    if {held.facts[name].purpose for name in said if name in held.facts} - {""} - set(agreed):
        raise Refusal(
            _(
                "Some of these answers are private. Tick that you agree, so that those who decide may read them; "
                "or leave them out and let a person decide."
            )
        )


def round_of(service: Service, ref: str) -> Round | None:
    """The round that she wishes to take part in, while it is open."""
    if not ref:
        return None
    today = moment.today()
    rows = rounds(service.key).filter(opens__lte=today, closes__gte=today, drawn_at=None)
    found = next((one for one in rows if one.ref == ref), None)
    if found is None:
        raise Refusal(_("This round is not open any more. Please choose another one from the list."))
    return found


def _sent(held: Promised, service: Service, person_id: UUID, answers: Mapping[str, object],
          said: Mapping[str, object]) -> asking.Sent:  # fmt: skip
    """All that goes along, with what the rule says to it now."""
    rule, today = held.rules.get(service.key, Rule(service.key)), moment.today()
    names = [name for name in conditions_read(rule) if name in held.facts]
    with door.open(Asker(who=person_id)):
        known = knowing.known(held.facts, names, person_id, today, also=said)
    with door.errand("members"):
        herself = members.people_by_id([person_id]).get(person_id)
    whom = ledger.whom(person_id)
    facts: dict[str, Value | None] = {name: value for name, value in known.items() if value is not None}
    with door.open(Asker(who=person_id)):
        used = ledger.facts_used(service.key, whom, today)
    return sent_of(held, service, answers, said, facts, used, whom, "" if herself is None else herself.name)


def sent_of(held: Promised, service: Service, answers: Mapping[str, object], said: Mapping[str, object],
            facts: Mapping[str, Value | None], used: Mapping[str, int | date | None], whom: Whom, name: str,
            subject: str = "self") -> asking.Sent:  # fmt: skip
    """What is kept of a request, with what the rule says to what is known now of the person it is for."""
    rule = held.rules.get(service.key, Rule(service.key))
    ruled = {**facts, **asking.rule_facts(service, kept(answers)), **used, "round.open": True}
    then = told_of(judge(rule, ruled, held.lines, moment.today(), subject))
    return asking.Sent(
        answers, dict(said), dict(facts), then, tuple(str(one) for one in whom.selves), name,
        papers=tuple(one.hex() for one in whom.papers), subject=subject,
    )  # fmt: skip


def kept(answers: Mapping[str, object]) -> dict[str, object]:
    return {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in answers.items()}


def told_of(judgement: Judgement) -> dict[str, object]:
    """What the rule said when it was sent, clause by clause, as it is kept."""
    return {
        "answer": judgement.answer.name, "now": judgement.now.name, "band": judgement.band,
        "clauses": [one.answer.name for one in judgement.clauses],
        "sums": [[one.amount.item, one.fen] for one in judgement.amounts],
    }  # fmt: skip


def beside(case: Case, held: Promised, service: Service, person_id: UUID, sent: asking.Sent,
            chosen: Round | None) -> None:  # fmt: skip
    """What belongs to the new case, in its own transaction."""
    door.look_at(case.id)
    Request(
        case=case.id, district=case.district, person_id=person_id, service=service.key,
        version=held.declared[service.key],
        by_person=sent.then["answer"] != Answer.YES.name or sent.then["now"] == Answer.NO.name,
        round=chosen, at=case.received_at,
    ).save(force_insert=True)  # fmt: skip
    seal(case, asking.FIELD, sent.packed)
    log.write("request.sent", case.id, door.asker().name, {"service": service.key}, case.wrapped)


def forget(case: Case) -> None:
    """News: what was told in a case was erased. What its request was about goes too; a drawn list keeps its number."""
    for table in (Request, Lot):
        table.objects.filter(case=case.id).delete()
