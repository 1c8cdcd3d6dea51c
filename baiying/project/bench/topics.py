"""Do messages about the same thing come together? B³ on tipdm2020c, which trains nothing: it is only measured here.

Grouped are all messages of `hot_messages` but those marked AMBIG, each by title and text: 4,322, of which 4,150 belong
to no gold topic and only stand in the way. Scored are the 172 messages of the 14 gold topics, by B³ (Bagga & Baldwin
1998) over these; `strict` also counts as wrong every message without a gold topic that stands in the same group,
although some of them are about the same thing (the gold was made by rules on names). The threshold was chosen on the
topics of `tuned`; those of `held` were looked at afterwards.
"""

from __future__ import annotations

import gzip
import json
import time
from collections import Counter, defaultdict
from collections.abc import Collection
from pathlib import Path
from typing import Any

from baiying.engine.text import near
from baiying.project.errors import Trouble

# The shared material lies beside the checkout; it never comes with the product.
SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"
FILE = "tipdm2020c/hot_messages.jsonl.gz"
LEFT_OUT = "AMBIG"
TARGET = 0.86


def measure(folder: Path | None = None) -> dict[str, Any]:
    """The figures, and whether the target is met. Raises Trouble when the data are not there."""
    place = (folder or SHARED) / FILE
    if not place.is_file():
        raise Trouble(f"The messages to measure with are not at {place}. Lay the shared material beside the checkout.")
    with gzip.open(place, "rt", encoding="utf-8") as file:
        rows = [row for row in map(json.loads, file) if row["topic"] != LEFT_OUT]
    began = time.perf_counter()
    groups = near.together([(row["title"], row["text"]) for row in rows])
    took = time.perf_counter() - began
    group_of = {place: number for number, group in enumerate(groups) for place in group}
    labels = [group_of[place] for place in range(len(rows))]
    gold = [row["topic"] for row in rows]
    topics = sorted({topic for topic in gold if topic})
    every = b_cubed(labels, gold, topics)
    return {
        "messages": len(rows), "scored": sum(topic is not None for topic in gold), "topics": len(topics),
        "precision": every[0], "recall": every[1], "b3_f1": every[2],
        "b3_f1_tuned": b_cubed(labels, gold, topics[0::2])[2], "b3_f1_held": b_cubed(labels, gold, topics[1::2])[2],
        "b3_f1_strict": b_cubed(labels, gold, topics, strict=True)[2],
        "seconds": round(took, 1), "target": TARGET, "met": every[2] >= TARGET,
    }


def b_cubed(labels: list[int], gold: list[str | None], among: Collection[str],
            strict: bool = False) -> tuple[float, float, float]:
    """Precision, recall and F1 by B³ over the messages whose topic is among these. What shares a group with one of
    them counts when it has a gold topic, ``strict``: in any case."""
    of_topic = Counter(topic for topic in gold if topic)
    in_group: dict[int, Counter[str | None]] = defaultdict(Counter)
    for label, topic in zip(labels, gold, strict=True):
        if topic or strict:
            in_group[label][topic] += 1
    scored = [(label, topic) for label, topic in zip(labels, gold, strict=True) if topic in among]
    precision = sum(in_group[label][topic] / in_group[label].total() for label, topic in scored) / len(scored)
    recall = sum(in_group[label][topic] / of_topic[str(topic)] for label, topic in scored) / len(scored)
    both = precision + recall
    return round(precision, 4), round(recall, 4), round(2 * precision * recall / both, 4) if both else 0.0
