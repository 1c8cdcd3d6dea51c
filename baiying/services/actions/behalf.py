"""She asks on behalf of a child or a parent: in her own name, with how they are related, and the facts of that person.

That person is known by the number of an identity paper alone, which is not kept: two people who ask for the same child
are not granted the same twice. Nothing is filed of who belongs to whom; it stands in this one request, sealed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.cases import actions as cases
from baiying.catalogue.promised import promised
from baiying.kit import door, moment
from baiying.kit.door import Asker
from baiying.kit.errors import Refusal, Unseen
from baiying.ledger import queries as ledger
from baiying.members import queries as members
from baiying.services import asking
from baiying.services.actions import requesting
from baiying.services.actions.receiving import known_by
from baiying.services.actions.requesting import Wish
from baiying.services.queries import knowing
from baiying.services.queries.entitlement import SELF
from baiying.services.queries.rulebook import conditions_read


@dataclass(frozen=True)
class Other:
    """For whom she asks. ``subject``: child or parent; ``kind``: of the paper, ``number``: of it; ``relation``: what
    she is to that person, in her words."""

    subject: str
    name: str
    kind: str
    number: str
    relation: str


def ask_on_behalf(person_id: UUID, wish: Wish, other: Other) -> cases.Receipt:
    """Send a request for a child or a parent; gives number and query code. Raises Unseen where the service is not
    asked for so, Refusal with a sentence; then nothing is stored. The same key twice is one case."""
    held = promised()
    service, rule = held.services.get(wish.service), held.rules.get(wish.service)
    if service is None or rule is None or not requesting.may_ask(service) or other.subject not in rule.subjects:
        raise Unseen
    if other.subject == SELF or not other.name.strip() or not other.relation.strip():
        raise Refusal(_("Please write the name of the person it is for, and what you are to that person."))
    paper = members.paper_index(other.kind, other.number)
    key, whom = known_by(other.kind, other.number, paper)
    answers = requesting.read(service, wish.answers)
    said = {**wish.said, **asking.facts_in(service, answers)}
    requesting.check_agreed(held, said, wish.agreed)
    chosen = requesting.round_of(service, wish.round)
    names = [name for name in conditions_read(rule) if name in held.facts]
    known = knowing.known_of(held.facts, names, said, moment.today())
    facts = {name: value for name, value in known.items() if value is not None}
    with door.open(Asker(who=person_id)):
        used = ledger.facts_used(service.key, whom, moment.today())
    with door.errand("members"):
        herself = members.people_by_id([person_id]).get(person_id)
    name = "" if herself is None else herself.name
    sent = requesting.sent_of(held, service, answers, said, facts, used, whom, name, other.subject)
    sent = replace(sent, of_name=other.name.strip(), relation=other.relation.strip())
    told = cases.Submission(
        key=f"{person_id}:{wish.key}", words=f"{service.name}\n{wish.words}".strip(),
        matter=requesting.matter_for(service).key, phone=wish.phone, name=name, asker=person_id,
        area=requesting.area_of(person_id), channel="request",
        beside=lambda case: requesting.beside(case, held, service, key, sent, chosen),
    )  # fmt: skip
    return cases.submit(told)
