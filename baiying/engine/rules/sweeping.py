"""Everybody by all rules: two rows of words a person, one bit a rule. The answers of `judge`, without the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from baiying.engine.rules.atoms import Bits
from baiying.engine.rules.columns import Columns
from baiying.engine.rules.language import Answer, Rule
from baiying.engine.rules.lines import Lines
from baiying.engine.rules.program import Program, size

Words = NDArray[np.uint64]
CUT = 1 << 16  # people at a time: all rows of a hundred rules stay in the cache
WORD = 64
# Steps of turning eight rows of eight bits each by ninety degrees (Hacker's Delight, 7-3).
_TURNS = ((7, 0x00AA00AA00AA00AA), (14, 0x0000CCCC0000CCCC), (28, 0x00000000F0F0F0F0))


@dataclass(frozen=True, slots=True)
class Swept:
    """Rows of words, one row a person: bit r of `yes` is rule r's yes, of `unknown` its not known; neither: no."""

    rules: tuple[str, ...]
    yes: Words  # (people, words)
    unknown: Words

    def answer(self, person: int, rule: int) -> Answer:
        """The answer of one person to one rule."""
        word, bit = divmod(rule, WORD)
        if int(self.yes[person, word]) >> bit & 1:
            return Answer.YES
        return Answer.UNKNOWN if int(self.unknown[person, word]) >> bit & 1 else Answer.NO


def sweep(
    rules: Sequence[Rule],
    columns: Columns,
    people: int,
    lines: Lines,
    on: date,
    subject: str = "self",
    threads: int = 1,
) -> Swept:
    """The answers (`Judgement.answer`) of all people to all rules. A fact without a column is known of nobody."""
    program = Program(columns, lines, on)
    slots = [program.answer(rule) if subject in rule.subjects else None for rule in rules]
    words = -(-len(rules) // WORD)
    yes, unknown = (np.zeros((people, words), "<u8") for _ in range(2))
    cuts = [slice(start, min(start + CUT, people)) for start in range(0, people, CUT)]

    def one(cut: slice) -> None:
        held = program.run(cut)
        nobody = np.zeros(size(cut), np.uint8)
        surely = [nobody if slot is None else held[slot].yes for slot in slots]
        perhaps = [nobody if slot is None else held[slot].maybe & ~held[slot].yes for slot in slots]
        turned(surely, yes[cut])
        turned(perhaps, unknown[cut])

    if threads > 1 and len(cuts) > 1:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(one, cuts))
    else:
        for cut in cuts:
            one(cut)
    return Swept(tuple(rule.id for rule in rules), yes, unknown)


def turned(rows: Sequence[Bits], into: Words) -> None:
    """Rows of people by rule, written as words of rules by person."""
    people, blocks = len(into), -(-len(rows) // 8)
    out = into.view(np.uint8)
    eights = np.zeros((blocks, size(slice(0, people)), 8), np.uint8)
    for number, row in enumerate(rows):
        eights[number // 8, :, number % 8] = row
    block = eights.view("<u8")
    for shift, mask in _TURNS:
        swap = block >> np.uint64(shift)
        swap ^= block
        swap &= np.uint64(mask)
        block ^= swap
        swap <<= np.uint64(shift)
        block ^= swap
    for number in range(blocks):
        # The first person was the highest bit, so hers is the last byte.
        out[:, number] = eights[number, :, ::-1].reshape(-1)[:people]
