"""Searching Chinese: pairs of neighbouring characters find the candidates, the words themselves decide.

A dictionary misses the words it does not know; two characters never do.
"""

from __future__ import annotations

import re

from baiying.engine.text.danger import normalised

LEAST, MOST_TERMS, MOST_CHARACTERS = 2, 6, 40
_BETWEEN = r"[\W_]{0,3}"


def grams(text: str) -> list[str]:
    """Every pair of neighbouring characters of the whole text, each once, in order of the alphabet."""
    plain = normalised(text)
    return sorted({plain[place:place + 2] for place in range(len(plain) - 1)})


def terms(typed: str) -> list[str]:
    """What is looked for: the typed words, each as it is compared, at most MOST_TERMS; one character alone is none."""
    words = (normalised(word)[:MOST_CHARACTERS] for word in typed.split())
    return list(dict.fromkeys(word for word in words if len(word) >= LEAST))[:MOST_TERMS]


def needed(looked_for: list[str]) -> list[str]:
    """The pairs that a text must hold before it can hold all these words."""
    return sorted({pair for term in looked_for for pair in grams(term)})


def pattern(looked_for: list[str]) -> re.Pattern[str]:
    """Any of these words as a person may have written them: with spaces or signs between, in capital letters."""
    return re.compile("|".join(_BETWEEN.join(map(re.escape, term)) for term in looked_for) or r"(?!)", re.IGNORECASE)


def holds(text: str, looked_for: list[str]) -> bool:
    """Whether a text holds all these words."""
    plain = normalised(text)
    return all(term in plain for term in looked_for)


def marked(text: str, looked_for: list[str], around: int = 40, most: int = 160) -> list[tuple[str, bool]]:
    """A passage around the first place where a word stands, as (piece, is it a word looked for); at the beginning of
    the text when none stands there as it was typed."""
    shown = " ".join(text.split())
    found = pattern(looked_for)
    first = found.search(shown)
    start = max(0, first.start() - around) if first else 0
    passage = shown[start:start + most]
    pieces: list[tuple[str, bool]] = [("…", False)] if start else []
    at = 0
    for hit in found.finditer(passage):
        pieces += [(passage[at:hit.start()], False), (hit.group(), True)]
        at = hit.end()
    pieces.append((passage[at:] + ("…" if start + most < len(shown) else ""), False))
    return [piece for piece in pieces if piece[0]]
