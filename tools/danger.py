"""Learn catalogue/text/danger_weights.toml from invented sentences: numbers only.

    .venv/bin/python tools/danger.py tests/engine/text/danger_sentences.toml tests/engine/text/danger/*.toml \\
        --public /work/shared/data/legal_qa --write

The files hold `[danger]` and `[calm]` with lists. Not learned from, only measured: files named apart_*, and every third
sentence of danger_sentences.toml. `--public`: texts of others, see tools/danger_calm.py.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
from danger_calm import calm_texts

Row = tuple[int, list[str], str]  # 1 for danger, the pieces that are weighed, the text
ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from baiying.engine.loader import danger  # noqa: E402
from baiying.engine.text import Danger, find  # noqa: E402
from baiying.engine.text.leaning import LONGEST, Leaning, pieces  # noqa: E402
from baiying.engine.text.spelling import folded  # noqa: E402

FILE = ROOT / "catalogue" / "danger.toml"
WEIGHTS = ROOT / "catalogue" / "text" / "danger_weights.toml"
HELD_OUT = "danger_sentences.toml"  # every third of each of its lists
APART = "apart_"  # begins the names of files that are measured only
LIGHTEST = 0.25  # weights below it are left out: they change no verdict to speak of
LEAST, STEPS, RATE, SHRINK = 2, 500, 25.0, 1e-4
STEP = 10  # hundredths
OTHERS = 0.15  # how much all texts of others are worth together, beside our own
BOUNDS = (-170, 80)  # hundredths: below no pattern is believed, above none is needed; chosen on apart_bounds.toml


def sentences(path: Path) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """(to learn from, held out), 1 for danger."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    learned: list[tuple[int, str]] = []
    kept: list[tuple[int, str]] = []
    for label, group in ((1, "danger"), (0, "calm")):
        for held in (table[group].values() if isinstance(table[group], dict) else [table[group]]):
            for n, sentence in enumerate(held, start=1):
                out = path.name.startswith(APART) or (path.name == HELD_OUT and n % 3 == 0)
                (kept if out else learned).append((label, sentence))
    return learned, kept


def kept(held: Danger, text: str) -> str:
    """What of a text is weighed: folded, its harmless words masked."""
    return held.reader.read(folded(text, held.reader.same))[1]


def runs_of(piece: str) -> set[str]:
    return {piece[n : n + size] for size in range(1, LONGEST + 1) for n in range(len(piece) - size + 1)}


def rows(held: list[set[str]], known: dict[str, int]) -> np.ndarray:
    table = np.zeros((len(held), len(known)), dtype=np.float32)
    for row, runs in enumerate(held):
        places = [known[run] for run in runs if run in known]
        if places:
            table[row, places] = 1 / np.sqrt(len(places))
    return table


def learned(table: np.ndarray, label: np.ndarray, worth: np.ndarray, steps: int = STEPS) -> tuple[np.ndarray, float]:
    """Logistic regression by plain steps: (weights, base)."""
    weights, base = np.zeros(table.shape[1], dtype=np.float32), 0.0
    for _step in range(steps):
        off = worth * (1 / (1 + np.exp(-(table @ weights + base))) - label)
        weights -= RATE * (table.T @ off / worth.sum() + SHRINK * weights)
        base -= float(off.sum() / worth.sum())
    return weights, base


def known_runs(whole: list[Row]) -> dict[str, int]:
    """The runs that stand in at least LEAST sentences, each with its place."""
    count = Counter(run for _label, found, _text in whole for run in set().union(*map(runs_of, found)))
    return {run: n for n, run in enumerate(sorted(run for run, times in count.items() if times >= LEAST))}


def line_of(run: str, weight: float, kind: int, worth: float) -> str:
    """A line of the file. In steps: it goes to the phone packed. What leans to no danger tells no kind."""
    steps = round(100 * worth / STEP) * STEP if weight > 0 else 0
    return f"{run} {round(100 * weight / STEP) * STEP} {kind if steps > 0 else 0} {max(0, steps)}"


def leaning_of(held: Danger, learn: list[tuple[int, str]], others: list[str]) -> dict[str, list[str]]:
    """Bounds and runs, as the generated file holds them."""
    whole: list[Row] = [(label, list(pieces(kept(held, text))), text) for label, text in learn]
    known = known_runs(whole)
    kinds = [{held.perils.index(peril) for peril in find(held, text)} if label else set() for label, _p, text in whole]
    taken = [[0] if len(found) == 1 else (list(range(len(found))) if not label else []) for label, found, _t in whole]
    weights, base = np.zeros(len(known), dtype=np.float32), 0.0
    calm = [runs_of(piece) for line in others for piece in pieces(kept(held, line))]
    for _round in range(2):  # in a long text of danger the piece that leans furthest is the one meant
        found = [(label, runs_of(one[n]), row) for row, (label, one, _t) in enumerate(whole) for n in taken[row]]
        data = rows([runs for _l, runs, _r in found] + calm, known)
        label = np.array([one for one, _runs, _r in found] + [0] * len(calm), dtype=np.float32)
        worth = np.array([1.0] * len(found) + [OTHERS * len(found) / max(1, len(calm))] * len(calm), dtype=np.float32)
        weights, base = learned(data, label, worth)
        for row, (one_label, one, _t) in enumerate(whole):
            if one_label and len(one) > 1:
                taken[row] = [int(np.argmax(rows([runs_of(piece) for piece in one], known) @ weights))]
    towards = np.zeros((len(known), len(held.perils)), dtype=np.float32)
    danger_rows = [n for n, (one, _runs, row) in enumerate(found) if one and kinds[row]]
    for kind in range(len(held.perils)):
        is_kind = np.array([1.0 if kind in kinds[found[n][2]] else 0.0 for n in danger_rows], dtype=np.float32)
        towards[:, kind] = learned(data[danger_rows], is_kind, np.ones(len(danger_rows), dtype=np.float32), 60)[0]
    best = towards.argmax(axis=1)
    lines = [line_of(run, float(weights[n]), int(best[n]), float(towards[n, best[n]])) for run, n in known.items()
             if abs(weights[n]) >= LIGHTEST]
    return {"bounds": [str(round(100 * base)), *map(str, BOUNDS)], "runs": lines}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sentences", nargs="+", type=Path)
    parser.add_argument("--public", type=Path, help="the folder of the public texts, see tools/danger_calm.py")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    held = danger(tomllib.loads(FILE.read_text(encoding="utf-8")))
    learn = [row for path in chosen.sentences for row in sentences(path)[0]]
    examples = ROOT / "catalogue" / "examples"
    others = calm_texts(chosen.public, examples, lambda text: bool(find(held, text))) if chosen.public else []
    leaning = leaning_of(held, learn, others)
    report(held, leaning, chosen.sentences)
    if chosen.write:
        write(leaning)


def report(held: Danger, leaning: dict[str, list[str]], files: list[Path]) -> None:
    """Recall and false alarms of what was held out, by itself and with the patterns."""
    full = replace(held, leaning={key: tuple(lines) for key, lines in leaning.items()})
    fresh = [(path.name, row) for path in files for row in sentences(path)[1]]
    weighed: Leaning = full.weighed
    for name in dict.fromkeys(name for name, _row in fresh):
        rows_ = [row for one, row in fresh if one == name]
        leans = [(label, weighed.furthest(kept(held, text))[0], bool(find(held, text))) for label, text in rows_]
        for low, high in [(-1000, 1000), (-120, 90), (-90, 90), (-90, 70), (-90, 50), (-60, 70)]:
            said = [(label, far > high or (found and far > low)) for label, far, found in leans]
            recall = np.mean([said_so for label, said_so in said if label])
            false = np.mean([said_so for label, said_so in said if not label])
            print(f"{name}: bounds {low} {high}: recall {recall:.3f}, false alarms {false:.3f}")
    print(len(leaning["runs"]), "runs")


def write(leaning: dict[str, list[str]]) -> None:
    """The generated file, in lines of a page's width."""
    packed, line = [], ""
    for run in leaning["runs"]:
        piece = f'"{run}", '
        if len(line) + len(piece) > 4000:
            packed.append(line.rstrip())
            line = ""
        line += piece
    packed.append(line.rstrip())
    bounds = ", ".join(f'"{one}"' for one in leaning["bounds"])
    lists = "\n".join(f"  {one}" for one in packed)
    note = "# Made by tools/danger.py, never by hand: weights of runs of characters (baiying/engine/text/leaning.py)."
    WEIGHTS.write_text(f"{note}\nbounds = [{bounds}]\nruns = [\n{lists}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
