"""Counts that point at nobody: small cells hidden together with what would give them away, and how sure a rate is.

Pure, and a package of its own, because whoever publishes counts of people needs the same promise: boards, hot topics, a
district that runs none of our pages. What is promised is proved in `suppression`, and tested by solving the published
numbers for the hidden ones.
"""

from baiying.engine.cells.course import tell_course
from baiying.engine.cells.intervals import Interval, apart, wilson
from baiying.engine.cells.suppression import LEAST, Split, Told, tell, tell_alone, tell_parts, tell_table

__all__ = [
    "LEAST", "Interval", "Split", "Told", "apart", "tell", "tell_alone", "tell_course", "tell_parts", "tell_table",
    "wilson",
]
