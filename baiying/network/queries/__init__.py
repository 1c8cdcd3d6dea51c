"""Reads of the network."""

from baiying.network.queries.passing import lower, next_living, playing, siblings
from baiying.network.queries.picture import forget
from baiying.network.queries.reading import (
    Branch,
    Opening,
    any_units,
    area,
    area_said,
    areas,
    hours_said,
    is_open_at,
    places,
    posts_in,
    posts_of,
    ties_of,
    unit,
    unit_said,
    units,
    units_by_id,
)
from baiying.network.queries.routing import first_unit, is_living, upper

__all__ = [
    "Branch",
    "Opening",
    "any_units",
    "area",
    "area_said",
    "areas",
    "first_unit",
    "forget",
    "hours_said",
    "is_living",
    "is_open_at",
    "lower",
    "next_living",
    "places",
    "playing",
    "posts_in",
    "posts_of",
    "siblings",
    "ties_of",
    "unit",
    "unit_said",
    "units",
    "units_by_id",
    "upper",
]
