"""Coverage: of those whom a service should reach, how many it reached, with those beside it of whom that is not known.

Small numbers are hidden as on every board (decision 0033). Only services that may be offered unasked are counted at
all; what is told in private has no coverage (decision 0045). It stands as of today, so it is for those who answer for
the units below, not for everybody: two days of it side by side would point at somebody.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from baiying.catalogue.promised import promised
from baiying.engine.cells import Split, tell_alone
from baiying.engine.services import Service
from baiying.services.queries.covering import counts

ALL, ENTITLED, SERVED, UNSERVED, UNKNOWN = "all", "entitled", "served", "unserved", "unknown"
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


def coverage(district: str) -> list[Coverage]:
    """Every service of a district that has somebody to reach, in the order of the catalogue."""
    held = promised().services
    found = []
    for key, told in counts(district).items():
        if key in held:
            shown = tell_alone(_whole(told), SPLITS, ALL)
            found.append(Coverage(held[key], shown[ENTITLED], shown[SERVED], shown[UNKNOWN]))
    return sorted(found, key=lambda one: (one.service.order, one.service.key))


def _whole(told: Counter[str]) -> dict[str, int]:
    entitled, served, unknown = told[ENTITLED], told[SERVED], told[UNKNOWN]
    return {ALL: entitled + unknown, ENTITLED: entitled, SERVED: served, UNSERVED: entitled - served, UNKNOWN: unknown}
