"""Does a text speak of danger? A list of words, compared without anything that can stand between two characters.

It is a reason to show the numbers of the police and the help lines, never a judgement about a person: it errs on the
side of showing them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

# Everything that is no letter and no digit: spaces, signs, emoji, zero-width characters, marks.
_BETWEEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Door:
    """A telephone number that is shown first."""

    number: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Peril:
    """A kind of danger: its words, and which doors to show for it."""

    key: str
    name: str
    name_en: str
    doors: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Danger:
    """The words of danger of a catalogue. `harmless` phrases are taken out of a text before it is searched."""

    perils: tuple[Peril, ...]
    doors: Mapping[str, Door]
    harmless: tuple[str, ...] = field(default=())

    @cached_property
    def patterns(self) -> tuple[tuple[Peril, re.Pattern[str]], ...]:
        return tuple((peril, _any_of(peril.words)) for peril in self.perils)

    @cached_property
    def every(self) -> re.Pattern[str]:
        """All words at once: most texts hold none, and are done after one search."""
        return _any_of(tuple(word for peril in self.perils for word in peril.words))

    @cached_property
    def innocent(self) -> re.Pattern[str]:
        return _any_of(self.harmless)


def normalised(text: str) -> str:
    """A text as it is compared: compatibility forms made plain, small letters, nothing between the characters."""
    # Signs go first: what is left of most texts is plain already, and the costly step has nothing to do.
    bare = _BETWEEN.sub("", text)
    plain = unicodedata.normalize("NFKC", bare)
    return (bare if plain == bare else _BETWEEN.sub("", plain)).lower()


def find(danger: Danger, text: str) -> tuple[Peril, ...]:
    """The kinds of danger a text speaks of, in the order of the catalogue; empty for none."""
    plain = danger.innocent.sub("\n", normalised(text))
    if not danger.every.search(plain):
        return ()
    return tuple(peril for peril, pattern in danger.patterns if pattern.search(plain))


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    plain = sorted({normalised(word) for word in words} - {""}, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, plain)) if plain else r"(?!)")
