"""Texts without danger that `tools/danger.py` learns from beside our own sentences. Only weights come of them.

Public questions to lawyers whose licence allows it (STARD MIT, LawBench and lawyer-llama Apache-2.0; nothing else of
that folder: EQUALS states no licence), and the example needs of catalogue/examples.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

ALLOWED = ("lawyer_llama_marriage_questions", "lawyer_llama_questions_unlabelled", "stard_area.dev",
           "lawbench_topic20.dev")
FIELDS = ("text", "question", "q", "query")
LONGEST, MOST, LEAST = 120, 2500, 4  # characters of a text; public texts taken; characters of an example
# Who asks a lawyer with one of these may well be in danger: such a text is no example of calm.
DOUBTFUL = re.compile("[打杀死暴强奸猥虐囚禁锁绑饿刀伤残命救毒跳砍威胁恐吓骚扰侵拐弃]")


def calm_texts(folder: Path, examples: Path, speaks: Callable[[str], bool]) -> list[str]:
    """The texts, in an order that is always the same. `folder`: /work/shared/data/legal_qa or a copy of it; `speaks`:
    whether a pattern finds danger. Raises OSError for a file that is not there."""
    public = [text for name in ALLOWED for text in _public(folder / f"{name}.jsonl.gz")]
    public = [text for text in public if not DOUBTFUL.search(text) and not speaks(text)]
    random.Random(1).shuffle(public)
    own = [text.replace("\n", " ") for path in sorted(examples.glob("*.toml"))
           for text in _texts(tomllib.loads(path.read_text(encoding="utf-8")))]
    return public[:MOST] + [text for text in own if len(text) >= LEAST and not speaks(text)]


def _public(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield next(row[field] for field in FIELDS if field in row).replace("\n", " ")[:LONGEST]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
