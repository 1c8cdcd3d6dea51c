"""How many open cases a unit leads now: what routing asks where several units are equally near.

Guarded cases do not count: which of two equal units answers the next stranger would tell her, and whoever sends twice
and compares, that one of them has a protected case more (docs/decisions/0040-shadow-pairs.md).

Kept some seconds in this process, with what it sent there meanwhile counted on top, so that a flood is shared too.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from uuid import UUID

from django.db import Error, connection

from baiying.cases import access
from baiying.kit import door

FRESH_SECONDS = 15.0
ERRAND = "clocks"  # it may see every case; no word of one is read here
logger = logging.getLogger(__name__)


@dataclass
class _Count:
    asked_at: float
    cases: int


_kept: dict[tuple[str, UUID], _Count] = {}  # (database, unit)


def open_cases(unit: UUID) -> int:
    """The open cases that this unit leads, without the guarded ones, at most some seconds old. Never refuses: routing
    goes on."""
    key = (str(connection.settings_dict["NAME"]), unit)
    kept = _kept.get(key)
    if kept is not None and (time.monotonic() - kept.asked_at < FRESH_SECONDS or door.is_open()):
        return kept.cases
    if door.is_open():  # whoever has it open sees only her own
        return 0
    try:
        with door.errand(ERRAND):
            found = access.visible(door.asker()).filter(unit_id=unit, ended=False, guarded=False).count()
    except Error as error:
        logger.error("The open cases of a unit could not be counted (%s); it counts as free.", type(error).__name__)
        return 0
    _kept[key] = _Count(time.monotonic(), found)
    return found


def sent_to(unit: UUID) -> None:
    """One more case that is not guarded goes to this unit: counted on top of what was asked last."""
    kept = _kept.get((str(connection.settings_dict["NAME"]), unit))
    if kept is not None:
        kept.cases += 1


def forget() -> None:
    """Ask anew."""
    _kept.clear()
