"""What needs can be about: the topics of a catalogue with their keywords, and what is somebody else's business.

Keywords are compared as words of danger are: without spaces and signs, in small letters. A longer word says more than
a short one, and a word found twice says no more than once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from baiying.engine.text.danger import normalised

GROUPS = ("labour", "family", "distress", "other")
READ_MOST = 20_000  # characters of a text that are looked at: a submission is never longer


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of need. `matters`: what it can become, the first being where it goes."""

    key: str
    name: str
    name_en: str
    group: str
    matters: tuple[str, ...]
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """The lawful door of somebody else's business: a telephone number, whose it is, and how sure we are of it."""

    number: str
    name: str
    name_en: str
    grade: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A kind of business that is clearly somebody else's, the topic it stands under, and its door."""

    key: str
    name: str
    name_en: str
    topic: str
    door: Way
    words: tuple[str, ...]


@dataclass(frozen=True)
class Topics:
    """All topics of a catalogue, in its order, and all that is somebody else's business."""

    topics: Mapping[str, Topic]
    elsewhere: Mapping[str, Elsewhere]

    @cached_property
    def rest(self) -> str:
        """The topic of what fits none: the last one of the catalogue."""
        return list(self.topics)[-1]

    @cached_property
    def keywords(self) -> Keywords:
        return Keywords({key: topic.keywords for key, topic in self.topics.items()})

    @cached_property
    def ways(self) -> Keywords:
        return Keywords({key: other.words for key, other in self.elsewhere.items()})


class Keywords:
    """The words of several keys, found in one walk over a text."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        self.keys: dict[str, list[str]] = {}
        for key, many in words.items():
            for word in many:
                self.keys.setdefault(normalised(word), []).append(key)
        self.keys.pop("", None)
        self._lengths = _lengths_of(self.keys)

    def only(self, keys: Collection[str]) -> Keywords:
        """The words of these keys alone."""
        kept = Keywords({})
        kept.keys = {word: [key for key in has if key in keys] for word, has in self.keys.items()}
        kept.keys = {word: has for word, has in kept.keys.items() if has}
        kept._lengths = _lengths_of(kept.keys)
        return kept

    def found(self, plain: str) -> tuple[str, ...]:
        """The words that stand in a text that `normalised` has already gone over, each once, in the order of the text
        (a set would have another order in every process, and sums and ties another outcome). Of two that begin in one
        place the longer one, and no two overlap."""
        found: dict[str, None] = {}
        place, end, lengths, keys = 0, len(plain), self._lengths, self.keys
        while place < end:
            for length in lengths.get(plain[place], ()):
                word = plain[place : place + length]
                if word in keys:
                    found[word] = None
                    place += length
                    break
            else:
                place += 1
        return tuple(found)

    def scores(self, plain: str) -> dict[str, float]:
        """How much each key was spoken of: the lengths of its words, less where several keys share a word."""
        scores: dict[str, float] = {}
        for word in self.found(plain):
            keys = self.keys[word]
            for key in keys:
                scores[key] = scores.get(key, 0.0) + len(word) / len(keys)
        return scores


def _lengths_of(words: Collection[str]) -> dict[str, tuple[int, ...]]:
    """The first character of a word -> how long the words are that begin with it, longest first."""
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(many, reverse=True)) for first, many in lengths.items()}


def by_keywords(topics: Topics, plain: str) -> dict[str, float]:
    """How much each topic is believed, by its keywords alone; together 1. Without any word it is the rest."""
    scores = topics.keywords.scores(plain)
    for key, score in topics.ways.scores(plain).items():
        topic = topics.elsewhere[key].topic
        scores[topic] = max(scores.get(topic, 0.0), score)
    scores[topics.rest] = scores.get(topics.rest, 0.0) + 1.0  # an unknown word may always speak of something else
    whole = sum(scores.values())
    return {key: scores.get(key, 0.0) / whole for key in topics.topics}


def whose(topics: Topics, plain: str, topic: str) -> Elsewhere | None:
    """Whose business a text of this topic is, by its words; nothing when none of them is in it."""
    scores = {key: score for key, score in topics.ways.scores(plain).items() if topics.elsewhere[key].topic == topic}
    if not scores:
        return None
    order = list(topics.elsewhere)
    return topics.elsewhere[min(scores, key=lambda key: (-scores[key], order.index(key)))]
