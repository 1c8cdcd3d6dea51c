"""Do her words find their way? Groups, confidence and speed on messages that trained nothing; and the anchors.

Figures are over labour, family, distress and other (`messages` says what each label means), for the half that may be
looked at, for the half held back, and for both. Confidence is the model's own of its first topic; there is no gold for
topics, so how often it is right is measured on groups, where a group's confidence is the sum over its topics.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from baiying.catalogue.listening import Listener, listener
from baiying.engine.text import GROUPS, SURE, find, guess
from baiying.project.bench import anchors, messages
from baiying.project.bench.messages import Message
from baiying.project.folders import CHECKOUT

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SCORED = ("labour", "family", "other")  # the target speaks of these; distress is told beside them
TARGET, UNSURE_MOST, MILLISECONDS, TYPICAL_MILLISECONDS = 0.90, 0.25, 5.0, 0.5
PRECISION = 0.95
RECALL, FALSE_ALARMS = 0.98, 0.03
LONGEST = 20_000  # characters
SENTENCES = CHECKOUT / "tests" / "engine" / "text" / "danger_sentences.toml"
BINS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def measure(folder: Path | None = None, catalogue: Path = CHECKOUT / "catalogue") -> dict[str, Any]:
    """All figures, and whether each stated target is met. Raises Trouble when the messages are not there."""
    hears = listener(catalogue)
    every = messages.messages(folder)
    gold = np.array([GROUPS.index(one.group) for one in every])
    shares, sure = _heard(hears, every)
    held = np.array([one.held for one in every])
    figures: dict[str, Any] = {
        "all": _figures(gold, shares, sure),
        "seen": _figures(gold[~held], shares[~held], sure[~held]),
        "held": _figures(gold[held], shares[held], sure[held]),
        "sets": _sets(every, gold, shares, sure),
        "speed_ms": _speed(hears, every),
        "danger": _danger(hears),
        "anchors": anchors.measure(folder),
    }
    figures["targets"] = _targets(figures)
    figures["met"] = all(one["met"] for one in figures["targets"].values())
    return figures


def _heard(hears: Listener, every: Sequence[Message]) -> tuple[Floats, Floats]:
    """For each message: what each group has of the belief, and the confidence of the first topic."""
    group_of = {key: GROUPS.index(topic.group) for key, topic in hears.topics.topics.items()}
    shares, sure = np.zeros((len(every), len(GROUPS))), np.zeros(len(every))
    for place, one in enumerate(every):
        found = guess(hears.model, one.text)
        sure[place] = found.confidence
        for topic, share in found.ranked:
            shares[place, group_of[topic]] += share
    return shares, sure


def _figures(gold: Ints, shares: Floats, sure: Floats) -> dict[str, Any]:
    said = shares.argmax(axis=1)
    f1 = {name: round(_f1(gold, said, place), 4) for place, name in enumerate(GROUPS)}
    coverage, least = covered(shares.max(axis=1), said == gold, PRECISION)
    return {
        "messages": len(gold),
        "f1": f1,
        "macro_f1": round(float(np.mean([f1[name] for name in SCORED])), 4),
        "macro_f1_with_distress": round(float(np.mean(list(f1.values()))), 4),
        "accuracy": round(float((said == gold).mean()), 4),
        "below_sure": round(float((sure < SURE).mean()), 4),
        "coverage_at_95": coverage,
        "confidence_at_95": least,
        "calibration_error": _calibration(shares.max(axis=1), said == gold),
        "reliability": _reliability(shares.max(axis=1), said == gold),
        "confusion": [[int(((gold == a) & (said == b)).sum()) for b in range(len(GROUPS))] for a in range(len(GROUPS))],
    }


def _f1(gold: Ints, said: Ints, group: int) -> float:
    both = int(((gold == group) & (said == group)).sum())
    return 2 * both / max(1, int((gold == group).sum()) + int((said == group).sum()))


def covered(confidence: Floats, right: NDArray[np.bool_], precision: float) -> tuple[float, float]:
    """The largest share of messages, taken from the surest down, of which so many are right; and how sure the last
    of them is."""
    order = np.argsort(-confidence, kind="stable")
    good = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.nonzero(good >= precision)[0]
    if not len(enough):
        return 0.0, 1.0
    return round(float((enough[-1] + 1) / len(order)), 4), round(float(confidence[order[enough[-1]]]), 3)


def _reliability(confidence: Floats, right: NDArray[np.bool_]) -> list[dict[str, float]]:
    """How sure it was, and how often it was right."""
    found = []
    for low, high in zip(BINS, BINS[1:], strict=False):
        here = (confidence >= low) & ((confidence < high) | (high == BINS[-1]))
        if here.any():
            found.append({
                "from": low, "messages": int(here.sum()),
                "confidence": round(float(confidence[here].mean()), 3), "right": round(float(right[here].mean()), 3),
            })  # fmt: skip
    return found


def _calibration(confidence: Floats, right: NDArray[np.bool_]) -> float:
    """Expected calibration error over the bins of the curve."""
    bins = _reliability(confidence, right)
    return round(sum(one["messages"] * abs(one["confidence"] - one["right"]) for one in bins) / len(right), 4)


def _sets(every: Sequence[Message], gold: Ints, shares: Floats, sure: Floats) -> dict[str, Any]:
    said = shares.argmax(axis=1)
    found = {}
    for name in dict.fromkeys(one.set for one in every):
        here = np.array([one.set == name for one in every])
        labour = _f1(gold[here], said[here], GROUPS.index("labour"))
        found[name] = {
            "messages": int(here.sum()),
            "accuracy": round(float((said[here] == gold[here]).mean()), 4),
            "labour_f1": round(labour, 4),
            "below_sure": round(float((sure[here] < SURE).mean()), 4),
        }
    return found


def _danger(hears: Listener) -> dict[str, float]:
    """Recall and false alarms on the sentences of `tests/engine/text/danger_sentences.toml`."""
    said = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    found = {
        group: [bool(find(hears.danger, sentence)) for kind in kinds.values() for sentence in kind]
        for group, kinds in said.items()
    }
    return {
        "sentences": sum(map(len, found.values())),
        "recall": round(float(np.mean(found["danger"])), 4),
        "false_alarms": round(float(np.mean(found["calm"])), 4),
    }


def _speed(hears: Listener, every: Sequence[Message]) -> dict[str, float]:
    """Milliseconds a message: the model on 100 characters and on the longest text that anybody can send; the whole
    reading, for danger too, on 100 characters, on all but the slowest of a hundred messages, and on the longest."""
    typical = next(one.text for one in every if 120 <= len(one.text) <= 200)[:100]
    longest = (max((one.text for one in every), key=len) * 20)[:LONGEST]
    each = sorted(_took(partial(_read, hears, one.text), 3) for one in every[::7])
    return {
        "model_100_characters": _took(lambda: guess(hears.model, typical), 400),
        "model_longest_text": _took(lambda: guess(hears.model, longest), 50),
        "suggest_100_characters": _took(lambda: _read(hears, typical), 200),
        "suggest_99_of_100": each[int(0.99 * len(each))],
        "suggest_longest_text": _took(lambda: _read(hears, longest), 5),
    }


def _read(hears: Listener, words: str) -> None:
    hears.suggest(words)
    hears.is_danger(words)


def _took(deed: Callable[[], object], times: int) -> float:
    deed()
    best = min(_timed(deed) for _ in range(times))
    return round(best * 1000, 3)


def _timed(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def _targets(figures: dict[str, Any]) -> dict[str, dict[str, Any]]:
    speed, reached, danger = figures["speed_ms"], figures["anchors"], figures["danger"]
    stated = {
        "macro_f1_all": (figures["all"]["macro_f1"], TARGET, True),
        "macro_f1_held": (figures["held"]["macro_f1"], TARGET, True),
        "below_sure_all": (figures["all"]["below_sure"], UNSURE_MOST, False),
        "ms_model_100_characters": (speed["model_100_characters"], TYPICAL_MILLISECONDS, False),
        "ms_model_longest_text": (speed["model_longest_text"], MILLISECONDS, False),
        "ms_suggest_99_of_100": (speed["suggest_99_of_100"], MILLISECONDS, False),
        "danger_recall": (danger["recall"], RECALL, True),
        "danger_false_alarms": (danger["false_alarms"], FALSE_ALARMS, False),
        "anchor_macro_f1": (reached["macro_f1"], anchors.MACRO_F1, True),
        "anchor_top_2": (reached["top_2"], anchors.TOP_2, True),
        "anchor_routed_at_95": (reached["routed_at_95"], anchors.ROUTED, True),
    }
    return {
        name: {"reached": reached, "target": target, "met": reached >= target if more else reached <= target}
        for name, (reached, target, more) in stated.items()
    }
