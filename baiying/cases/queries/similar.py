"""Earlier cases like the one on the desk: how the own unit answered then. Never a guarded one, on either side.

Bounded cost, whatever the unit has behind it: the latest LOOKED_AT ended cases of the same matter, the beginning of
their words, and the answers of the TOP ones, each with its own case looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db.models.functions import Left

from baiying.cases import access
from baiying.cases.models import Case
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.engine.text import near
from baiying.kit import door
from baiying.kit import number as numbers

LOOKED_AT, TOP = 200, 3
READ = 400  # characters of a person's words that are compared; what matters stands at the beginning
LEAST = 0.12  # below this share of common pairs two texts have only everyday words in common
GIST = 120


@dataclass(frozen=True)
class Similar:
    """An ended case of the own unit with the last answer that the person was given, and her verdict."""

    number: str
    gist: str
    answer: str
    verdict: str
    ended_at: datetime


def similar(asker: door.Asker, typed_number: str) -> list[Similar]:
    """At most TOP ended cases of the asker's units like this one, the most alike first. Raises Unseen."""
    with door.open(asker):
        case = access.one(asker, typed_number)
        own = bigrams(case.words[:READ])
        if case.guarded or not own:
            return []
        key = catalogue.matter_of(case.declaration_id).key
        earlier = list(
            access.visible(asker).filter(ended=True, guarded=False, unit_id__in=asker.units, declaration__key=key)
            .exclude(id=case.id).annotate(beginning=Left("words", READ)).defer("words")
            .order_by("-changed_at")[:LOOKED_AT])
        answered = (told for one in nearest(own, earlier) if (told := with_answer(one)) is not None)
        return list(islice(answered, TOP))


def nearest(own: frozenset[str], earlier: Iterable[Case]) -> list[Case]:
    """The cases whose words have most in common with these, the later one first of two alike; a few more than TOP,
    as not every case ended with an answer."""
    shares = [(share(own, bigrams(one.beginning)), one.changed_at, one) for one in earlier]  # type: ignore[attr-defined]
    alike = sorted((found for found in shares if found[0] >= LEAST), key=lambda found: found[:2], reverse=True)
    return [one for _share, _at, one in alike[:2 * TOP]]


def with_answer(case: Case) -> Similar | None:
    """The case with its last answer to the person who asked, or nothing when it has none that may be read here."""
    door.look_at(case.id)
    said = [move for move in access.moves(case) if move.after in flow.WAITING and move.unit_id and move.words]
    if not said:
        return None
    beginning = " ".join(case.beginning.split())  # type: ignore[attr-defined]
    return Similar(numbers.shown(case.number), beginning if len(beginning) <= GIST else beginning[:GIST] + "…",
                   said[-1].words, case.verdict, case.changed_at)


def bigrams(text: str) -> frozenset[str]:
    """Every pair of neighbouring characters: in Chinese nearly a word, and no dictionary to keep."""
    return frozenset(near.bigrams(text))


def share(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two texts have in common: 0 nothing, 1 the same pairs (Dice)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
