"""The sides of a case: whose a file is. She, the unit that leads, and each task that brought a party in is one, so that
of two that play the same part neither reads what the other one handed in."""

from __future__ import annotations

from collections.abc import Iterable

from baiying.cases.models import Task


def side_of(task: Task) -> str:
    """The side of a party, by its task: `lawyer:3fa9…`."""
    return f"{task.party}:{task.ref}"


def party_in(side: str) -> str:
    """Which part a side plays: `lawyer`; she and the unit that leads are their own."""
    return side.partition(":")[0]


def by_side(tasks: Iterable[Task]) -> dict[str, Task]:
    """These tasks by the side that each one is."""
    return {side_of(task): task for task in tasks}
