"""Each planted leak by itself: the pair in which it shows is walked once more with it, by who stumbles over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from baiying.project.leaks.people import BY_KEY, Walker
from baiying.project.leaks.plants import Plant
from baiying.project.leaks.running import Difference, Plan, Prepared, run
from baiying.project.leaks.walk import Step
from baiying.project.progress import Progress, quiet


@dataclass(frozen=True)
class Planted:
    """A planted leak and by what it was noticed; by nothing when it was not found."""

    plant: Plant
    noticed: tuple[Difference, ...]


def find(prepared: Prepared, plan: Plan, plants: Sequence[Plant], progress: Progress = quiet) -> list[Planted]:
    """Walk with each of them in turn. The plan's pairs must hold the pair of each."""
    found = []
    for done, plant in enumerate(plants, start=1):
        def share(walker: Walker, step: Step, routes: tuple[str, ...] = plant.routes) -> bool:
            return step.route in routes
        pair = next(one for one in plan.pairs if one.deed == plant.pair and not one.later)
        alone = Plan([pair], plan.walks, [BY_KEY[plant.walker]], share)
        found.append(Planted(plant, tuple(run(prepared, alone, patch=plant.put).differences)))
        progress("planted leaks", done, len(plants))
    return found
