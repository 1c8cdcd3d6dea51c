"""Changes of the network."""

from baiying.network.actions.administering import (
    BELOW,
    ROLES_OF,
    close,
    give_post,
    hang,
    merge,
    note_absence,
    note_return,
    open_below,
    reset_factors,
    split,
    take_post,
    untie,
)
from baiying.network.actions.areas import AreaCounts, load_areas, read_table
from baiying.network.actions.bringing import amend_units, take_back
from baiying.network.actions.names import NameCounts, load_names
from baiying.network.actions.passing import NewUnit, close_unit, merge_units, split_unit
from baiying.network.actions.posts import appoint, be_absent, end_absence, end_post, vacate
from baiying.network.actions.proposing import Outcome, confirm, decline
from baiying.network.actions.settling import settle
from baiying.network.actions.units import appointed, end_tie, enter, open_place, open_unit, opened, tie, tied

__all__ = [
    "BELOW",
    "ROLES_OF",
    "amend_units",
    "take_back",
    "AreaCounts",
    "NameCounts",
    "NewUnit",
    "Outcome",
    "appoint",
    "appointed",
    "be_absent",
    "close",
    "close_unit",
    "confirm",
    "decline",
    "end_absence",
    "end_post",
    "end_tie",
    "enter",
    "give_post",
    "hang",
    "load_areas",
    "load_names",
    "merge",
    "merge_units",
    "note_absence",
    "note_return",
    "open_below",
    "open_place",
    "open_unit",
    "opened",
    "read_table",
    "reset_factors",
    "settle",
    "split",
    "split_unit",
    "take_post",
    "tie",
    "tied",
    "untie",
    "vacate",
]
