"""What she asks about her information and nobody answered in time climbs by itself to the level above."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from baiying.cases import access
from baiying.cases.about import about_demand
from baiying.cases.actions.tasks import open_task
from baiying.cases.models import Case, Demand, Task
from baiying.cases.queries import free
from baiying.kit import door, moment
from baiying.members import queries as members


def climb_demands() -> int:
    """Call the level above about every demand that was not answered by its day; gives how many times. Each case in a
    transaction of its own; run again, nobody is called twice."""
    with door.errand("demands"):
        late = list(Demand.objects.filter(state=Demand.State.OPEN, due_at__lte=moment.now())
                    .order_by("due_at", "id").values_list("case_id", "id", "entered_by_id"))
    return sum(climb_demand(case, demand, members.selves(by) if by is not None else ()) for case, demand, by in late)


def climb_demand(case_id: UUID, demand_id: UUID, herself: Iterable[UUID]) -> int:
    """Open the task of the living unit above, if the demand still waits and it has none there."""
    with door.errand("clocks"):
        door.look_at(case_id)
        case = access.by_id(case_id, lock=True)
        demand = Demand.objects.filter(id=demand_id, state=Demand.State.OPEN).first()
        return 0 if case is None or case.key is None or demand is None else call_above(case, demand, herself)


def call_above(case: Case, demand: Demand, herself: Iterable[UUID] = ()) -> int:
    """Open the task of the living unit above about this demand, once; gives how many times. ``herself``: the rows of
    who wrote it down, who cannot answer it. The case must be locked and looked at."""
    above = free.upper_of(case.unit, free.recused(case).union(herself))
    if above is None or above.id == case.unit_id:
        return 0  # at the top it stands on the unit's own list: late, or as nobody's to decide (free.somebody_else)
    called = access.tasks_of(case).filter(kind=Task.Kind.CLIMB, about=about_demand(demand))
    if called.filter(unit=above).exists():
        return 0
    open_task(case, Task.Kind.CLIMB, above, key=f"{about_demand(demand)}:{above.id}", about=about_demand(demand),
              due_at=demand.due_at)
    return 1
