"""Changes of the network."""

from baiying.network.actions.areas import AreaCounts, load_areas, read_table
from baiying.network.actions.units import (
    appoint,
    appointed,
    close_unit,
    end_post,
    end_tie,
    enter,
    open_place,
    open_unit,
    tie,
    tied,
)

__all__ = [
    "AreaCounts",
    "appoint",
    "appointed",
    "close_unit",
    "end_post",
    "end_tie",
    "enter",
    "load_areas",
    "open_place",
    "open_unit",
    "read_table",
    "tie",
    "tied",
]
