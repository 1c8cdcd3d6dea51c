"""The public notice: number, class and amount of what was granted, as far as it points at nobody.

A week at a time, on the Monday after: who looks every day learns nothing of who was there yesterday. Of a service with
fewer than five grants in a week nothing is told; a class and amount that fewer than five share are not told, the number
stands there without them. No sum is told from which they could be worked out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from baiying.engine.cells import LEAST
from baiying.kit import door, moment
from baiying.kit.door import Asker
from baiying.ledger import access
from baiying.ledger.models import Notice


@dataclass(frozen=True)
class Row:
    """One grant on the notice. ``fen`` None: class and amount are shared by too few to be told."""

    number: str
    band: str
    fen: int | None


@dataclass(frozen=True)
class OnNotice:
    """One service in one week, by number."""

    service: str
    since: date
    until: date
    rows: tuple[Row, ...]


def notices(district: str) -> list[OnNotice]:
    """What stands on the notice today, by service and week."""
    with door.open(Asker()):
        found = list(access.notices(district, moment.today()))
    groups: dict[tuple[str, date, date], list[Notice]] = {}
    for one in found:
        groups.setdefault((one.service, one.since, one.until), []).append(one)
    return [OnNotice(*key, _told(rows)) for key, rows in sorted(groups.items()) if len(rows) >= LEAST]


def week_of(on: date, days: int) -> tuple[date, date]:
    """From when to when a grant of this day stands on the notice: from the next Monday, for so many days."""
    monday = on + timedelta(days=7 - on.weekday())
    return monday, monday + timedelta(days=days - 1)


def _told(rows: list[Notice]) -> tuple[Row, ...]:
    shared = Counter((one.band, one.fen) for one in rows)
    return tuple(
        Row(one.number, one.band, one.fen) if shared[one.band, one.fen] >= LEAST else Row(one.number, "", None)
        for one in rows
    )
