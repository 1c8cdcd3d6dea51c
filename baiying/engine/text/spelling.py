"""The many spellings of one word: full-width, traditional, split by signs, mistyped, in pinyin.

A text is folded to one form in which only letters, digits and the ends of its clauses are left; a word that may be
mistyped or written in pinyin stands in the lexicon under each of its spellings. Both are cheap to look up.
`static/web/danger.js` does the same in the browser; a test compares the two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import combinations, product

from baiying.engine.text.syllables import understood

AS_IT_SOUNDS = "~"  # before a word that is also found mistyped and in pinyin
COMMA, STOP = ",", ";"
LEAST_CLAUSE = 3  # characters on both sides of a sign that ends a clause; between fewer it only splits a word
LONG_WORD = 4  # from as many characters on two of them may be mistyped, else one

_BETWEEN = re.compile(r"([\W_]+)")
_ENDS = re.compile(r"[.。!?;\n]")
_PAUSES = re.compile("[,、:“”\"「」]")
_TONE = re.compile(r"([a-z])[1-5]")  # zi4 sha1
_RARE = re.compile("[\U00010000-\U0010ffff]")  # one character here, two for the browser
_RARE_SIGN = "〇"


def folded(text: str, same: Mapping[int, str], known: Container[str] | None = None) -> str:
    """A text as it is read: simplified, half-width, small, without signs; `,` and `;` where a clause, a sentence ends.

    `same`: characters that stand for another one, as `str.translate` takes them. `known`: words in Latin letters that
    mean something; others than these and pinyin are read as nothing. None: all letters stay, as in a catalogue.
    """
    plain = unicodedata.normalize("NFKD", text).translate(same).lower()
    plain = plain if known is None else understood(plain, known)
    pieces = _BETWEEN.split(plain)
    said = [pieces[0]]
    for before, sign, after in zip(pieces[::2], pieces[1::2], pieces[2::2], strict=False):
        latin = before[-1:].isascii() and after[:1].isascii()  # English and pinyin have their own long words
        if not latin and len(before) >= LEAST_CLAUSE and len(after) >= LEAST_CLAUSE:
            said.append(STOP if _ENDS.search(sign) else COMMA if _PAUSES.search(sign) else "")
        said.append(after)
    return _TONE.sub(r"\1", _RARE.sub(_RARE_SIGN, "".join(said)))


def same_of(pairs: Iterable[str]) -> dict[int, str]:
    """Pairs like 殺杀 as a table for `folded`: the first character is read as the second."""
    return {ord(pair[0]): pair[1] for pair in pairs}


def sounds_of(lines: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Lines like `杀 sha 沙煞` as a table: the character, its pinyin without tone, what is typed in its place."""
    parted = (line.split() for line in lines)
    return {parts[0]: (parts[1], parts[2] if len(parts) > 2 else "") for parts in parted}


def spellings(word: str, sounds: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """Every spelling of a word: itself; with one or two characters mistyped; any of them in pinyin."""
    if not word.startswith(AS_IT_SOUNDS):
        yield word
        return
    letters = word[len(AS_IT_SOUNDS):]
    yield letters
    places = [n for n, letter in enumerate(letters) if letter in sounds]
    for count in range(1, 3 if len(letters) >= LONG_WORD else 2):
        for chosen in combinations(places, count):
            for typed in product(*(sounds[letters[n]][1] for n in chosen)):
                yield _with(letters, dict(zip(chosen, typed, strict=True)))
    for count in range(1, len(places) + 1):
        for chosen in combinations(places, count):
            yield _with(letters, {n: sounds[letters[n]][0] for n in chosen})


def _with(letters: str, other: Mapping[int, str]) -> str:
    return "".join(other.get(n, letter) for n, letter in enumerate(letters))
