"""Which way do the words of a text lean: towards danger, or towards none? The second look beside the patterns.

Patterns know what was thought of; people say it in other words. So each run of one to three characters has a weight,
learned from sentences we invented (`tools/danger.py`), and a piece of a text leans as far as its weights add up. There
are more runs than a telephone would fetch: a run is told by a number made of its characters, one of PLACES, and runs
that share a number share a weight. Whole numbers are added and divided once by a root, so the browser comes to the
very same figure.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from baiying.engine.text.syllables import NOTHING

PIECE = 60  # characters that are weighed together: in a long text the danger may stand in one clause
LEAST = 5  # with fewer different characters nothing is said: 我想 begins every need
LONG = 30  # hundredths that a text must lean further each time it has twice as many pieces: of many one leans by chance
FEW = 12  # so few runs in a piece say little: the root is taken of their number and this
ENDS = ",;"
IDLE = f"{ENDS}_{NOTHING}"  # what no text leans by
PLACES, KINDS = 1 << 16, 1 << 12  # numbers of runs: for their weight, and for the kind of danger they sound like
FACTORS, MODULUS = (7_919, 31_337), 1_000_003
STEPS = (-850, -480, -280, -140, 0, 140, 280, 480, 850)  # what a run may weigh, in hundredths: the letters a to i
LETTERS = "abcdefghi"
PAIRS, ESCAPE = ord("#"), ord("\\")  # two letters as one sign for the browser: from # on, without the one JSON escapes

_FIGURES = re.compile("[a-z0-9]")
_CLAUSE = re.compile(f"[^{ENDS}]+")


@dataclass(frozen=True, slots=True)
class Leaning:
    """`weights`: for each number of a run its weight. `kinds`: for each the number of a kind of danger it sounds like,
    counted from 1, or 0. Bounds and weights are hundredths."""

    base: float
    calm_below: float  # a pattern is not believed where nothing else leans that way
    alarm_above: float  # so sure that no pattern is needed
    weights: Sequence[int]
    kinds: Sequence[int]

    def furthest(self, said: str) -> tuple[float, int]:
        """How far the piece leans that leans furthest, less what is due to their number; and, where that is enough for
        an alarm, the number of the kind of danger it sounds like."""
        runs, held = Runs(said), list(pieces(said))
        leans = [self._of(runs.numbers(*piece)) for piece in held]
        best = max(leans)
        far = best - LONG * (len(held).bit_length() - 1)
        return far, self._towards(runs.numbers(*held[leans.index(best)])) if far > self.alarm_above else 0

    def is_calm(self, said: str) -> bool:
        """Whether nothing here leans towards danger, so that a pattern is not believed: no piece, and no clause by
        itself. Wages that are owed in the clause before do not make it calm that he beats her in this one."""
        runs = Runs(said)
        return (all(self._of(runs.numbers(*piece)) < self.calm_below for piece in pieces(said))
                and all(self._of(runs.numbers(*clause)) <= 0 for clause in clauses(said)))

    def _of(self, numbers: set[int]) -> float:
        if not numbers:
            return self.base
        return self.base + sum(map(self.weights.__getitem__, numbers)) / sqrt(len(numbers) + FEW)

    def _towards(self, numbers: set[int]) -> int:
        """The kind that most of the runs sound like; of several the first."""
        count = Counter(self.kinds[number % KINDS] for number in numbers)
        del count[0]
        return min(count, key=lambda kind: (-count[kind], kind), default=1) - 1


class Runs:
    """The numbers of all runs of a text, each by the place where it begins. Letters and figures count as nothing."""

    def __init__(self, said: str) -> None:
        self.said = _FIGURES.sub(NOTHING, said)
        ones, twos, threes = self.of_size = array("H"), array("H"), array("H")  # a long text would fill lists with MBs
        first, then = FACTORS
        one = two = 0
        for code in map(ord, self.said):
            threes.append((two * then + code) % MODULUS % PLACES)
            two = (one * then + code) % MODULUS
            twos.append(two % PLACES)
            one = code * first % MODULUS
            ones.append(one % PLACES)
        del twos[:1], threes[:2]  # they would begin before the text

    def numbers(self, start: int, end: int) -> set[int]:
        """The different ones of a piece; none where too little is said."""
        if len(set(self.said[start:end]).difference(IDLE)) < LEAST:
            return set()
        return set().union(*(runs[start : max(start, end - size)] for size, runs in enumerate(self.of_size)))


def pieces(said: str) -> Iterator[tuple[int, int]]:
    """From each clause on as many whole clauses as make a piece; a clause that is longer is cut. Where they begin and
    end."""
    starts = [0, *(place + 1 for place, letter in enumerate(said) if letter in ENDS)]
    starts = [cut for start, end in zip(starts, [*starts[1:], len(said)], strict=True)
              for cut in range(start, max(end, start + 1), PIECE // 2)]
    reached = 0
    for start in starts:
        if len(said) - start <= PIECE:
            yield start, len(said)
            return
        end = max((said.rfind(letter, start + 1, start + PIECE) for letter in ENDS), default=-1)
        end = end if end > start else start + PIECE
        if end > reached:
            yield start, end
            reached = end


def clauses(said: str) -> Iterator[tuple[int, int]]:
    """What stands between the ends of clauses, without what is empty: where they begin and end."""
    return (found.span() for found in _CLAUSE.finditer(said))


def packed(table: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """The same for the browser, small: two letters as one sign, which a packer packs better than letters."""
    if not table:
        return {}
    weights = "".join(table["weights"])
    return {"bounds": [float(figure) for figure in table["bounds"]], "steps": STEPS,
            "weights": "".join(map(_pair, weights[::2], weights[1::2])), "kinds": "".join(table["kinds"])}


def _pair(one: str, other: str) -> str:
    code = PAIRS + LETTERS.index(one) * len(STEPS) + LETTERS.index(other)
    return chr(code + (code >= ESCAPE))


def leaning_of(table: Mapping[str, Sequence[str]]) -> Leaning | None:
    """From the lists of `text/danger_weights.toml`; None when there are none. Raises ValueError."""
    if not table:
        return None
    base, calm_below, alarm_above = (float(figure) for figure in table["bounds"])
    weights = [STEPS[LETTERS.index(letter)] for letter in "".join(table["weights"])]
    kinds = [int(letter) for letter in "".join(table["kinds"])]
    if (len(weights), len(kinds)) != (PLACES, KINDS):
        raise ValueError(f"{PLACES} weights and {KINDS} kinds are needed, not {len(weights)} and {len(kinds)}.")
    return Leaning(base, calm_below, alarm_above, weights, kinds)
