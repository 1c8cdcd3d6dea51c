"""Where a need goes: the area, as she chose it or as her words say it for certain, and the unit that leads it first.

The words of a guarded case are not read for this: what is sealed leaves no trace in a clear column.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from baiying.cases.queries import load
from baiying.engine import flow
from baiying.kit import moment
from baiying.members import queries as members
from baiying.network import queries as network
from baiying.network.models import Unit
from baiying.network.queries import FoundArea

logger = logging.getLogger(__name__)
NOWHERE = FoundArea()


@dataclass(frozen=True)
class Placed:
    """The unit and the area of a new case. ``found``: what her words say of where; she is shown it."""

    unit: Unit
    area: str
    found: FoundArea = NOWHERE


def place(matter: flow.Matter, area: str | None, words: Iterable[str], guarded: bool,
          asker: UUID | None = None) -> Placed:
    """Where this need goes. What she chose stands; only what she left open is taken from her words.

    ``asker``: her account, whose membership says her trade where a matter asks for it.
    """
    found = NOWHERE if guarded else found_in(words)
    where = area or found.code or ""
    return Placed(unit_for(matter, where or None, found.unit or employer_of(matter, asker)), where, found)


def unit_for(matter: flow.Matter, area: str | None, employer: UUID | None = None) -> Unit:
    """The unit that leads a case of this matter from this area first; never without one."""
    return network.first_unit(matter.org, area, moment.today(), lowest=matter.lead_level, ties=matter.ties,
                              employer=employer, load=load.open_cases)


def found_in(words: Iterable[str]) -> FoundArea:
    """What these texts say of where; nothing when reading them fails, whatever the reason. No word reaches a log."""
    try:
        return network.find_area("\n".join(words))
    except Exception as error:  # her need is stored, whatever fails in reading it
        logger.error("A need could not be read for where it is (%s); it is stored all the same.", type(error).__name__)
        return NOWHERE


def employer_of(matter: flow.Matter, asker: UUID | None) -> UUID | None:
    """The unit she is a member of, for a matter that asks for her trade; one of safety asks for nothing of hers."""
    if asker is None or matter.safe or flow.SECTOR not in matter.ties:
        return None
    return members.belongs_to(asker, moment.today())
