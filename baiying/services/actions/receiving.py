"""Somebody without an account asks for a service, across the desk or by telephone; a unit writes it down for her.

She is known by her identity number alone: its blind index stands for her in the ledger, so that she and an account that
she has, or gets later, are never granted the same twice. Whether she is in the register is told to nobody, and nothing
that is known of her there is read for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from baiying.cases import actions as cases
from baiying.catalogue.promised import promised
from baiying.kit import door, moment
from baiying.kit.chance import uuid_for
from baiying.kit.errors import Refusal, Unseen
from baiying.ledger import queries as ledger
from baiying.ledger.marks import Whom
from baiying.members import queries as members
from baiying.network import queries as network
from baiying.services import asking
from baiying.services.actions import requesting
from baiying.services.actions.requesting import Wish
from baiying.services.queries import knowing
from baiying.services.queries.rulebook import facts_read


@dataclass(frozen=True)
class Herself:
    """Who asks, as she said it. ``kind``: of the paper (members.identity.KINDS, or `id`), ``number``: of it."""

    name: str
    kind: str
    number: str
    channel: str
    read_back: bool = False


def enter_for(asker: door.Asker, unit_id: UUID, herself: Herself, wish: Wish) -> cases.Receipt:
    """Write a request down for her; gives the receipt for her slip. The same again is once.

    :raises Unseen: no such service, or no unit of the asker's. :raises Refusal: with a sentence; nothing is stored.
    """
    held = promised()
    service, unit = held.services.get(wish.service), network.unit(unit_id) if unit_id in asker.units else None
    if service is None or unit is None or not requesting.may_ask(service):
        raise Unseen
    if not herself.name.strip():
        raise Refusal(_("Please write down the person's name."))
    paper = members.paper_index(herself.kind, herself.number)
    person_id, whom = known_by(herself.kind, herself.number, paper)
    answers = requesting.read(service, wish.answers)
    said = {**wish.said, **asking.facts_in(service, answers)}
    requesting.check_agreed(held, said, wish.agreed)
    chosen = requesting.round_of(service, wish.round)
    names = [name for name in facts_read(held.rules[service.key]) if name in held.facts]
    known = knowing.known_of(held.facts, names, said, moment.today())
    facts = {name: value for name, value in known.items() if value is not None}
    with door.open(asker):
        used = ledger.facts_used(service.key, whom, moment.today())
    sent = requesting.sent_of(held, service, answers, said, facts, used, whom, herself.name.strip())
    told = cases.Submission(
        key=f"request:{wish.key}", words=f"{service.name}\n{wish.words}".strip(),
        matter=requesting.matter_for(service).key, phone=wish.phone, name=sent.name, area=unit.area_id,
        channel=herself.channel,
        beside=lambda case: requesting.beside(case, held, service, person_id, sent, chosen),
    )  # fmt: skip
    return cases.enter(asker, told, unit_id, herself.read_back)


def known_by(kind: str, number: str, paper: bytes) -> tuple[UUID, Whom]:
    """(key, whom): of the one in the register whose paper it is, or a key that the paper alone makes."""
    found = members.by_paper(kind, number)
    if len(found) != 1:
        return uuid_for(paper.hex(), "request paper"), Whom((), (paper,))
    whom = ledger.whom(found[0].id, [paper])
    return found[0].id, whom
