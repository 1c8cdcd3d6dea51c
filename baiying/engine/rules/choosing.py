"""Who gets places when there are more people than places: first come, by preference, by lot, by score.

A draw is made of a public seed: the same seed and people give the same list, whoever draws, and whoever checks it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from baiying.engine.rules.language import Facts, Places
from baiying.engine.rules.lines import Lines
from baiying.engine.rules.logic import Person, holds


@dataclass(frozen=True, slots=True)
class Applicant:
    """One who asked for a place. `came`: her place in the order of asking; `lost`: how often she lost before."""

    key: str
    facts: Facts
    came: int = 0
    lost: int = 0
    score: int = 0


def in_order(
    places: Places, applicants: Sequence[Applicant], seed: str, lines: Lines, on: date
) -> tuple[Applicant, ...]:
    """All applicants, who gets a place first coming first.

    Whom an earlier preference surely holds for comes before whom a later one does; of the like, the first to ask, the
    higher score, or the lot decides. Ties are drawn. With memory, who lost more often comes first in the draw.
    """

    def rank(one: Applicant) -> tuple[int, int, bytes]:
        person = Person(one.facts, lines, on)
        preferred = next((place for place, when in enumerate(places.prefer) if holds(when, person)), len(places.prefer))
        own = {"first": one.came, "score": -one.score, "draw": -one.lost if places.memory else 0}.get(places.by, 0)
        return preferred, own, sha256(f"{seed}:{one.key}".encode()).digest()

    return tuple(sorted(applicants, key=rank))
