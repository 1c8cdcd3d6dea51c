"""Plans for incidents: declared levels with their thresholds, a checklist, clocks. Pure; a person sets the level."""

from baiying.engine.incidents.plan import (
    EVENTS,
    Check,
    Level,
    Plan,
    checks_of,
    level_by,
    run_clocks,
)

__all__ = ["EVENTS", "Check", "Level", "Plan", "checks_of", "level_by", "run_clocks"]
