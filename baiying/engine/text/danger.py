"""Does a text speak of danger? Who does what to whom, and when: patterns over known words, written as data.

It is a reason to show the numbers of the police and the help lines, never a judgement about a person: it errs on the
side of showing them. A text is folded to one spelling (`spelling`), cut into known words, freed of what is told as
news, as long past, as a joke or of what is denied (`calm`), and what is left is held against the patterns of each
kind of danger (`patterns`).
Last its words are weighed as a whole (`leaning`): where all of them are calm a pattern is not believed, and where they
lean far towards danger no pattern is needed. It runs for every submission and, with the same data, in the browser.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from baiying.engine.text.leaning import Leaning, leaning_of, packed
from baiying.engine.text.patterns import OTHER, compiled, signs_of
from baiying.engine.text.spelling import AS_IT_SOUNDS, COMMA, STOP, folded, same_of, sounds_of, spellings
from baiying.engine.text.syllables import ALL, as_signs, words_of

# Everything that is no letter and no digit: spaces, signs, emoji, zero-width characters, marks.
_BETWEEN = re.compile(r"[\W_]+")
HARMLESS = "harmless"  # the part of phrases that hold a word of danger and speak of none
ENDS = (COMMA, STOP)
MASKED = "_"
BESIDE = "|"  # between the words of a sign, as the browser is given them
Expression = tuple[str, str]  # the signs it can begin with, and the regular expression


@dataclass(frozen=True, slots=True)
class Door:
    """A telephone number that is shown first."""

    number: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Peril:
    """A kind of danger: words that speak of it by themselves, patterns, which doors to show for it, and the matter of
    safety that takes it in where her words are sure of no other; without one the matter that takes everything."""

    key: str
    name: str
    name_en: str
    doors: tuple[str, ...]
    words: tuple[str, ...]
    patterns: tuple[str, ...] = ()
    matter: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """The data of a catalogue made ready: spelled words with their signs, and the expressions by their first sign."""

    same: Mapping[int, str]
    signs: Mapping[str, str]  # a word in any of its spellings -> its sign
    lengths: Mapping[str, tuple[int, ...]]  # the first character of a word -> how long words with it are, longest first
    calm: Mapping[str, re.Pattern[str]]
    alarms: Mapping[str, tuple[tuple[int, re.Pattern[str]], ...]]  # first sign -> (number of the peril, expression)
    plain: frozenset[str]  # signs of words that are harmless and nothing else
    sure: frozenset[str]  # signs of words that speak of danger by themselves
    latin: frozenset[str]  # words in Latin letters that mean something; others that are no pinyin are not read

    def folded(self, text: str) -> str:
        """A text in the spelling it is read in."""
        return folded(text, self.same, self.latin)

    def read(self, said: str) -> tuple[str, str]:
        """The signs of a folded text: of two words that begin in one place the longer one, and no two overlap; and the
        text without its harmless words, a sign for each syllable of its pinyin."""
        signs, lengths, plain = self.signs, self.lengths, self.plain
        found: list[str] = []
        kept: list[str] = []
        place, end = 0, len(said)
        while place < end:
            letter = said[place]
            for length in lengths.get(letter, ()):
                sign = signs.get(said[place : place + length])
                if sign is not None:
                    found.append(sign)
                    kept.append(MASKED if sign in plain else said[place : place + length])
                    place += length
                    break
            else:
                found.append(letter if letter in ENDS else OTHER)
                kept.append(letter)
                place += 1
        return "".join(found), as_signs("".join(kept))

    def calmed(self, read: str) -> str:
        """What was read, with dots for all that is told as no danger of now."""
        for place, sign in enumerate(read):
            pattern = self.calm.get(sign)
            told = pattern.match(read, place) if pattern is not None and read[place] == sign else None
            if told:
                read = read[:place] + OTHER * (told.end() - place) + read[told.end():]
        return read


@dataclass(frozen=True)
class Danger:
    """What a catalogue says about danger. `parts`: words by what they do in a sentence; `harmless`: phrases that hold
    such a word and mean another thing; `calm`: patterns of what is no danger now; `sounds`, `same`: see `spelling`."""

    perils: tuple[Peril, ...]
    doors: Mapping[str, Door]
    harmless: tuple[str, ...] = ()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    calm: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    leaning: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def weighed(self) -> Leaning | None:
        """The second look, when the catalogue has one."""
        return leaning_of(self.leaning)

    @cached_property
    def of_part(self) -> tuple[dict[str, str], dict[str, str]]:
        """(word as it is written in the catalogue -> sign, part -> signs)."""
        own = {peril.key: peril.words for peril in self.perils}
        return signs_of({**self.parts, **own, HARMLESS: self.harmless})

    @cached_property
    def expressions(self) -> tuple[list[Expression], list[list[Expression]]]:
        """The expression of each pattern: of what is calm, and of each peril in its order."""
        of_part = self.of_part[1]
        calm = [compiled(line, of_part) for line in self.calm]
        return calm, [[compiled(line, of_part) for line in (*_itself(one), *one.patterns)] for one in self.perils]

    @cached_property
    def plain(self) -> frozenset[str]:
        """The signs of words that are harmless and nothing else."""
        of_part = self.of_part[1]
        return frozenset(of_part[HARMLESS]).difference(*(signs for part, signs in of_part.items() if part != HARMLESS))

    @cached_property
    def sure(self) -> frozenset[str]:
        """The signs of words that speak of danger by themselves: whatever stands around them, they are believed."""
        return frozenset().union(*(self.of_part[1][peril.key] for peril in self.perils if peril.words))

    @cached_property
    def for_browser(self) -> dict[str, object]:
        """All that `danger.js` needs to give the same verdict. The words are spelled out there."""
        calm, perils = self.expressions
        same = {chr(place): other for place, other in same_of(self.same).items()}
        words = {sign: BESIDE.join(held) for sign, held in self.by_sign.items()}
        return {"same": same, "sounds": sounds_of(self.sounds), "words": words, "calm": calm, "alarms": perils,
                "syllables": " ".join(ALL), "leaning": packed(self.leaning),
                "plain": "".join(sorted(self.plain)),
                "sure": "".join(sorted(self.sure))}

    @cached_property
    def by_sign(self) -> dict[str, list[str]]:
        """The words of each sign, in the one order in which they are spelled out, here and in the browser."""
        found: dict[str, list[str]] = {}
        for word, sign in self.of_part[0].items():
            found.setdefault(sign, []).append(word)
        return found

    @cached_property
    def reader(self) -> Reader:
        """Made once for a catalogue."""
        sounds, same = sounds_of(self.sounds), same_of(self.same)
        signs: dict[str, str] = {}
        for alone in (True, False):  # a word itself goes before another one mistyped
            for sign, words in self.by_sign.items():
                for word in words:
                    for form in [word.removeprefix(AS_IT_SOUNDS)] if alone else spellings(word, sounds):
                        signs.setdefault(folded(form, same), sign)
        lengths: dict[str, set[int]] = {}
        for word in signs:
            lengths.setdefault(word[0], set()).add(len(word))
        calm, perils = self.expressions
        alarms: dict[str, list[tuple[int, re.Pattern[str]]]] = {}
        for number, expressions in enumerate(perils):
            for sign, expression in by_first(expressions).items():
                alarms.setdefault(sign, []).append((number, re.compile(expression)))
        return Reader(
            same, signs, {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()},
            {sign: re.compile(expression) for sign, expression in by_first(calm).items()},
            {sign: tuple(found) for sign, found in alarms.items()}, self.plain, self.sure,
            frozenset(latin for words in self.by_sign.values() for word in words for latin in words_of(word.lower())),
        )


def find(danger: Danger, text: str) -> tuple[Peril, ...]:
    """The kinds of danger a text speaks of, in the order of the catalogue; empty for none."""
    reader, weighed = danger.reader, danger.weighed
    read, kept = reader.read(reader.folded(text))
    calmed = reader.calmed(read)
    trusted = _trusted(weighed, read, kept) if weighed is not None and reader.sure.isdisjoint(calmed) else _always
    found: set[int] = set()
    for place, sign in enumerate(calmed):
        for number, pattern in reader.alarms.get(sign, ()):
            if number not in found and pattern.match(calmed, place) and trusted(place):
                found.add(number)
    if weighed is not None and not found:
        leans, towards = weighed.furthest(kept)
        if leans > weighed.alarm_above:
            found.add(towards)
    return tuple(peril for number, peril in enumerate(danger.perils) if number in found)


def _trusted(weighed: Leaning, read: str, kept: str) -> Callable[[int], bool]:
    """Whether a pattern that begins at a sign is believed: reckoned when it is first asked, for most texts never."""
    @cache
    def made() -> tuple[list[int], set[int]]:
        return [place for place, sign in enumerate(read) if sign in ENDS], weighed.believed(kept)

    def trusted(place: int) -> bool:
        ends, believed = made()
        return bisect_right(ends, place) in believed
    return trusted


def _always(_place: int) -> bool:
    return True


def normalised(text: str) -> str:
    """A text as it is compared: compatibility forms made plain, small letters, nothing between the characters."""
    # Signs go first: what is left of most texts is plain already, and the costly step has nothing to do.
    bare = _BETWEEN.sub("", text)
    plain = unicodedata.normalize("NFKC", bare)
    return (bare if plain == bare else _BETWEEN.sub("", plain)).lower()


def by_first(expressions: Iterable[Expression]) -> dict[str, str]:
    """All expressions that can begin with a sign as one, by that sign."""
    found: dict[str, list[str]] = {}
    for firsts, expression in expressions:
        for sign in firsts:
            found.setdefault(sign, []).append(expression)
    return {sign: "|".join(expressions) for sign, expressions in found.items()}


def _itself(peril: Peril) -> Sequence[str]:
    return (peril.key,) if peril.words else ()
