"""The model that reads a person's words: hashed pieces of text, one table of small numbers, one softmax.

A text is cut into its single characters and its runs of two and three, hashed into rows of a table; the rows are
added up, weighed so that a long letter counts as much as a short one. Its classes are the topics of the catalogue and
the kinds of somebody else's business; what is elsewhere counts for the topic it stands under.

The table lies in `catalogue/text/`: `model.toml` with the classes, sizes, temperature and hashes, and the arrays it
names. No text and no pickle is in it. It is made by `tools/train_text.py`.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from baiying.engine.text.danger import normalised

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
Hashes = NDArray[np.uint32]

LOOKED_AT = 1200  # characters of a text, without spaces and signs, that the model looks at: enough for any letter
LONGEST = 3  # characters of a piece
READ = 3 * LOOKED_AT  # characters taken before spaces and signs go
ABOUT = "model.toml"

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
    """`table`: rows × classes of small whole numbers, each column to be multiplied by its `scale`."""

    classes: tuple[str, ...]
    topics: Mapping[str, str]  # class -> the topic it counts for
    table: NDArray[np.int8]
    scale: Floats
    bias: Floats
    temperature: float

    @property
    def rows(self) -> int:
        return int(self.table.shape[0])


def pieces(plain: str) -> tuple[Hashes, Floats]:
    """The pieces of a normalised text, each as a number, in order; and how often each stands there."""
    signs = np.frombuffer(plain[:LOOKED_AT].encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    hashed = [np.empty(0, dtype=np.uint32)]
    for size in range(1, min(LONGEST, len(signs)) + 1):
        mixed = np.full(len(signs) - size + 1, _LENGTHS[size - 1], dtype=np.uint32)
        for place in range(size):
            mixed = (mixed ^ signs[place : len(signs) - size + 1 + place]) * _PLACES[place]
            mixed ^= mixed >> np.uint32(15)
        hashed.append(mixed)
    found, often = np.unique(np.concatenate(hashed), return_counts=True)
    return found, often.astype(np.float32)


def weighed(found: tuple[Hashes, Floats], known: Hashes, worth: Floats) -> tuple[Rows, Floats]:
    """The rows of the pieces that are known, each by its worth and the root of how often, together of length 1."""
    hashes, often = found
    rows = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    here = known[rows] == hashes
    rows = rows[here]
    counts = np.sqrt(often[here]) * worth[rows]
    return rows, counts / np.float32(max(float(np.sqrt(counts @ counts)), 1e-6))


def beliefs(model: Model, plain: str) -> Floats:
    """How much of the belief each class has; together 1."""
    found, counts = pieces(plain, model.rows)
    scores = model.bias + (counts @ model.table[found].astype(np.float32)) * model.scale
    scores = scores / np.float32(model.temperature)
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum(), dtype=np.float32)


def guess(model: Model, words: str) -> Guess:
    """What these words are about. Any text is answered, an empty one too."""
    return guess_plain(model, normalised(words[:READ]))


def guess_plain(model: Model, plain: str) -> Guess:
    """The same, of words that `normalised` has already gone over."""
    shares = beliefs(model, plain).tolist()
    topics: dict[str, float] = {}
    elsewhere, most = "", 0.0
    for name, share in zip(model.classes, shares, strict=True):
        topic = model.topics[name]
        topics[topic] = topics.get(topic, 0.0) + share
        if topic != name and share > most:
            elsewhere, most = name, share
    ranked = tuple(sorted(topics.items(), key=lambda one: -one[1]))
    best, confidence = ranked[0]
    if not elsewhere or model.topics[elsewhere] != best:
        elsewhere, most = "", 0.0
    return Guess(best, min(1.0, confidence), ranked, elsewhere, most)


def load(folder: Path) -> Model:
    """Read a model. Raises BadModel when an array is missing, is another than described, or does not fit."""
    try:
        about = tomllib.loads((folder / ABOUT).read_text(encoding="utf-8"))
        arrays = {name: _array(folder, name, one) for name, one in about["array"].items()}
        model = Model(
            classes=tuple(about["class"]),
            topics=dict(about["class"]),
            table=arrays["table"],
            scale=arrays["scale"],
            bias=arrays["bias"],
            temperature=float(about["temperature"]),
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise BadModel(f"{folder}: {error}") from error
    sizes = {model.table.shape[1:], model.scale.shape, model.bias.shape}
    if sizes != {(len(model.classes),)} or model.table.dtype != np.int8 or not model.temperature > 0:
        raise BadModel(f"{folder}: the arrays do not fit one another")
    return model


def _array(folder: Path, name: str, about: Mapping[str, str]) -> NDArray[np.generic]:
    path = folder / f"{name}.npy"
    if hashlib.sha256(path.read_bytes()).hexdigest() != about["sha256"]:
        raise BadModel(f"{path}: not the array that {ABOUT} describes; make the model again")
    return np.asarray(np.load(path, allow_pickle=False))
