"""Facts of many people as columns: one array a fact, in the order of the people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from baiying.engine.rules.facts import FactNames
from baiying.engine.rules.language import NUMBER_MOST, Facts

SUMS = ("number", "money")
DAYS = ("date", "years", "months")  # types of facts whose value is a day
SET_MOST = 64  # choices of a set: one bit each


@dataclass(frozen=True, slots=True)
class Column:
    """One fact of everybody.

    `type`: a word of `language.FACT_TYPES`. `values`: numbers, money and yes/no as integers; days as
    `date.toordinal()`; a choice as its place in `choices`; a set as bits over `choices` (bit 0 the first; at most 64).
    `known`: False where nobody told it; None: everybody did. Of numbers beyond NUMBER_MOST nothing is known.
    """

    type: str
    values: NDArray[Any]
    known: NDArray[np.bool_] | None = None
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.type == "set" and len(self.choices) > SET_MOST:
            raise ValueError(f"A set has at most {SET_MOST} choices, not {len(self.choices)}.")
        values = self.values
        if self.type in SUMS and len(values) and (values.min() < -NUMBER_MOST or values.max() > NUMBER_MOST):
            sense = (values >= -NUMBER_MOST) & (values <= NUMBER_MOST)
            object.__setattr__(self, "known", sense if self.known is None else sense & self.known)
            object.__setattr__(self, "values", np.where(sense, values, 0))


Columns = Mapping[str, Column]


def columns_of(people: Sequence[Facts], facts: FactNames) -> dict[str, Column]:
    """The columns of people whose facts are told one by one. A value of another type than its fact's is not known."""
    return {name: _column(fact.type, fact.choices, [one.get(name) for one in people]) for name, fact in facts.items()}


def _column(type_: str, choices: tuple[str, ...], told: Sequence[object]) -> Column:
    if type_ in ("choice", "set"):
        every = [part for one in told for part in _parts(one)]
        choices = tuple(dict.fromkeys((*choices, *every)))
    place = {choice: number for number, choice in enumerate(choices)}
    values = [_coded(type_, place, one) for one in told]
    known = np.array([value is not None for value in values], dtype=bool)
    kind = np.uint64 if type_ == "set" else np.int64
    return Column(type_, np.array([value or 0 for value in values], dtype=kind), known, choices)


def _parts(told: object) -> Iterable[str]:
    if isinstance(told, str):
        return (told,)
    return sorted(told) if isinstance(told, frozenset) else ()


def _coded(type_: str, place: Mapping[str, int], told: object) -> int | None:
    if type_ == "yesno":
        return int(told) if isinstance(told, bool) else None
    if type_ in ("number", "money"):
        return told if type(told) is int else None
    if type_ == "choice":
        return place[told] if isinstance(told, str) else None
    if type_ == "set":
        return sum(1 << place[part] for part in told) if isinstance(told, frozenset) else None
    return told.toordinal() if type(told) is date else None
