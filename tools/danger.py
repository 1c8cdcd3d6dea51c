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
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from danger_calm import calm_texts
from danger_learn import learned, rows_of
from danger_said import said
from danger_sounds import in_pinyin

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from baiying.engine.loader import danger  # noqa: E402
from baiying.engine.text import Danger, find  # noqa: E402
from baiying.engine.text.leaning import KINDS, LETTERS, PLACES, STEPS, Runs, pieces  # noqa: E402

FILE = ROOT / "catalogue" / "danger.toml"
WEIGHTS = ROOT / "catalogue" / "text" / "danger_weights.toml"
HELD = "_held"  # ends the names of files that are measured only
EACH = 18  # sentences of a line of tools/danger_said
OWN, SAID, OTHERS = 2.0, 1.0, 0.3  # how much a sentence of ours, a put-together one, a text of others is worth
SOUNDED = 9  # one of so many put-together sentences, and of the texts of others, is learned in pinyin too
SHRINK = 1 / 32
LINE = 2048  # letters in a line of the generated file
BASE = -50  # hundredths: how a text leans of which nothing is known
BOUNDS = (-100, 50)  # hundredths: below no pattern is believed, above none is needed
LIKELIER = 1.0  # how many times likelier a kind must be than any other (log)


@dataclass(frozen=True)
class Text:
    """A text to learn from: 1 for danger, its kind if known, how much it is worth, the numbers of the
    runs of the pieces that are weighed."""

    label: int
    kind: str
    worth: float
    pieces: tuple[set[int], ...]


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
    return held.reader.read(held.reader.folded(text))[1]


def weights_of(whole: list[Text], rounds: int) -> tuple[np.ndarray, list[set[int]]]:
    """(weights of the runs, the runs of the piece of each text of danger that is meant)."""
    known = {number: number for number in range(PLACES)}
    taken = [[0] if text.label else list(range(len(text.pieces))) for text in whole]
    several = [n for n, text in enumerate(whole) if text.label and len(text.pieces) > 1]
    for n in several:  # first the whole of it, then the piece that leans furthest
        taken[n] = list(range(len(whole[n].pieces)))
    for round_ in range(rounds):
        found = [(text, text.pieces[n]) for text, chosen in zip(whole, taken, strict=True) for n in chosen]
        worth = np.array([text.worth / (1 if not text.label or round_ else len(text.pieces)) for text, _runs in found])
        label = np.array([float(text.label) for text, _runs in found])
        weights = learned(rows_of([runs for _text, runs in found], known), label, worth, BASE / 100, SHRINK)
        for n in several:
            lean = rows_of(list(whole[n].pieces), known).times(weights)
            taken[n] = [int(np.argmax(lean))]
    return weights, [runs for text, runs in found if text.label]


def kinds_of(held: Danger, whole: list[Text], meant: list[set[int]]) -> list[int]:
    """For each number of a run the kind of danger it sounds like, counted from 1; 0 for none."""
    kinds = [peril.key for peril in held.perils]
    count = np.zeros((len(kinds), KINDS))
    for text, runs in zip((text for text in whole if text.label), meant, strict=True):
        if text.kind:
            for number in {run % KINDS for run in runs}:
                count[kinds.index(text.kind), number] += 1
    share = np.log((count + 0.5) / (count.sum(1, keepdims=True) / len(meant) * len(kinds) + 5))
    best, ordered = share.argmax(0), np.sort(share, axis=0)
    return [int(kind) + 1 if sure > LIKELIER else 0 for kind, sure in zip(best, ordered[-1] - ordered[-2], strict=True)]


def leaning_of(held: Danger, whole: list[Text]) -> dict[str, list[str]]:
    """Bounds, weights and kinds, as the generated file holds them."""
    weights, meant = weights_of(whole, 2)
    nearest = abs(100 * weights[:, None] - np.array(STEPS)).argmin(1)
    letters = "".join(LETTERS[step] for step in nearest)
    kinds = "".join(map(str, kinds_of(held, whole, meant)))
    return {"bounds": [str(BASE), *map(str, BOUNDS)], "weights": _lines(letters), "kinds": _lines(kinds)}


def _lines(text: str) -> list[str]:
    return [text[n : n + LINE] for n in range(0, len(text), LINE)]


def texts(held: Danger, files: list[Path], public: Path | None) -> list[Text]:
    """All that is learned from."""
    def one(label: int, kind: str, worth: float, text: str) -> Text:
        kind = kind or next((peril.key for peril in find(held, text)), "") if label else ""
        said_ = kept(held, text)
        runs = Runs(said_)
        return Text(label, kind, worth, tuple(runs.numbers(*piece) for piece in pieces(said_)))

    own = [(label, kind, text) for path in files if HELD not in path.stem for label, kind, text in sentences(path)]
    examples = ROOT / "catalogue" / "examples"
    others = calm_texts(public, examples, lambda text: bool(find(held, text))) if public else []
    put_together = [(1 if kind else 0, kind, text) for kind, text in said(EACH)]
    calm = [(0, "", text) for text in others]
    whole = [one(*each[:2], worth, each[2]) for worth, group in ((OWN, own), (SAID, put_together), (OTHERS, calm))
             for each in group]
    sounded = [*own, *put_together[::SOUNDED], *calm[::SOUNDED]]
    return whole + [one(*each[:2], SAID, in_pinyin(each[2])) for each in sounded]


def report(held: Danger, leaning: dict[str, list[str]], files: list[Path]) -> None:
    """Recall and false alarms of each file at several bounds."""
    patterns = replace(held, leaning={})
    full = replace(held, leaning={key: tuple(lines) for key, lines in leaning.items()})
    assert full.weighed is not None
    for path in files:
        leans = [(label, full.weighed.furthest(kept(held, text))[0], bool(find(patterns, text)))
                 for label, _kind, text in sentences(path)]
        told = []
        for low, high in [BOUNDS, (-100, 0), (-100, 25), (-100, 50), (-100, 75), (-50, 0), (0, 0)]:
            shown = [(label, far > high or (found and far > low)) for label, far, found in leans]
            rates = [np.mean([one for label, one in shown if label == wanted]) for wanted in (1, 0)]
            told.append(f"{low}/{high} {rates[0]:.3f} {rates[1]:.3f}")
        print(f"{path.stem:18}", " | ".join(told))


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
    """The generated file."""
    note = "# Made by tools/danger.py, never by hand: weights of runs of characters (baiying/engine/text/leaning.py)."
    lists = "\n".join(f"{key} = [\n" + "".join(f'  "{line}",\n' for line in lines) + "]"
                      for key, lines in leaning.items())
    WEIGHTS.write_text(f"{note}\n{lists}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
