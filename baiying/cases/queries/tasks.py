"""Tasks of several hands: the list of what a unit has to do in cases led by others (one such task: `given`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.translation import pgettext_lazy

from baiying.cases import access
from baiying.cases.about import RELATIVE
from baiying.cases.models import Task
from baiying.cases.queries.free import fitting
from baiying.cases.queries.lines import party_said
from baiying.cases.queries.referrals import KINDS
from baiying.cases.queries.today import AT_ONCE
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door, moment, number
from baiying.kit.errors import Unseen
from baiying.network import queries as network
from baiying.network.models import Unit

RELATIVES = pgettext_lazy("task", "what a relative asks: yes or no")


@dataclass(frozen=True)
class TaskRow:
    """One line of a list of tasks: never a word of hers."""

    task: Task
    matter: flow.Matter
    # Of a protected case, and not (yet) hers: number, clock and what is asked are all that is shown of it.
    closed: bool = False

    @property
    def number(self) -> str:
        return number.shown(self.task.number)

    @property
    def address(self) -> str:
        return self.task.number

    @property
    def kind(self) -> str:
        return str(RELATIVES) if self.relative else str(KINDS[Task.Kind(self.task.kind)])

    @property
    def relative(self) -> bool:
        """Whether a relative asks, and this unit was called to decide it."""
        return self.task.about.startswith(RELATIVE)

    @property
    def party(self) -> str:
        return party_said(self.task.party)

    @property
    def due_at(self) -> datetime | None:
        return self.task.due_at

    @property
    def late(self) -> bool:
        return self.due_at is not None and self.due_at <= moment.now()

    @property
    def asked_by(self) -> str:
        return network.unit_said(self.task.asked_unit)


def tasks(asker: door.Asker, kinds: Iterable[str] = ()) -> list[TaskRow]:
    """The open tasks of the asker's units, what runs out first on top, at most AT_ONCE."""
    with door.open(asker):
        found = (access.tasks(asker, kinds).select_related("unit", "asked_unit")
                 .order_by(F("due_at").asc(nulls_last=True), "opened_at")[:AT_ONCE])
        return [TaskRow(task, catalogue.matter_of(task.declaration_id),
                        closed=task.guarded and asker.who not in (task.named or ()))
                for task in access.not_about(asker, found)]


def candidates(asker: door.Asker, typed_number: str, party: str) -> list[Unit]:
    """The units that could be asked to play a party in this case. Raises Unseen."""
    with door.open(asker):
        case = access.one(asker, typed_number)
        if party not in catalogue.words().parties:
            raise Unseen
        return fitting(case, party)

