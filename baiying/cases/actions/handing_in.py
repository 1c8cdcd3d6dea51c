"""A file comes in by a page: from her, from the unit that leads, from a party; and a side shows its own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from baiying.cases import access
from baiying.cases.actions.files import keep
from baiying.cases.models import Case, Task
from baiying.cases.queries.files import Looking, looking, one, others
from baiying.cases.sides import by_side, side_of
from baiying.engine import flow
from baiying.kit import door, log
from baiying.kit.errors import Refusal

PAPER = "paper"


def hand_in(asker: door.Asker, number: str | None, name: str, content: bytes, alone: bool = False,
            to_her: bool = False) -> str:
    """Keep a file in the case; gives the name by which pages know it.

    ``alone``: of her or the unit that leads, for these two sides' own eyes. What a party hands in is its side's in any
    case, until it shows it; ``to_her``: it does so at once. Raises Unseen, NotTaken, Refusal; then nothing is kept.
    """
    with door.open(asker):
        case, view = looking(asker, number, lock=True)
        if case.key is None:
            raise Refusal(_("What was told here has been erased, so nothing can be added. Please send a new request."))
        if view.task is not None:
            return by_party(case, view, asker, name, content, to_her)
        hand = flow.ASKER if asker.door is not None else flow.LEAD
        return keep(case, asker, name, content, kind=PAPER, side=hand if alone else "").ref


def by_party(case: Case, view: Looking, asker: door.Asker, name: str, content: bytes, to_her: bool) -> str:
    """What a party hands in: its own side's."""
    assert view.task is not None
    row = keep(case, asker, name, content, kind=PAPER, side=side_of(view.task), party=view.task.party)
    if to_her and flow.ASKER not in row.released_to:
        row.released_to = [*row.released_to, flow.ASKER]
        row.save(update_fields=["released_to"])
    return row.ref


def release(asker: door.Asker, number: str | None, ref: str, to: str) -> None:
    """Whoever handed a file in shows it to another side of the case, for good. Raises Unseen, Refusal."""
    with door.open(asker):
        case, view = looking(asker, number, lock=True)
        row = one(case, view, ref)
        if not view.owns(row):
            raise Refusal(_("Only whoever handed this file in can show it to somebody else."))
        if to in row.released_to:
            return
        tasks = by_side(task for task in access.tasks_of(case) if task.kind == Task.Kind.WORK)
        if to not in dict(others(row, view, tasks)):
            raise Refusal(_("Please choose from the list to whom it is shown."))
        row.released_to = [*row.released_to, to]
        row.save(update_fields=["released_to"])
        log.write("file.released", case.id, asker.name, {"file": str(row.id), "to": to}, case.wrapped)
