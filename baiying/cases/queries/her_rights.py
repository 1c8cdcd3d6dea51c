"""What the page of her rights shows: how she is reached now, what can be put right, what keeps her from erasing."""

from __future__ import annotations

from dataclasses import dataclass

from baiying.cases import access
from baiying.cases.dossier import Dossier
from baiying.cases.models import Task
from baiying.cases.queries import address
from baiying.cases.queries.everything import DemandLine, demands
from baiying.cases.queries.lines import party_said
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.kit import door
from baiying.network import queries as network


@dataclass(frozen=True)
class Keeping:
    """A ground that keeps what she told for now. ``basis``: the article; empty where it is no law's."""

    ground: str
    basis: str = ""


@dataclass(frozen=True)
class Rights:
    """Her rights in one case. ``going``: the open tasks whose unit may be told where she stays: (reference, unit)."""

    erased: bool
    reached: dict[str, str]
    address: dict[str, str]
    going: list[tuple[str, str]]
    asks: tuple[flow.Ask, ...]
    demands: list[DemandLine]
    keeping: tuple[Keeping, ...]


def rights_of(entry: bytes) -> Rights:
    """What she can do in the case that this entry opens. Raises Unseen."""
    with door.open(door.Asker(door=entry)):
        case = access.one(door.asker())
        held = Dossier(case)
        place = address.of(held)
        work = [task for task in held.tasks if task.kind == Task.Kind.WORK and task.state == Task.State.OPEN]
        goes = next((task.ref for task in work if place is not None and task.id == place.task), "")
        return Rights(
            erased=case.key is None,
            reached={field: held.opened(field) for field in ("name", "phone", "contact", "reach")},
            address={"where": place.where if place else "", "task": goes},
            going=[(task.ref, f"{network.unit_said(task.unit)} ({party_said(task.party)})") for task in work],
            asks=tuple(ask for ask in flow.form_asks(held.matter) if ask.key in held.answers),
            demands=demands(held), keeping=() if case.key is None else keeping(held),
        )


def keeping(held: Dossier) -> tuple[Keeping, ...]:
    """The grounds that keep this case for now; it must be looked at. Which ones there are is our reading (proposed):
    a report that the law made us file, and a complaint of hers that is being looked at."""
    told = {task.party for task in held.tasks if task.kind == Task.Kind.WORK and task.state != Task.State.PROPOSED}
    facts = flow.facts_of(held.answers)
    found = [Keeping("duty", duty.basis_zh if catalogue.speaks_chinese() else duty.basis_en)
             for duty in held.matter.duties
             if duty.when and told & set(duty.tells) and flow.all_hold(duty.when, facts)][:1]
    if any(task.kind == Task.Kind.COMPLAINT and task.state == Task.State.OPEN for task in held.tasks):
        found.append(Keeping("complaint"))
    return tuple(found)
