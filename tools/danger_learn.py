"""Logistic regression over runs of characters, with nothing but numpy: rows of a text are few places of many."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from baiying.engine.text.leaning import FEW  # noqa: E402

Floats = NDArray[np.float64]
ENOUGH = 1e-3
STEPS, INNER = 12, 40  # of Newton, and of the conjugate gradients within each


@dataclass(frozen=True)
class Rows:
    """For each run that stands in a text one place; each is worth one over the root of their number and FEW."""

    row: NDArray[np.int64]
    place: NDArray[np.int64]
    worth: Floats
    height: int
    width: int

    def times(self, weights: Floats) -> Floats:
        return np.bincount(self.row, self.worth * weights[self.place], self.height)

    def turned(self, values: Floats) -> Floats:
        return np.bincount(self.place, self.worth * values[self.row], self.width)


def rows_of(held: Sequence[set[int]], known: dict[int, int]) -> Rows:
    places = [[known[run] for run in runs if run in known] for runs in held]
    lengths = np.array([len(one) for one in places])
    row = np.repeat(np.arange(len(places)), lengths)
    worth = np.repeat(1 / np.sqrt(lengths + FEW), lengths)
    return Rows(row, np.array([one for places_ in places for one in places_], dtype=np.int64), worth, len(places),
                len(known))


def learned(rows: Rows, label: Floats, worth: Floats, base: float, shrink: float) -> Floats:
    """The weights where the loss is least: Newton's steps, each found by conjugate gradients. `base` is given, not
    learned: a text of which nothing is known leans to no danger."""
    weights = np.zeros(rows.width)

    def loss(weights: Floats) -> float:
        leans = rows.times(weights) + base
        return float(worth @ (np.logaddexp(0, leans) - label * leans) + shrink * weights @ weights / 2)

    for _step in range(STEPS):
        sure = 1 / (1 + np.exp(-(rows.times(weights) + base)))
        left = -rows.turned(worth * (sure - label)) - shrink * weights
        bend = worth * sure * (1 - sure)
        step, way = np.zeros(rows.width), left.copy()
        size = first = float(left @ left)
        for _inner in range(INNER):
            bent = rows.turned(bend * rows.times(way)) + shrink * way
            far = size / float(way @ bent)
            step, left = step + far * way, left - far * bent
            before, size = size, float(left @ left)
            if size < ENOUGH * first:
                break
            way = left + size / before * way
        now, far = loss(weights), 1.0
        while far > ENOUGH and loss(weights + far * step) > now:
            far /= 2
        weights = weights + far * step
    return weights
