"""Figures for pages. What everybody may see comes from `published` alone: a fixed set of tables, protected together."""

from baiying.boards.queries.own import Own, own
from baiying.boards.queries.periods import (
    Period,
    last_quarter,
    months_until,
    period_of,
    quarters_until,
    read_period,
    running,
)
from baiying.boards.queries.published import Quarter, Year, periods_of, published, street_of, street_said
from baiying.boards.queries.sums import NUMBERS, any_figures, freshness
from baiying.engine.cells import LEAST as LEAST_CELL

__all__ = [
    "LEAST_CELL", "NUMBERS", "Own", "Period", "Quarter", "Year", "any_figures", "freshness", "last_quarter",
    "months_until", "own", "period_of", "periods_of", "published", "quarters_until", "read_period", "running",
    "street_of", "street_said",
]
