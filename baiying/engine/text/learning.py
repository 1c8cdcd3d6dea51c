"""Making the model: from texts with what they are about to a table of small numbers. Pure numpy, the same every time.

A text may be known only roughly (something about work, nobody says what): its target is then a set of classes, and it
is enough that the belief lies anywhere in the set. Steps are Adagrad's, over batches in an order drawn from a seed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from baiying.engine.text.model import Floats, Hashes, Pieces, Rows

Watch = Callable[[int, float], None]  # told after each round: its number and the mean loss

QUANTUM = 127


@dataclass(frozen=True, slots=True)
class Taught:
    """A text by its pieces, the classes it may belong to, and how much it counts."""

    pieces: Pieces
    classes: tuple[int, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Settings:
    rows: int
    classes: int
    rounds: int = 4
    step: float = 0.15
    decay: float = 1e-6  # pulls every number a little towards nothing
    batch: int = 256
    seed: int = 4


def learn(taught: Sequence[Taught], settings: Settings, watch: Watch | None = None) -> Floats:
    """Learn a table of rows × classes. The same texts and settings always give the same numbers.

    There is no bias: in a long text each piece counts little, and a bias would have the last word.
    """
    count = settings.classes
    table = np.zeros((settings.rows, count), dtype=np.float32)
    seen = np.full_like(table, 1e-3)
    order = np.random.default_rng(settings.seed)
    for turn in range(settings.rounds):
        lost = 0.0
        mixed = order.permutation(len(taught))
        for start in range(0, len(mixed), settings.batch):
            batch = [taught[place] for place in mixed[start : start + settings.batch]]
            found, counts, starts, owners = _joined([one.pieces for one in batch])
            said = np.add.reduceat(table[found] * counts[:, None], starts, axis=0)
            wrong, loss = _wrong(said, batch)
            lost += loss
            rows, change = _gathered(found, counts, owners, wrong)
            change += settings.decay * len(batch) * table[rows]
            seen[rows] += change * change
            table[rows] -= settings.step * change / np.sqrt(seen[rows])
        if watch:
            watch(turn + 1, lost / max(1, len(taught)))
    return table


def scores(table: Floats, texts: Sequence[Pieces], batch: int = 512) -> Floats:
    """What each class has to say for each text, before the softmax."""
    found = []
    for start in range(0, len(texts), batch):
        rows, counts, starts, _ = _joined(texts[start : start + batch])
        found.append(np.add.reduceat(table[rows] * counts[:, None], starts, axis=0))
    return np.concatenate(found).astype(np.float32)


def softmax(scores: Floats, temperature: float = 1.0) -> Floats:
    raised = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)


def small(table: Floats) -> tuple[NDArray[np.int8], Floats]:
    """The table as whole numbers from -127 to 127, and what each column is to be multiplied by."""
    scale = np.maximum(np.abs(table).max(axis=0), 1e-9) / QUANTUM
    return np.rint(table / scale).astype(np.int8), scale.astype(np.float32)


def chosen(
    texts: Sequence[tuple[Hashes, Floats]], kinds: Sequence[int], weights: Sequence[float], most: int, often: int
) -> tuple[Hashes, Floats]:
    """The pieces that tell the kinds of texts apart best (chi-squared of the most telling kind), in order, and the
    worth of each: less for what stands everywhere. Only pieces that stand in at least `often` texts are taken."""
    lengths = [len(hashes) for hashes, _ in texts]
    known, place, count = np.unique(
        np.concatenate([hashes for hashes, _ in texts]), return_inverse=True, return_counts=True
    )
    weight = np.asarray(weights, dtype=np.float64)
    table = np.zeros((len(known), max(kinds) + 1))
    np.add.at(table, (place, np.repeat(np.asarray(kinds), lengths)), np.repeat(weight, lengths))
    of_kind = np.maximum(np.bincount(np.asarray(kinds), weight, table.shape[1]), 1e-9)
    spread = table.sum(axis=1)
    expected = spread[:, None] * of_kind[None] / of_kind.sum()
    telling = np.where(count >= often, ((table - expected) ** 2 / np.maximum(expected, 1e-9)).max(axis=1), -1)
    best = np.argsort(-telling, kind="stable")[:most]
    best = np.sort(best[telling[best] > 0])
    worth = np.maximum(np.log((of_kind.sum() + 1) / (spread[best] + 1)), 0.3)
    return known[best], worth.astype(np.float32)


def _joined(texts: Sequence[Pieces]) -> tuple[Rows, Floats, Rows, Rows]:
    """The pieces of several texts in one line: rows, counts, where each text begins, whose each piece is."""
    lengths = np.array([max(1, len(rows)) for rows, _ in texts])
    nothing = (np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.float32))
    full = [one if len(one[0]) else nothing for one in texts]
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)
    return (
        np.concatenate([rows for rows, _ in full]),
        np.concatenate([counts for _, counts in full]),
        starts,
        np.repeat(np.arange(len(texts)), lengths),
    )


def _wrong(said: Floats, batch: Sequence[Taught]) -> tuple[Floats, float]:
    """How far each belief is from its target, and the loss. Within a set the model's own belief decides."""
    shares = softmax(said)
    allowed = np.zeros_like(shares)
    for place, one in enumerate(batch):
        allowed[place, list(one.classes)] = 1.0
    weights = np.array([one.weight for one in batch], dtype=np.float32)[:, None]
    inside = shares * allowed
    whole = np.maximum(inside.sum(axis=1, keepdims=True), 1e-9)
    return np.asarray((shares - inside / whole) * weights, dtype=np.float32), float(-(np.log(whole) * weights).sum())


def _gathered(found: Rows, counts: Floats, owners: Rows, wrong: Floats) -> tuple[Rows, Floats]:
    """The change of each row that any text of the batch touches."""
    order = np.argsort(found, kind="stable")
    rows, starts = np.unique(found[order], return_index=True)
    return rows, np.add.reduceat(wrong[owners[order]] * counts[order][:, None], starts, axis=0)
