"""What a task of the level above is about, beside the clocks of a matter."""

from __future__ import annotations

from baiying.cases.models import Demand

DEMAND = "demand:"  # it ends with the answer to this demand of hers, not with a clock


#: What a relative asks: to be decided by the level above that was called, not called after.
RELATIVE = f"{DEMAND}{Demand.Kind.RELATIVE}:"


def about_demand(demand: Demand) -> str:
    """What a task is about that asks after this demand."""
    return f"{RELATIVE if demand.kind == Demand.Kind.RELATIVE else DEMAND}{demand.ref}"
