"""Learn catalogue/text/danger_weights.toml from invented sentences: numbers only.

    .venv/bin/python tools/danger.py tests/engine/text/danger_sentences.toml tests/engine/text/danger/*.toml \\
        --public /work/shared/data/legal_qa --write

The files hold `[danger]` and `[calm]` with lists; beside them the sentences of tools/danger_said. Not learned from,
only measured: files named *_held. `--public`: texts of others, see tools/danger_calm.py.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from danger_calm import calm_texts
from danger_learn import learned, rows_of
from danger_said import said

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from baiying.engine.loader import danger  # noqa: E402
from baiying.engine.text import Danger, find  # noqa: E402
from baiying.engine.text.leaning import LONGEST, pieces  # noqa: E402
from baiying.engine.text.spelling import folded  # noqa: E402

FILE = ROOT / "catalogue" / "danger.toml"
WEIGHTS = ROOT / "catalogue" / "text" / "danger_weights.toml"
HELD = "_held"  # ends the names of files that are measured only
LEAST = 2  # texts that a run stands in
EACH = 18  # sentences of a line of tools/danger_said
OWN, SAID, OTHERS = 2.0, 1.0, 0.3  # how much a sentence of ours, a put-together one, a text of others is worth
SHRINK = 1 / 32
MOST = 5700  # runs that are kept: it goes to the phone
STEP = 100  # hundredths
WIDEST = 900  # hundredths: no run weighs more
BASE = -50  # hundredths: how a text leans of which nothing is known
BOUNDS = (-100, 75)  # hundredths: below no pattern is believed, above none is needed
TOWARDS = ((1.0, 100), (2.0, 200))  # how many times likelier a kind must be (log), and what it is worth then


@dataclass(frozen=True)
class Text:
    """A text to learn from: 1 for danger, its kind if known, how much it is worth, the pieces that are weighed."""

    label: int
    kind: str
    worth: float
    pieces: tuple[str, ...]


def sentences(path: Path) -> list[tuple[int, str, str]]:
    """(1 for danger, kind if it is told, sentence)."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    found = []
    for label, group in ((1, "danger"), (0, "calm")):
        lists = table[group] if isinstance(table[group], dict) else {"": table[group]}
        found += [(label, kind if label else "", one) for kind, held in lists.items() for one in held]
    return found


def kept(held: Danger, text: str) -> str:
    """What of a text is weighed: folded, its harmless words masked."""
    return held.reader.read(folded(text, held.reader.same))[1]


def runs_of(piece: str) -> set[str]:
    return {piece[n : n + size] for size in range(1, LONGEST + 1) for n in range(len(piece) - size + 1)}


def known_runs(whole: list[Text]) -> dict[str, int]:
    """The runs that stand in at least LEAST texts, each with its place."""
    count = Counter(run for text in whole for run in set().union(*map(runs_of, text.pieces)))
    return {run: n for n, run in enumerate(sorted(run for run, times in count.items() if times >= LEAST))}


def weights_of(whole: list[Text], known: dict[str, int], rounds: int) -> tuple[np.ndarray, list[set[str]]]:
    """(weights of the runs, the runs of the piece of each text of danger that is meant)."""
    taken = [[0] if text.label else list(range(len(text.pieces))) for text in whole]
    several = [n for n, text in enumerate(whole) if text.label and len(text.pieces) > 1]
    for n in several:  # first the whole of it, then the piece that leans furthest
        taken[n] = list(range(len(whole[n].pieces)))
    for round_ in range(rounds):
        found = [(text, runs_of(text.pieces[n])) for text, chosen in zip(whole, taken, strict=True) for n in chosen]
        worth = np.array([text.worth / (1 if not text.label or round_ else len(text.pieces)) for text, _runs in found])
        label = np.array([float(text.label) for text, _runs in found])
        weights = learned(rows_of([runs for _text, runs in found], known), label, worth, BASE / 100, SHRINK)
        for n in several:
            lean = rows_of([runs_of(piece) for piece in whole[n].pieces], known).times(weights)
            taken[n] = [int(np.argmax(lean))]
    return weights, [runs for text, runs in found if text.label]


def towards(held: Danger, whole: list[Text], meant: list[set[str]]) -> dict[str, tuple[int, int]]:
    """For each run the number of the kind of danger it sounds like, and how much so."""
    kinds = [peril.key for peril in held.perils]
    count: dict[str, list[int]] = {}
    every = [0] * len(kinds)
    for text, runs in zip((text for text in whole if text.label), meant, strict=True):
        if text.kind:
            kind = kinds.index(text.kind)
            every[kind] += 1
            for run in runs:
                count.setdefault(run, [0] * len(kinds))[kind] += 1
    found = {}
    for run, held_ in count.items():
        share = np.array([(one + 0.5) / (all_ + 5) for one, all_ in zip(held_, every, strict=True)])
        best = int(share.argmax())
        likelier = float(np.log(share[best] / np.delete(share, best).mean()))
        found[run] = best, max((worth for least, worth in TOWARDS if likelier > least), default=0)
    return found


def leaning_of(held: Danger, whole: list[Text]) -> dict[str, list[str]]:
    """Bounds and runs, as the generated file holds them."""
    known = known_runs(whole)
    weights, _meant = weights_of(whole, known, 1)
    names = list(known)
    best = sorted(np.argsort(-abs(weights), kind="stable")[:MOST])
    known = {names[place]: n for n, place in enumerate(best)}
    weights, meant = weights_of(whole, known, 2)
    likely = towards(held, whole, meant)
    lines = []
    for run, n in known.items():
        steps = int(np.clip(round(100 * float(weights[n]) / STEP) * STEP, -WIDEST, WIDEST))
        kind, worth = likely.get(run, (0, 0)) if steps > 0 else (0, 0)
        if steps:
            lines.append(f"{run} {steps} {kind if worth else 0} {worth}")
    return {"bounds": [str(BASE), *map(str, BOUNDS)], "runs": lines}


def texts(held: Danger, files: list[Path], public: Path | None) -> list[Text]:
    """All that is learned from."""
    def one(label: int, kind: str, worth: float, text: str) -> Text:
        kind = kind or next((peril.key for peril in find(held, text)), "") if label else ""
        return Text(label, kind, worth, tuple(pieces(kept(held, text))))

    whole = [one(label, kind, OWN, text) for path in files if not path.stem.endswith(HELD)
             for label, kind, text in sentences(path)]
    whole += [one(1 if kind else 0, kind, SAID, text) for kind, text in said(EACH)]
    examples = ROOT / "catalogue" / "examples"
    others = calm_texts(public, examples, lambda text: bool(find(held, text))) if public else []
    return whole + [one(0, "", OTHERS, text) for text in others]


def report(held: Danger, leaning: dict[str, list[str]], files: list[Path]) -> None:
    """Recall and false alarms of each file at several bounds."""
    patterns = replace(held, leaning={})
    full = replace(held, leaning={key: tuple(lines) for key, lines in leaning.items()})
    assert full.weighed is not None
    for path in files:
        leans = [(label, full.weighed.furthest(kept(held, text))[0], bool(find(patterns, text)))
                 for label, _kind, text in sentences(path)]
        told = []
        for low, high in [BOUNDS, (-150, 50), (-100, 0), (-100, 50), (-50, 0), (0, 0), (-200, -50)]:
            shown = [(label, far > high or (found and far > low)) for label, far, found in leans]
            rates = [np.mean([one for label, one in shown if label == wanted]) for wanted in (1, 0)]
            told.append(f"{low}/{high} {rates[0]:.3f} {rates[1]:.3f}")
        print(f"{path.stem:18}", " | ".join(told))
    print(len(leaning["runs"]), "runs")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sentences", nargs="+", type=Path)
    parser.add_argument("--public", type=Path, help="the folder of the public texts, see tools/danger_calm.py")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    held = danger(tomllib.loads(FILE.read_text(encoding="utf-8")))
    leaning = leaning_of(held, texts(held, chosen.sentences, chosen.public))
    report(held, leaning, chosen.sentences)
    if chosen.write:
        write(leaning)


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
