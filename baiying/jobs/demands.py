"""Every hour: what she asks about her information and was not answered in time climbs to the level above."""

from __future__ import annotations

from baiying.cases.actions import demands as actions


def demands(timestamp: int) -> None:
    """Call the level above, once for each."""
    actions.climb_demands()
