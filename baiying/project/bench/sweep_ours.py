"""Our side of the bench of the sweep, in a process of its own, so that its memory can be told.

    python -m baiying.project.bench.sweep_ours FOLDER SEED RULES REPEATS [ready]
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from baiying.engine.rules import Columns, Rule, Swept, sweep
from baiying.project.bench.sweep_made import ON, handed_ready, population, read, rules

MANY = 100  # rules, to see how the cost grows


def main(folder: Path, seed: int, count: int, repeats: int, ready: bool) -> None:
    """Sweep so often by one thread, by all, and by many rules; write the answers beside the columns."""
    resting = memory()
    shape = population(1, seed)
    columns = read(handed_ready(shape) if ready else shape, folder)
    _, swept = timed(columns, rules(count, seed), 1, 1)
    figures: dict[str, Any] = {"memory_mb": round(memory()), "resting_mb": round(resting)}
    runs = {"seconds": (count, 1), "seconds_all_threads": (count, os.cpu_count() or 1), "seconds_many_rules": (MANY, 1)}
    for _ in range(repeats):  # in turns: whatever else the machine does meets all of them
        for name, (many, threads) in runs.items():
            figures.setdefault(name, []).extend(timed(columns, rules(many, seed), 1, threads)[0])
    np.save(folder / "answers_ours.bin", told(swept, count))
    print(json.dumps(figures))


def timed(columns: Columns, written: Sequence[Rule], repeats: int, threads: int) -> tuple[list[float], Swept]:
    """How long each sweep took, from rules and columns to packed answers, and the last answers."""
    people = len(next(iter(columns.values())).values)
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        swept = sweep(written, columns, people, {}, ON, threads=threads)
        seconds.append(time.perf_counter() - start)
    return seconds, swept


def told(swept: Swept, count: int) -> np.ndarray[tuple[int, int], np.dtype[np.int8]]:
    """0 no, 1 not known, 2 yes: a row a rule."""
    rows = []
    for number in range(count):
        word, bit = divmod(number, 64)
        one = np.uint64(1)
        yes, unknown = ((bits[:, word] >> np.uint64(bit)) & one for bits in (swept.yes, swept.unknown))
        rows.append((2 * yes + unknown).astype(np.int8))
    return np.array(rows)


def memory() -> float:
    """The most memory this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5:] == ["ready"])
