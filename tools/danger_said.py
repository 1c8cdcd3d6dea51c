"""Sentences put together from tools/danger_said: who does what to whom, when, where; thousands of a few hundred lines.

A line is a sentence with choices: `[a|b|c]` one of them, `[a|b]?` one of them or nothing, `{man}` a word of the list
`man` in words.txt, a character before `?` may be there or not. In the files danger_*.txt a letter stands before each
line that tells the kind: V violence, S self-harm, L locked up, C a child, T no food or shelter tonight.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).with_name("danger_said")
KINDS = {"V": "violence", "S": "self_harm", "L": "locked_up", "C": "child", "T": "tonight"}
SELDOM = 0.4  # how often what may be missing is missing

_CHOICE = re.compile(r"\[([^\[\]]*)\](\?)?")
_LIST = re.compile(r"\{(\w+)\}(\?)?")
_MAYBE = re.compile(r"([\u4e00-\u9fff])\?")


def said(each: int, folder: Path = FOLDER) -> Iterator[tuple[str, str]]:
    """(kind of danger or "", sentence): of each line so many, always the same ones, none of a line twice."""
    lists = dict(_lists(folder / "words.txt"))
    for path in sorted(folder.glob("*_*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            kind, pattern = (KINDS[line[0]], line[2:]) if path.name.startswith("danger") else ("", line)
            chosen = random.Random(f"{path.name} {number}")
            yield from ((kind, one) for one in dict.fromkeys(_one(pattern, lists, chosen) for _n in range(each)))


def _one(line: str, lists: dict[str, list[str]], chosen: random.Random) -> str:
    def choice(found: re.Match[str]) -> str:
        return "" if found[2] and chosen.random() < SELDOM else chosen.choice(found[1].split("|"))

    def word(found: re.Match[str]) -> str:
        return "" if found[2] and chosen.random() < SELDOM else chosen.choice(lists[found[1]])

    filled = _LIST.sub(word, _LIST.sub(word, _CHOICE.sub(choice, line)))
    return _MAYBE.sub(lambda found: "" if chosen.random() < SELDOM else found[1], filled)


def _lists(path: Path) -> Iterator[tuple[str, list[str]]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        name, words = line.split(" = ")
        yield name, words.split("|")
