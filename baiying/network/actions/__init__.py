"""Changes of the network."""

from baiying.network.actions.areas import AreaCounts, load_areas, read_table
from baiying.network.actions.passing import NewUnit, close_unit, merge_units, split_unit
from baiying.network.actions.posts import appoint, be_absent, end_absence, end_post, vacate
from baiying.network.actions.settling import settle
from baiying.network.actions.units import appointed, end_tie, enter, open_place, open_unit, opened, tie, tied

__all__ = [
    "AreaCounts",
    "NewUnit",
    "appoint",
    "appointed",
    "be_absent",
    "close_unit",
    "end_absence",
    "end_post",
    "end_tie",
    "enter",
    "load_areas",
    "merge_units",
    "open_place",
    "open_unit",
    "opened",
    "read_table",
    "settle",
    "split_unit",
    "tie",
    "tied",
    "vacate",
]
