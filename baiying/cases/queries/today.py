"""The handler's list: what runs out first stands on top."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db.models import Q

from baiying.cases import access
from baiying.cases.models import Case as CaseRow
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, moment, number
from baiying.network import queries as network

GIST = 60  # characters of her words on the list; none of a guarded case
AT_ONCE = 100
# What a line shows: no sealed key, no vector of the search and nothing of her account is read for it.
SHOWN = ("number", "declaration_id", "unit_id", "stage", "band", "area", "words", "guarded", "unassigned", "verdict",
         "next_due_at", "next_clock", "received_at", "paused_until")
NEVER = datetime.max.replace(tzinfo=UTC)  # where nothing runs out


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    case: CaseRow
    matter: flow.Matter
    # Protected, and held by nobody: number and clock are all that is shown of it.
    free: bool = False

    @property
    def number(self) -> str:
        return number.shown(self.case.number)

    @property
    def address(self) -> str:
        return self.case.number

    @property
    def gist(self) -> str:
        """The beginning of her words; empty for a guarded case, whose words only its page shows."""
        words = " ".join(self.case.words.split())
        return words if len(words) <= GIST else words[:GIST] + "…"

    @property
    def stage(self) -> flow.Stage:
        return flow.stage_of(self.matter, self.case.stage)

    @property
    def clock(self) -> flow.ClockWord | None:
        return self.matter.clocks.get(self.case.next_clock)

    @property
    def due_at(self) -> datetime | None:
        return self.case.next_due_at

    @property
    def late(self) -> bool:
        return self.due_at is not None and self.due_at <= moment.now()

    @property
    def waits_for_her(self) -> bool:
        return self.case.stage in flow.WAITING and not self.case.verdict  # "not solved" is a word too

    @property
    def area(self) -> str:
        return network.area_said(self.case.area)


def today(asker: door.Asker) -> list[Row]:
    """The open cases of the asker's units, at most AT_ONCE: those whose clock runs out first on top, those that wait
    for her last. Before all stand those that no clock pushes although her word was "not solved" once more.

    Each group is read from an index in its order, unit by unit, and stops when the list is full: what a unit has to
    do today costs the same however many cases lie in the database.
    """
    with door.open(asker):
        found: list[CaseRow] = []
        for group, order in GROUPS:
            if len(found) < AT_ONCE:
                found += first_of(asker, group, order, AT_ONCE - len(found))
        free = access.waiting(asker).only(*SHOWN).order_by(*GROUPS[1][1])[:AT_ONCE]
        return ([Row(case, catalogue.matter_of(case.declaration_id)) for case in found]
                + [Row(case, catalogue.matter_of(case.declaration_id), free=True) for case in free])


UNHEARD = Q(verdict="not_solved", next_due_at=None)
GROUPS = (
    (UNHEARD, ("received_at",)),
    (Q(next_due_at__isnull=False), ("next_due_at", "received_at")),
    (Q(next_due_at=None) & ~Q(verdict="not_solved"), ("next_due_at", "received_at")),
)


def first_of(asker: door.Asker, group: Q, order: tuple[str, ...], most: int = AT_ONCE) -> list[CaseRow]:
    """The first open cases of one group, of all the asker's units together, in one statement."""
    each = [access.visible(replace(asker, units=frozenset({unit}))).filter(group, ended=False).only(*SHOWN)
            .order_by(*order)[:most] for unit in sorted(asker.units, key=str)]
    if not each:
        return []
    rows = list(each[0].union(*each[1:], all=True)) if len(each) > 1 else list(each[0])
    return sorted(rows, key=lambda row: [getattr(row, name) or NEVER for name in order])[:most]
