"""Counts of entitled, served and unknown people by unit and service, out of arrays, without a loop over people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from baiying.services.actions.covering import ENTITLED, SERVED, UNKNOWN, Key
from baiying.services.queries.columns import NO_UNIT
from baiying.services.queries.rulebook import Rules

if TYPE_CHECKING:
    from baiying.services.actions.sweeping import All

#: To mix district and unit into one number; whoever falls together is looked at again.
ODD, ODDER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


def counts(rules: Rules, people: All, which: NDArray[Any]) -> Counter[tuple[Key, str]]:
    """How many of these rows are entitled, served among them, and unknown, by (unit, district, service)."""
    total: Counter[tuple[Key, str]] = Counter()
    if not len(which):
        return total
    yes, unknown, served = people.yes[which], people.unknown[which], people.served[which]
    first, code = _places(people.unit[which], people.district[which])
    where = [_where(people, int(which[at])) for at in first]
    for n, service in enumerate(rules.services):
        word, bit = n // 64, np.uint64(n % 64)
        entitled, open_, has = ((one[:, word] >> bit & np.uint64(1)).astype(bool) for one in (yes, unknown, served))
        for kind, whose in ((ENTITLED, entitled), (SERVED, entitled & has), (UNKNOWN, open_ & ~entitled)):
            for (unit, district), number in zip(where, np.bincount(code[whose], minlength=len(where)), strict=True):
                if number:
                    total[(unit, district, service), kind] = int(number)
    return total


def _places(unit: NDArray[np.void], district: NDArray[np.int64]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Of each place (district and unit) the first row, and for every row the number of its place."""
    halves = np.ascontiguousarray(unit).view("<u8").reshape(-1, 2)
    mixed = (halves[:, 0] * ODD) ^ halves[:, 1] ^ (district.astype(np.uint64) * ODDER)
    _, first, code = np.unique(mixed, return_index=True, return_inverse=True)
    if (halves[first][code] == halves).all() and (district[first][code] == district).all():
        return first, code
    whole = np.column_stack([halves, district.astype(np.uint64)])
    _, first, code = np.unique(whole, axis=0, return_index=True, return_inverse=True)
    return first, code.reshape(-1)


def _where(people: All, at: int) -> tuple[UUID | None, str]:
    unit = UUID(bytes=people.unit[at].tobytes())
    return None if unit == NO_UNIT else unit, str(people.district[at] or "")
