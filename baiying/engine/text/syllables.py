"""Latin letters in a Chinese text: pinyin that is read, or letters that mean nothing here.

What is typed in pinyin is real syllables from its first letter to its last; a reference number, a random key or a word
of a language nobody taught us is not, and may never sound like danger. `static/web/danger.js` does the same.
"""

from __future__ import annotations

import re
from collections.abc import Container

# How a syllable begins ("-": with nothing), and how it goes on.
SYLLABLES = (
    "- a ai an ang ao e ei en eng er o ou",
    "b a ai an ang ao ei en eng i ian iao ie in ing o u",
    "c a ai an ang ao e en eng i ong ou u uan ui un uo",
    "ch a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "d a ai an ang ao e en eng i ian iao ie ing iu ong ou u uan ui un uo",
    "f a an ang ei en eng o ou u",
    "g a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "h a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j i ia ian iang iao ie in ing iong iu u uan ue un",
    "k a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo",
    "l a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan ue un uo v ve",
    "m a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "n a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue un uo v ve",
    "p a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "q i ia ian iang iao ie in ing iong iu u uan ue un",
    "r an ang ao e en eng i ong ou u ua uan ui un uo",
    "s a ai an ang ao e en eng i ong ou u uan ui un uo",
    "sh a ai an ang ao e en eng i ou u ua uai uan uang ui un uo",
    "t a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "w a ai an ang ei en eng o u",
    "x i ia ian iang iao ie in ing iong iu u uan ue un",
    "y a an ang ao e i in ing o ong ou u uan ue un",
    "z a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "zh a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
)
FIRST = 0xE000  # where the signs of syllables begin: characters that nobody types
NOTHING = "〇"  # stands for letters that mean nothing

ALL = tuple(begin.strip("-") + end for begin, *ends in map(str.split, SYLLABLES) for end in ends)
_LATIN = re.compile("[a-z0-9]*[a-z][a-z0-9]*")
_STRETCH = re.compile(r"[a-z0-9]+(?:[\W_]+[a-z0-9]+)*")  # Latin words with nothing but signs between
_LETTERS = re.compile("[a-z]+")
_WORD = re.compile("[a-z0-9]+")
_TONE = re.compile("([a-z])[1-5]")
_SYLLABLE = re.compile("|".join(sorted(ALL, key=lambda one: (-len(one), one))))  # the longest first
_SIGNS = {syllable: chr(FIRST + number) for number, syllable in enumerate(ALL)}
_LONGEST = 12  # letters of a word or a syllable


def words_of(text: str) -> list[str]:
    """The words in Latin letters, of small letters and digits."""
    return _LATIN.findall(text)


def understood(text: str, known: Container[str]) -> str:
    """A text in which every Latin word that is neither known nor pinyin throughout stands for nothing; unless signs
    only split words that are, as in `beat s me`."""
    return _STRETCH.sub(lambda found: _understood(found[0], known), text)


def _understood(stretch: str, known: Container[str]) -> str:
    def strange(word: str) -> bool:
        return not word.isdigit() and not consists(word, known)

    words = _WORD.findall(stretch)
    if not any(map(strange, words)) or consists("".join(words), known):
        return stretch
    return _WORD.sub(lambda found: NOTHING if strange(found[0]) else found[0], stretch)


def consists(word: str, known: Container[str]) -> bool:
    """Whether a word is known words and syllables from its first letter to its last."""
    letters = _TONE.sub(r"\1", word)
    reached = [True] + [False] * len(letters)
    for start, there in enumerate(reached):
        if there:
            for end in range(start + 1, min(len(letters), start + _LONGEST) + 1):
                piece = letters[start:end]
                if not reached[end] and (piece in _SIGNS or piece in known):
                    reached[end] = True
    return reached[-1]


def as_signs(text: str) -> str:
    """A text with one sign in place of each syllable of its pinyin."""
    return _LETTERS.sub(lambda found: _signs(found[0]) if consists(found[0], ()) else found[0], text)


def _signs(letters: str) -> str:
    return _SYLLABLE.sub(lambda found: _SIGNS[found[0]], letters)
