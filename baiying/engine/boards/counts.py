"""The counts of cases that a board can name, and how they fall into one another.

Every case is counted once, where it came in and on the day it came in, whatever happened afterwards: then the parts add
up, and no unit gets rid of a case by passing it on. They form a tree, so that they can be published together without
giving small ones away (`engine.cells.suppression`): no count of one split rules out one of a split beside it.
"""

from __future__ import annotations

from collections.abc import Mapping

from baiying.engine.cells import Split

TOTAL = "received"
SPLITS = (
    # Answered; or not: it waits for an answer, or ended without her verdict (withdrawn, set aside by the level above).
    # Two by two where that can be: the fewer parts a count falls into, the seldomer one of them is too small to tell.
    Split("received", ("answered", "unanswered")),
    Split("unanswered", ("waiting", "ended")),
    Split("received", ("returned", "not_returned")),
    # Answered: has she said whether it was solved?
    Split("answered", ("said", "silent")),
    Split("answered", ("in_time", "late")),
    Split("answered", ("reopened", "not_reopened")),
    Split("said", ("solved", "not_fully")),
    Split("not_fully", ("partly", "not_solved")),
    Split("said", ("contacted", "contact_no_yes")),
    Split("contact_no_yes", ("not_contacted", "contact_unsaid")),
    # Silent: thirty days without her word (未评), or still within them.
    Split("silent", ("unrated", "within_30_days")),
)
COUNTS = (TOTAL, *(part for split in SPLITS for part in split.parts))
#: What is stored; everything else follows from these.
LEAVES = ("waiting", "ended", "unrated", "within_30_days", "solved", "partly", "not_solved",
          "returned", "in_time", "reopened", "contacted", "not_contacted")


def filled(leaves: Mapping[str, int]) -> dict[str, int]:
    """All counts from those that are stored."""
    found = dict(leaves)
    found["not_fully"] = found["partly"] + found["not_solved"]
    found["said"] = found["solved"] + found["not_fully"]
    found["silent"] = found["unrated"] + found["within_30_days"]
    found["answered"] = found["said"] + found["silent"]
    found["unanswered"] = found["waiting"] + found["ended"]
    found["received"] = found["answered"] + found["unanswered"]
    found["not_returned"] = found["received"] - found["returned"]
    found["late"] = found["answered"] - found["in_time"]
    found["not_reopened"] = found["answered"] - found["reopened"]
    found["contact_no_yes"] = found["said"] - found["contacted"]
    found["contact_unsaid"] = found["contact_no_yes"] - found["not_contacted"]
    return {name: found[name] for name in COUNTS}


def wholes_of(count: str) -> tuple[str, ...]:
    """What this count is a part of, the nearest first: only of these can it be a share."""
    above = {part: split.whole for split in SPLITS for part in split.parts}
    found = []
    while count in above:
        count = above[count]
        found.append(count)
    return tuple(found)
