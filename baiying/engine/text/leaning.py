"""Which way do the words of a text lean: towards danger, or towards none? The second look beside the patterns.

Patterns know what was thought of; people say it in other words. So each run of one to three characters that stands in
the sentences we invented has a weight, learned from them (`tools/danger.py`), and a piece of a text leans as far as
its weights add up. Whole numbers are added and divided once by a root, so the browser comes to the very same figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

LONGEST = 3  # characters in a run
PIECE = 60  # characters that are weighed together: in a long text the danger may stand in one clause
LEAST = 5  # with fewer known runs nothing is said: 我想 begins every need
FEW = 12  # so few known runs in a piece say little: the root is taken of their number and this
ENDS = ",;"


@dataclass(frozen=True, slots=True)
class Leaning:
    """Weights of runs in hundredths. `runs`: run -> (weight, number of a kind of danger, weight towards it)."""

    base: float
    calm_below: float  # a pattern is not believed where nothing else leans that way
    alarm_above: float  # so sure that no pattern is needed
    runs: Mapping[str, tuple[int, int, int]]

    def furthest(self, said: str) -> tuple[float, int]:
        """How far the piece leans that leans furthest, and the number of the kind of danger it sounds like."""
        best = max((self._of(piece) for piece in pieces(said)), key=lambda one: one[0], default=None)
        return best if best else (self.base, 0)

    def is_calm(self, said: str) -> bool:
        """Whether nothing here leans towards danger, so that a pattern is not believed: no piece, and no clause by
        itself. Wages that are owed in the clause before do not make it calm that he beats her in this one."""
        return self.furthest(said)[0] < self.calm_below and all(self._of(one)[0] <= 0 for one in clauses(said))

    def _of(self, piece: str) -> tuple[float, int]:
        runs = self.runs
        held = {piece[n : n + size] for size in range(1, LONGEST + 1) for n in range(len(piece) - size + 1)}
        known = [runs[run] for run in held if run in runs]
        if len(known) < LEAST:
            return self.base, 0
        towards: dict[int, int] = {}
        for _weight, kind, worth in known:
            towards[kind] = towards.get(kind, 0) + worth
        kind = min(towards, key=lambda one: (-towards[one], one))
        return self.base + sum(weight for weight, _kind, _worth in known) / sqrt(len(known) + FEW), kind


def pieces(said: str) -> Iterator[str]:
    """From each clause on as many whole clauses as make a piece; a clause that is longer is cut."""
    starts = [0, *(place + 1 for place, letter in enumerate(said) if letter in ENDS)]
    starts = [cut for start, end in zip(starts, [*starts[1:], len(said)], strict=True)
              for cut in range(start, max(end, start + 1), PIECE // 2)]
    reached = 0
    for start in starts:
        if len(said) - start <= PIECE:
            yield said[start:]
            return
        end = max((said.rfind(letter, start + 1, start + PIECE) for letter in ENDS), default=-1)
        end = end if end > start else start + PIECE
        if end > reached:
            yield said[start:end]
            reached = end


def clauses(said: str) -> list[str]:
    """What stands between the ends of clauses, without what is empty."""
    return [one for one in said.replace(ENDS[1], ENDS[0]).split(ENDS[0]) if one]


def packed(table: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """The same for the browser, small: the runs in order, each told by how many characters it shares with the one
    before and what follows; weights and kinds as numbers of short lists. `danger.js` reads it back."""
    held = leaning_of(table)
    if held is None:
        return {}
    levels = sorted({weight for weight, _kind, _worth in held.runs.values()}, key=abs)
    towards = sorted({(kind, worth) for _weight, kind, worth in held.runs.values()})
    letters, shapes, last = [], [], ""
    for run in sorted(held.runs):
        shared = next(n for n in range(LONGEST, -1, -1) if last[:n] == run[:n] and n < len(run))
        letters.append(run[shared:])
        shapes.append(shared * LONGEST + len(run) - shared - 1)
        last = run
    found = [held.runs[run] for run in sorted(held.runs)]
    return {
        "bounds": [held.base, held.calm_below, held.alarm_above], "levels": levels, "towards": towards,
        "letters": "".join(letters), "shapes": _numbers(shapes),
        "weights": _numbers(levels.index(weight) for weight, _kind, _worth in found),
        "kinds": _numbers(towards.index((kind, worth)) for _weight, kind, worth in found),
    }


def _numbers(numbers: Iterable[int]) -> str:
    """Small numbers as one character each."""
    return "".join(chr(ord("0") + number) for number in numbers)


def leaning_of(table: Mapping[str, Sequence[str]]) -> Leaning | None:
    """From the lists of `text/danger_weights.toml`; None when there are none. Raises ValueError."""
    if not table:
        return None
    base, calm_below, alarm_above = (float(figure) for figure in table["bounds"])
    runs = {run: (int(weight), int(kind), int(worth)) for run, weight, kind, worth in map(str.split, table["runs"])}
    return Leaning(base, calm_below, alarm_above, runs)
