"""What a board can speak of: a small closed vocabulary of counts, and boards as they are declared."""

from baiying.engine.boards.board import AUDIENCES, COMPARED, PERIODS, Board, Measure
from baiying.engine.boards.counts import (
    COUNTS,
    LEAVES,
    OWN_SPLITS,
    PUBLISHED,
    SPLITS,
    TOTAL,
    filled,
    wholes_of,
)

__all__ = ["AUDIENCES", "COMPARED", "COUNTS", "LEAVES", "OWN_SPLITS", "PERIODS", "PUBLISHED", "SPLITS", "TOTAL",
           "Board", "Measure", "filled", "wholes_of"]
