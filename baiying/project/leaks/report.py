"""What a run found, as a table for people and as one line for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from baiying.project.leaks.planting import Planted
from baiying.project.leaks.running import Outcome, Plan
from baiying.project.leaks.walks import EXCEPTIONS

SHOWN = 40  # differences told one by one


@dataclass(frozen=True)
class Report:
    """A run, whole."""

    plan: Plan
    outcome: Outcome
    planted: Sequence[Planted]

    @property
    def found(self) -> int:
        return sum(bool(one.noticed) for one in self.planted)

    @property
    def well(self) -> bool:
        """No difference, nothing broken, every planted leak found."""
        return not self.outcome.differences and not self.outcome.broken and self.found == len(self.planted)

    def figures(self) -> dict[str, Any]:
        """The line for machines."""
        return {"routes": len({walk.route for walk in self.plan.walks}), "roles": len(self.plan.walkers),
                "pairs": len(self.plan.pairs), "requests": self.outcome.requests,
                "differences": len(self.outcome.differences), "broken": len(self.outcome.broken),
                "exceptions": len(EXCEPTIONS), "planted": len(self.planted), "found": self.found}

    def table(self) -> str:
        """The table for people."""
        of_pair = Counter(one.pair for one in self.outcome.differences)
        lines = [f"{'pair':48} {'not cleared':>12} {'differences':>12}"]
        they = {one.key for one in self.plan.walkers}
        lines += [f"{pair.name:48} {len(they - pair.cleared):12} {of_pair[pair.name]:12}" for pair in self.plan.pairs]
        lines += ["", f"{'planted leak':48} found"]
        lines += [f"{one.plant.name + ': ' + one.plant.says:90.90} {'yes' if one.noticed else 'NO'}"
                  for one in self.planted]
        lines += ["", *map(str, self.outcome.differences[:SHOWN]), *sorted(set(self.outcome.broken))[:SHOWN]]
        return "\n".join(lines + [", ".join(f"{name} {figure}" for name, figure in self.figures().items())])
