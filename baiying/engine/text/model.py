"""The model that reads a person's words: pieces of text, one table of small numbers, one softmax.

A text is cut into its single characters and its runs of two and three. Each piece is a number; those that the model
knows are rows of its table, weighed so that a long letter counts as much as a short one, and its beginning twice. The
keywords of the catalogue are rows too, so that a keyword written today is felt today. The rows are added up. Classes
are the topics of the catalogue and the kinds of somebody else's business, which count for the topic they stand under.

The table lies in `catalogue/text/`: `model.toml` with classes, sizes, temperature and hashes, and the arrays it names.
No text and no pickle is in it. `tools/train_text.py` makes it.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from baiying.engine.text.danger import normalised
from baiying.engine.text.topics import Keywords, Topics

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
Hashes = NDArray[np.uint32]
Pieces = tuple[Rows, Floats]  # rows of the table, and what each counts

LOOKED_AT = 1200  # characters of a text, without spaces and signs, that the model looks at: enough for any letter
READ = 3 * LOOKED_AT  # characters taken before spaces and signs go
HEAD = 40  # characters at the beginning that count twice: people say first what it is about
LONGEST = 3  # characters of a piece
ENOUGH = 4.0  # characters of keywords that say all that keywords can say
ABOUT = "model.toml"
NOTHING: Pieces = (np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32))

# Odd numbers without any meaning, one for each place in a piece: they spread the pieces over the rows.
_PLACES = np.array([0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35], dtype=np.uint32)
_LENGTHS = np.array([0x27D4EB2F, 0x165667B1, 0x61C88647], dtype=np.uint32)


class BadModel(Exception):
    """The arrays are not those that `model.toml` describes."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a text is about. `confidence`: how often such a guess is right, 0 to 1. `ranked`: every topic, best first.

    `elsewhere`: the kind of somebody else's business it speaks of, or an empty text; `share`: how sure that is.
    """

    topic: str
    confidence: float
    ranked: tuple[tuple[str, float], ...]
    elsewhere: str = ""
    share: float = 0.0


@dataclass(frozen=True)
class Model:
    """`table`: rows × classes of small whole numbers, each column to be multiplied by its `scale`. Its first rows are
    the `known` pieces, in order, each with its `worth`; then comes a row for the keywords of each class."""

    classes: tuple[str, ...]
    topic_of: Mapping[str, str]  # class -> the topic it counts for
    known: Hashes
    worth: Floats
    table: NDArray[np.int8]
    scale: Floats
    temperature: float
    words: Keywords


def pieces(plain: str) -> tuple[Hashes, Floats]:
    """The pieces of a normalised text, each as a number, in order; and how often each stands there, at its beginning
    twice."""
    signs = np.frombuffer(plain[:LOOKED_AT].encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    hashed = [np.empty(0, dtype=np.uint32)]
    for size in range(1, min(LONGEST, len(signs)) + 1):
        mixed = np.full(len(signs) - size + 1, _LENGTHS[size - 1], dtype=np.uint32)
        for place in range(size):
            mixed = (mixed ^ signs[place : len(signs) - size + 1 + place]) * _PLACES[place]
            mixed ^= mixed >> np.uint32(15)
        hashed += [mixed, mixed[: max(0, HEAD - size + 1)]]
    found, often = np.unique(np.concatenate(hashed), return_counts=True)
    return found, often.astype(np.float32)


def weighed(found: tuple[Hashes, Floats], known: Hashes, worth: Floats) -> Pieces:
    """The rows of the pieces that are known, each by its worth and the root of how often, together of length 1."""
    hashes, often = found
    if not len(known) or not len(hashes):
        return NOTHING
    rows = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    here = known[rows] == hashes
    rows = rows[here]
    counts = np.sqrt(often[here]) * worth[rows]
    return rows, counts / np.float32(max(float(np.sqrt(counts @ counts)), 1e-6))


def by_words(words: Keywords, plain: str, order: Mapping[str, int], first: int) -> Pieces:
    """The rows of the classes whose keywords stand in a text, from row `first` on in this order of classes."""
    scores = words.scores(plain[:LOOKED_AT])
    if not scores:
        return NOTHING
    for key, more in (words.scores(plain[:HEAD]) if len(plain) > HEAD else dict(scores)).items():
        scores[key] = scores.get(key, 0.0) + more
    whole = sum(scores.values())
    full = min(1.0, whole / ENOUGH)
    rows = np.array([first + order[key] for key in scores], dtype=np.int64)
    return rows, np.array([full * (score / whole) ** 0.5 for score in scores.values()], dtype=np.float32)


def looked_at(plain: str, known: Hashes, worth: Floats, words: Keywords, order: Mapping[str, int]) -> Pieces:
    """All that is seen of a normalised text: its pieces and its keywords."""
    rows, counts = weighed(pieces(plain), known, worth)
    more, told = by_words(words, plain, order, len(known))
    return np.concatenate([rows, more]), np.concatenate([counts, told])


def beliefs(model: Model, plain: str) -> Floats:
    """How much each class is believed; together 1."""
    order = {name: place for place, name in enumerate(model.classes)}
    rows, counts = looked_at(plain, model.known, model.worth, model.words, order)
    scores = (counts @ model.table[rows].astype(np.float32)) * model.scale / np.float32(model.temperature)
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum(), dtype=np.float32)


def guess(model: Model, words: str) -> Guess:
    """What these words are about. Any text is answered, an empty one too."""
    return guess_plain(model, normalised(words[:READ]))


def guess_plain(model: Model, plain: str) -> Guess:
    """The same, of words that `normalised` has already gone over."""
    topics: dict[str, float] = {}
    ways: dict[str, float] = {}
    for name, share in zip(model.classes, beliefs(model, plain).tolist(), strict=True):
        topic = model.topic_of[name]
        topics[topic] = topics.get(topic, 0.0) + share
        if topic != name:
            ways[name] = share
    ranked = tuple(sorted(topics.items(), key=lambda one: -one[1]))
    best, confidence = ranked[0]
    under = [name for name in ways if model.topic_of[name] == best]
    elsewhere = max(under, key=lambda name: ways[name], default="")
    return Guess(best, min(1.0, confidence), ranked, elsewhere, ways.get(elsewhere, 0.0))


def keywords_of(topics: Topics) -> Keywords:
    """The keywords of every topic and of every kind of somebody else's business, but those of the rest: whatever is
    nobody's in particular has words of its own in `elsewhere`."""
    own = {key: topic.keywords for key, topic in topics.topics.items() if key != topics.rest}
    return Keywords(own | {key: other.words for key, other in topics.elsewhere.items()})


def load(folder: Path, topics: Topics) -> Model:
    """Read a model for these topics; classes that they no longer have are left out. Raises BadModel when an array is
    missing, is another than described, or does not fit."""
    try:
        about = tomllib.loads((folder / ABOUT).read_text(encoding="utf-8"))
        arrays = {name: _array(folder, name, one) for name, one in about["array"].items()}
        known, worth, table, scale = (arrays[name] for name in ("known", "worth", "table", "scale"))
        classes, temperature = tuple(map(str, about["classes"])), float(about["temperature"])
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise BadModel(f"{folder}: {error}") from error
    fits = known.shape == worth.shape and table.shape == (len(known) + len(classes), len(classes))
    if not fits or scale.shape != (len(classes),) or table.dtype != np.int8 or not temperature > 0:
        raise BadModel(f"{folder}: the arrays do not fit one another")
    topic_of = {key: key for key in topics.topics} | {key: one.topic for key, one in topics.elsewhere.items()}
    kept = [place for place, name in enumerate(classes) if name in topic_of]
    rows = [*range(len(known)), *(len(known) + place for place in kept)]
    names = tuple(classes[place] for place in kept)
    words = keywords_of(topics).only(names)
    return Model(names, topic_of, known, worth.astype(np.float32), table[np.ix_(rows, kept)],
                 scale[kept].astype(np.float32), temperature, words)  # fmt: skip


def _array(folder: Path, name: str, about: Mapping[str, str]) -> NDArray[Any]:
    path = folder / f"{name}.npy"
    if hashlib.sha256(path.read_bytes()).hexdigest() != about["sha256"]:
        raise BadModel(f"{path}: not the array that {ABOUT} describes; make the model again")
    return np.asarray(np.load(path, allow_pickle=False))
