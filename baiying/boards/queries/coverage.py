"""Coverage: of those whom a service should reach, how many it reached, with those beside it of whom that is not known.

Small numbers are hidden as on every board (decision 0033). Only services that may be offered unasked are counted at
all; what is told in private has no coverage (decision 0045). It stands as the month began: two days of it side by side
would point at whoever came or went in between.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from baiying.catalogue.promised import promised
from baiying.engine.cells import Split, tell_alone
from baiying.engine.services import Service
from baiying.services.queries.covering import counts

ALL, ENTITLED, SERVED, UNSERVED, UNKNOWN = "all", "entitled", "served", "unserved", "unknown"
STEP = 5
SPLITS = (Split(ALL, (ENTITLED, UNKNOWN)), Split(ENTITLED, (SERVED, UNSERVED)))


@dataclass(frozen=True)
class Coverage:
    """One service. None: a number too small to be told."""

    service: Service
    entitled: int | None
    served: int | None
    unknown: int | None

    @property
    def share(self) -> float | None:
        return self.served / self.entitled if self.entitled and self.served is not None else None


@dataclass(frozen=True)
class Covered:
    """Every service of a district that had somebody to reach when this month began, in the order of the catalogue."""

    month: date | None
    services: tuple[Coverage, ...]

    @property
    def whole(self) -> tuple[int, int, int] | None:
        """(served, entitled, unknown) of all services together, out of what is told of each and of nothing else, so
        that it gives no hidden number away; None where nothing is told. A person counts once a service."""
        told = [(one.served, one.entitled, one.unknown) for one in self.services]
        full = [(a, b, c) for a, b, c in told if a is not None and b is not None and c is not None]
        return (sum(a for a, _, _ in full), sum(b for _, b, _ in full), sum(c for _, _, c in full)) if full else None

    @property
    def share(self) -> float | None:
        """Served of entitled, of all services together."""
        return self.whole[0] / self.whole[1] if self.whole and self.whole[1] else None


def coverage(district: str) -> Covered:
    """The coverage of a district; no month as long as nothing was ever swept."""
    month, counted = counts(district)
    held = promised().services
    found = []
    for key, told in counted.items():
        if key in held:
            shown = tell_alone(_whole(told), SPLITS, ALL)
            found.append(Coverage(held[key], shown[ENTITLED], shown[SERVED], shown[UNKNOWN]))
    return Covered(month, tuple(sorted(found, key=lambda one: (one.service.order, one.service.key))))


def for_everybody(district: str) -> Covered:
    """The same, rounded to fives: what everybody may keep month by month must not tell who came or went in between."""
    found = coverage(district)
    return Covered(found.month, tuple(_rounded(one) for one in found.services))


def _rounded(one: Coverage) -> Coverage:
    return replace(one, entitled=_to_fives(one.entitled), served=_to_fives(one.served), unknown=_to_fives(one.unknown))


def _to_fives(count: int | None) -> int | None:
    return None if count is None else (count + STEP // 2) // STEP * STEP


def _whole(told: Counter[str]) -> dict[str, int]:
    entitled, served, unknown = told[ENTITLED], told[SERVED], told[UNKNOWN]
    return {ALL: entitled + unknown, ENTITLED: entitled, SERVED: served, UNSERVED: entitled - served, UNKNOWN: unknown}
