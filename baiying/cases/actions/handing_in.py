"""A file comes in by a page: from her, from the unit that leads, from a party; and a side shows its own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.actions.files import keep
from baiying.cases.models import Task
from baiying.cases.queries.files import looking, one
from baiying.engine import flow
from baiying.kit import door, log
from baiying.kit.errors import Refusal

PAPER = "paper"


def hand_in(asker: door.Asker, number: str | None, name: str, content: bytes, alone: bool = False) -> str:
    """Keep a file in the case; gives the name by which pages know it. ``alone``: for the unit that leads and whoever
    hands it in. Raises Unseen, NotTaken, Refusal; then nothing is kept."""
    with door.open(asker):
        case, view = looking(asker, number, lock=True)
        if case.key is None:
            raise Refusal(_("What was told here has been erased, so nothing can be added. Please send a new request."))
        party = view.task.party if view.task is not None else ""
        hand = party or (flow.ASKER if asker.door is not None else flow.LEAD)
        return keep(case, asker, name, content, kind=PAPER, side=hand if alone else "", party=party).ref


def release(asker: door.Asker, number: str | None, ref: str, party: str) -> None:
    """Whoever handed a file in shows it to another party of the case, for good. Raises Unseen, Refusal."""
    with door.open(asker):
        case, view = looking(asker, number, lock=True)
        row = one(case, view, ref)
        if row.party not in view.parties:
            raise Refusal(_("Only whoever handed this file in can show it to somebody else."))
        there = {flow.ASKER} | {task.party for task in access.tasks_of(case).filter(kind=Task.Kind.WORK)
                                if task.state in (Task.State.OPEN, Task.State.DONE)}
        if party not in there - view.parties:
            raise Refusal(_("Please choose from the list to whom it is shown."))
        if party not in row.released_to:
            row.released_to = [*row.released_to, party]
            row.save(update_fields=["released_to"])
            log.write("file.released", case.id, asker.name, {"file": str(row.id), "to": party}, case.wrapped)
