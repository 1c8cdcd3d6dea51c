"""From an address in a person's own words to the names in it: how names are written, and where they stand in a text."""

from baiying.engine.gazetteer.finding import Entry, Found, Names, find
from baiying.engine.gazetteer.spelling import SHORT, Spelling, community, employer, outside, own, plain, stems, street

__all__ = ["SHORT", "Entry", "Found", "Names", "Spelling", "community", "employer", "find", "outside", "own", "plain",
           "stems", "street"]
