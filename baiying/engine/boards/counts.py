"""The counts of cases that a board can name, and how they fall into one another.

Every case is counted once, where it came in and on the day it came in, whatever happened afterwards: then the parts add
up, and no unit gets rid of a case by passing it on. They form a tree, so that they can be published together without
giving small ones away (`engine.cells.suppression`).

Two rules hold for what is published. The fewer parts a count falls into, the seldomer one of them is too small to tell:
two by two. And no count of one split rules out one of a split beside it (who said something may have been answered
late, who was answered in time may be silent); so what is known of one says nothing of the other. How many wait for an
answer, or ended without a verdict, breaks the second rule: that is for a unit's own board.
"""

from __future__ import annotations

from collections.abc import Mapping

from baiying.engine.cells import Split

TOTAL = "received"
#: What is published, wholes before their parts.
SPLITS = (
    # Has she said whether it was solved? Silent, withdrawn, set aside and not yet answered is not said.
    Split("received", ("said", "unsaid")),
    Split("said", ("solved", "not_fully")),
    Split("not_fully", ("partly", "not_solved")),
    Split("said", ("contacted", "contact_no_yes")),
    Split("contact_no_yes", ("not_contacted", "contact_unsaid")),
    # Thirty days after an answer without her word (未评); the others are within them, not answered, or ended.
    Split("unsaid", ("unrated", "unsaid_else")),
    Split("received", ("in_time", "not_in_time")),
    Split("received", ("reopened", "not_reopened")),
    Split("received", ("returned", "not_returned")),
)
PUBLISHED = (TOTAL, *(part for split in SPLITS for part in split.parts))
#: For a unit's own board alone.
OWN_SPLITS = (
    Split("received", ("answered", "unanswered")),
    Split("answered", ("answered_in_time", "late")),
    Split("unanswered", ("waiting", "ended")),
)
COUNTS = (*PUBLISHED, *(part for split in OWN_SPLITS for part in split.parts))
#: What is stored; everything else follows from these.
LEAVES = ("waiting", "ended", "unrated", "within_30_days", "solved", "partly", "not_solved",
          "returned", "in_time", "reopened", "contacted", "not_contacted")


def filled(leaves: Mapping[str, int]) -> dict[str, int]:
    """All counts from those that are stored."""
    found = dict(leaves)
    found["not_fully"] = found["partly"] + found["not_solved"]
    found["said"] = found["solved"] + found["not_fully"]
    found["unanswered"] = found["waiting"] + found["ended"]
    found["answered"] = found["said"] + found["unrated"] + found["within_30_days"]
    found["received"] = found["answered"] + found["unanswered"]
    found["unsaid"] = found["received"] - found["said"]
    found["unsaid_else"] = found["unsaid"] - found["unrated"]
    found["contact_no_yes"] = found["said"] - found["contacted"]
    found["contact_unsaid"] = found["contact_no_yes"] - found["not_contacted"]
    found["answered_in_time"] = found["in_time"]
    found["late"] = found["answered"] - found["in_time"]
    for name in ("in_time", "reopened", "returned"):
        found[f"not_{name}"] = found["received"] - found[name]
    return {name: found[name] for name in COUNTS}


def wholes_of(count: str) -> tuple[str, ...]:
    """What this count is a part of, the nearest first: only of these can it be a share."""
    above = {part: split.whole for split in (*SPLITS, *OWN_SPLITS) for part in split.parts}
    found = []
    while count in above:
        count = above[count]
        found.append(count)
    return tuple(found)
