"""Make the model that reads her words: `.venv/bin/python tools/train_text.py [--sets ../shared/data]`.

It learns from the catalogue's keywords and example sentences and from STARD, LawBench, lawyer-llama and SMILE, whose
licences allow it, and writes arrays and `model.toml` to `catalogue/text/`. The same input always gives the same
arrays. No text is written. Temperature: every fifth own sentence, with the letters made of it, and every fifth text of
the sets are held back from a first learning; the temperature that fits these best is kept, and the model learns anew
from everything.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from baiying.engine.loader import topics as built
from baiying.engine.loader.reading import read
from baiying.engine.text import GROUPS, Topics
from baiying.engine.text.learning import Settings, Taught, chosen, learn, scores, small, softmax
from baiying.engine.text.model import ABOUT, Floats, Hashes, keywords_of, looked_at, pieces

sys.path.insert(0, str(Path(__file__).resolve().parent))
from text_taught import Own, Sets, Text, members, taught

CHECKOUT = Path(__file__).resolve().parent.parent
KNOWN, OFTEN = 12_000, 4  # pieces kept, and in how many texts each must stand
SHARE = {"labour": 0.41, "family": 0.045, "distress": 0.065, "other": 0.48}  # of all that counts
SEED = 7
HELD = 5  # every fifth text is held back
TEMPERATURES = np.arange(0.3, 3.01, 0.05)
TRAINED_ON = ("catalogue/topics.toml", "catalogue/examples", "STARD", "LawBench", "lawyer-llama", "SMILE")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--sets", type=Path, default=CHECKOUT.parent / "shared" / "data")
    parser.add_argument("--catalogue", type=Path, default=CHECKOUT / "catalogue")
    parser.add_argument("--to", type=Path, help="folder for the arrays; by default text/ of the catalogue")
    parser.add_argument("--own", action="store_true", help="learn from our own sentences alone, to try something out")
    chosen_ = parser.parse_args(arguments)
    made = make(chosen_.catalogue, None if chosen_.own else Sets(chosen_.sets), print)
    write(made, chosen_.to or chosen_.catalogue / "text", chosen_.own)
    return 0


def make(catalogue: Path, sets: Sets | None, say: Any) -> dict[str, Any]:
    """The arrays, the classes and the temperature."""
    topics = built(read("topics.toml", (catalogue / "topics.toml").read_bytes()).table)
    own = Own(catalogue / "examples")
    strange = set(own.sentences) ^ {*topics.topics, *topics.elsewhere}
    if strange:
        raise SystemExit(f"Sentences and topics do not fit: {', '.join(sorted(strange))}")
    say("finding the temperature")
    temperature = fitted(topics, own, sets, say)
    texts = taught(topics, own, sets, SEED, lambda sentence: True)
    say(f"learning from {len(texts)} texts")
    known, worth, table = learned(topics, texts, say)
    numbers, scale = small(table)
    arrays = {"known": known, "worth": worth.astype(np.float16), "table": numbers, "scale": scale}
    return {"classes": classes_of(topics), "temperature": temperature, "arrays": arrays, "texts": len(texts)}


def classes_of(topics: Topics) -> list[str]:
    return [*topics.topics, *topics.elsewhere]


def learned(topics: Topics, texts: Sequence[Text], say: Any) -> tuple[Hashes, Floats, Floats]:
    """Which pieces are known, what each is worth, and the table."""
    classes = classes_of(topics)
    order = {name: place for place, name in enumerate(classes)}
    group_of = {name: group for group in GROUPS for name in members(topics, group)}
    weights = balanced(texts, group_of)
    kinds = [
        order[text.classes[0]] if len(text.classes) == 1 else len(classes) + GROUPS.index(group_of[text.classes[0]])
        for text in texts
    ]
    known, worth = chosen([pieces(text.plain) for text in texts], kinds, weights, KNOWN, OFTEN)
    words = keywords_of(topics)
    lessons = [
        Taught(looked_at(text.plain, known, worth, words, order), tuple(order[name] for name in text.classes), weight)
        for text, weight in zip(texts, weights, strict=True)
    ]
    settings = Settings(len(known) + len(classes), len(classes))
    return known, worth, learn(lessons, settings, lambda turn, loss: say(f"  round {turn}: loss {loss:.4f}"))


def balanced(texts: Sequence[Text], group_of: dict[str, str]) -> list[float]:
    """What each text counts, so that each group has its share of the whole; the mean is 1."""
    groups = [group_of[text.classes[0]] for text in texts]
    sums: Counter[str] = Counter()
    for text, group in zip(texts, groups, strict=True):
        sums[group] += text.weight  # type: ignore[assignment]
    whole = sum(SHARE[group] for group in sums)
    return [
        text.weight * SHARE[group] / whole * len(texts) / sums[group] for text, group in zip(texts, groups, strict=True)
    ]


def fitted(topics: Topics, own: Own, sets: Sets | None, say: Any) -> float:
    """The temperature at which what is held back is least surprising, each text counting as much as in learning."""

    def held(text: str) -> bool:
        return zlib.crc32(text.encode()) % HELD == 0

    def asked(texts: Sequence[Text], back: bool) -> list[Text]:
        return [text for text in texts if text.own or held(text.plain) == back]

    texts = asked(taught(topics, own, sets, SEED, lambda sentence: not held(sentence)), False)
    known, worth, table = learned(topics, texts, say)
    back = asked(taught(topics, own, sets, SEED + 1, held), True)
    classes = classes_of(topics)
    order = {name: place for place, name in enumerate(classes)}
    words = keywords_of(topics)
    said = scores(table, [looked_at(text.plain, known, worth, words, order) for text in back])
    right = np.array([[one in text.classes for one in classes] for text in back])
    weights = np.array(balanced(back, {name: group for group in GROUPS for name in members(topics, group)}))

    def surprise(temperature: float) -> float:
        inside = (softmax(said, temperature) * right).sum(axis=1)
        return -float((np.log(np.maximum(inside, 1e-9)) * weights).sum() / weights.sum())

    best = min(map(float, TEMPERATURES), key=surprise)
    hit = float((right[np.arange(len(back)), said.argmax(axis=1)] * weights).sum() / weights.sum())
    say(f"  held back: {len(back)} texts, class right {hit:.3f}, temperature {best:.2f}, loss {surprise(best):.3f}")
    return round(best, 2)


def write(made: dict[str, Any], folder: Path, own: bool) -> None:
    """Write the arrays and what they are."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        "# Made by tools/train_text.py; not to be written by hand. What it is: docs/how-to/text-model.md.",
        f'command = ".venv/bin/python tools/train_text.py{" --own" if own else ""}"',
        f"trained_on = [{', '.join(f'{chr(34)}{one}{chr(34)}' for one in TRAINED_ON[: 2 if own else None])}]",
        f"texts = {made['texts']}",
        f"temperature = {made['temperature']}",
        f"classes = [{', '.join(f'{chr(34)}{one}{chr(34)}' for one in made['classes'])}]",
    ]
    for name, array in made["arrays"].items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
        digest = hashlib.sha256((folder / f"{name}.npy").read_bytes()).hexdigest()
        shape = ", ".join(map(str, array.shape))
        lines += ["", f"[array.{name}]", f'sha256 = "{digest}"', f'type = "{array.dtype}"', f"shape = [{shape}]"]
    (folder / ABOUT).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
