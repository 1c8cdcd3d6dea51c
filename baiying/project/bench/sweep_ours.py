"""Our side of the bench of the sweep, in a process of its own, so that its memory can be told.

    python -m baiying.project.bench.sweep_ours FOLDER SEED RULES REPEATS [ready]
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

import numpy as np

from baiying.engine.rules import Columns, Swept, sweep
from baiying.project.bench.sweep_made import ON, handed_ready, population, read, rules

MANY = 100  # rules, to see how the cost grows


def main(folder: Path, seed: int, count: int, repeats: int, ready: bool) -> None:
    """Sweep so often by one thread, by all, and by many rules; write the answers beside the columns."""
    resting = memory()
    shape = population(1, seed)
    columns = read(handed_ready(shape) if ready else shape, folder)
    seconds, swept = timed(columns, seed, count, repeats, 1)
    figures = {"seconds": seconds, "memory_mb": round(memory()), "resting_mb": round(resting)}
    figures["seconds_all_threads"], _ = timed(columns, seed, count, repeats, os.cpu_count() or 1)
    figures["seconds_many_rules"], _ = timed(columns, seed, MANY, repeats, 1)
    np.save(folder / "answers_ours.bin", told(swept, count))
    print(json.dumps(figures))


def timed(columns: Columns, seed: int, count: int, repeats: int, threads: int) -> tuple[list[float], Swept]:
    """How long each sweep took, from rules and columns to packed answers, and the last answers."""
    written, people = rules(count, seed), len(next(iter(columns.values())).values)
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
