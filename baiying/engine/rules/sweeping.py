"""Many people, many rules: packed bits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from baiying.engine.rules.language import Rule
from baiying.engine.rules.lines import Lines

Bits = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Column:
    """One fact of everybody, in the order of the people.

    `values`: numbers, money, yes/no as int64 (or a smaller integer type); dates as days (`date.toordinal`); a choice as
    its place in `choices`; a set as bits over `choices` (at most 64).
    `known`: False where nobody told it; None: everybody did.
    """

    type: str
    values: NDArray[np.generic]
    known: NDArray[np.bool_] | None = None
    choices: tuple[str, ...] = ()


Columns = Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class Swept:
    """Two rows of words a person: bit r of `yes` is rule r's yes, of `unknown` its not known; neither: no."""

    rules: tuple[str, ...]
    yes: Bits  # (people, words)
    unknown: Bits


def sweep(rules: Sequence[Rule], columns: Columns, people: int, lines: Lines, on: date) -> Swept:
    """The answers (`Judgement.answer`) of all people to all rules. A fact without a column is nobody's."""
    raise NotImplementedError
