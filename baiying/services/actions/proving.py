"""What the papers of a request prove of her is kept for her other services, where she asked for that with the request.

So a fact becomes one that a paper verified: a person of the unit found the paper usable, or put down what it says. The
unit sees nothing of what else is kept of her.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from baiying.cases import access as case_access
from baiying.catalogue.promised import promised
from baiying.engine.services.facts import PAPER
from baiying.kit import door
from baiying.kit.errors import Unseen
from baiying.services import access
from baiying.services.actions import telling
from baiying.services.queries import knowing
from baiying.services.queries.requests import of_case, proof_of
from baiying.services.words import ERRAND, Looked


def keep(asker: door.Asker, number: str) -> None:
    """Keep what is proved by now, and let go what a paper that was sent back proved. What is kept already is left.

    After the look itself, in a transaction of its own: whatever comes in between, the next look makes good.
    """
    with door.open(asker):
        case = case_access.one(asker, number)
        standing = of_case(case)
        if standing is None or not standing.sent.keep or asker.who is None:
            return
        proved, person, said = standing.proved, standing.row.person_id, standing.sent.said
        back = {one.paper.key for one in standing.papers if one.state == Looked.SENT_BACK}
        proofs = [one.fact for one in standing.service.papers if proof_of(one) in back and one.fact not in proved]
        doubted = {name: said[name] for name in proofs if name in said}
    try:
        _write(person, proved, doubted, asker.who)
    except Unseen:
        return  # she has taken herself out meanwhile: there is nobody to keep it for


def _write(person: UUID, proved: Mapping[str, Any], doubted: Mapping[str, Any], by: UUID) -> None:
    words = promised().facts
    with door.errand(ERRAND):
        kept = {one.fact: one.value for one in knowing.told(access.profile(person)).values() if one.source == PAPER}
    new = {name: value for name, value in proved.items() if name in words and kept.get(name) != value}
    if new:
        telling.tell(person, new, by=by, source=PAPER, agreed={words[name].purpose for name in new} - {""})
    if gone := [name for name, value in doubted.items() if name in kept and kept[name] == value]:
        telling.take_back(person, gone, by=by)
