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
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from baiying.engine.text.spelling import COMMA, STOP
from baiying.engine.text.syllables import NOTHING

PIECE = 60  # characters that are weighed together: in a long text the danger may stand in one clause
LEAST = 5  # with fewer different characters nothing is said: 我想 begins every need
ALONE = 100  # hundredths that a sentence by itself must lean further than a piece: what stands around it is left out
LONG = 30  # hundredths that a text must lean further each time it has twice as many pieces: of many one leans by chance
CLAUSE = 120  # hundredths from which one clause by itself leans towards danger: a lone word of an idiom stays below
FEW = 12  # so few runs in a piece say little: the root is taken of their number and this
ENDS = COMMA + STOP
IDLE = f"{ENDS}_{NOTHING}"  # what no text leans by
PLACES, KINDS = 1 << 16, 1 << 12  # numbers of runs: for their weight, and for the kind of danger they sound like
FACTORS, MODULUS = (7_919, 31_337), 1_000_003
STEPS = (-850, -480, -280, -140, 0, 140, 280, 480, 850)  # what a run may weigh, in hundredths: the letters a to i
LETTERS = "abcdefghi"
PAIRS, ESCAPE = ord("#"), ord("\\")  # two letters as one sign for the browser: from # on, without the one JSON escapes

_FIGURES = re.compile("[a-z0-9]")
_SENTENCE = re.compile(f"[^{STOP}]+")


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
        """How far the piece or the sentence leans that leans furthest, less what is due to their number; and, where
        that is enough for an alarm, the number of the kind of danger it sounds like.

        A sentence is weighed by itself too: who asks about wages first may speak of a beating in the next one.
        """
        runs, whole, alone = Runs(said), list(pieces(said)), list(sentences(said))
        leans = [self._of(runs.numbers(*one)) - _due(whole) for one in whole]
        leans += [self._of(runs.numbers(*one)) - _due(alone) - ALONE for one in alone]
        far = max(leans)
        numbers = runs.numbers(*[*whole, *alone][leans.index(far)])
        return far, self._towards(numbers) if far > self.alarm_above else 0

    def believed(self, said: str) -> set[int]:
        """The clauses, counted from 0, in which a pattern is believed: those in a piece or a sentence that does not
        lean away from danger, and those that lean far towards it by themselves. Wages that are owed in the clause
        before do not make it calm that he beats her in this one."""
        runs, spans = Runs(said), list(clauses(said))
        starts = [start for start, _end in spans]
        found = {place for place, span in enumerate(spans) if self._of(runs.numbers(*span)) >= CLAUSE}
        for start, end in (*pieces(said), *sentences(said)):
            if self._of(runs.numbers(start, end)) >= self.calm_below:
                found.update(range(max(0, bisect_right(starts, start) - 1), bisect_left(starts, end)))
        return found

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


def clauses(said: str) -> list[tuple[int, int]]:
    """What stands between the ends of clauses, also where it is nothing: where they begin and end."""
    ends = [place for place, letter in enumerate(said) if letter in ENDS]
    return list(zip([0, *(place + 1 for place in ends)], [*ends, len(said)], strict=True))


def sentences(said: str) -> Iterator[tuple[int, int]]:
    """Where the sentences begin and end that are no longer than a piece; none where there is but one."""
    found = [one.span() for one in _SENTENCE.finditer(said)]
    return ((start, end) for start, end in found if len(found) > 1 and end - start <= PIECE)


def _due(held: Sequence[tuple[int, int]]) -> int:
    """How much further one of so many must lean: of many one leans by chance."""
    return LONG * (len(held).bit_length() - 1)


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
