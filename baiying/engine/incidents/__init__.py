"""Plans for incidents: declared levels with their thresholds, a checklist, clocks. Pure; a person sets the level."""

from baiying.engine.incidents.plan import (
    DESTROY,
    EVENTS,
    Check,
    Level,
    Plan,
    checks_of,
    level_by,
    read_report,
    run_clocks,
)

__all__ = ["DESTROY", "EVENTS", "Check", "Level", "Plan", "checks_of", "level_by", "read_report", "run_clocks"]
