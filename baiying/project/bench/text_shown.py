"""The figures of `bench text` as tables that people read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baiying.engine.text import GROUPS

WHOLE = {
    "macro_f1": "macro-F1 labour, family, other",
    "macro_f1_with_distress": "macro-F1 with distress",
    "accuracy": "accuracy",
    "below_sure": "below 0.6: three are offered",
    "coverage_at_95": "covered at 95 % precision",
    "calibration_error": "calibration error",
    "messages": "messages",
}
HALVES = (("all", "both halves"), ("seen", "looked at"), ("held", "held back"))


def tables(figures: dict[str, Any]) -> str:
    """All figures, one table after the other; the last one says which target is met."""
    parts = (_groups, _confusion, _reliability, _sets, _speed, _anchors, _danger, _targets)
    return "\n\n".join("\n".join(part(figures)) for part in parts)


def _groups(figures: dict[str, Any]) -> Iterator[str]:
    yield f"{'groups, on messages that trained nothing':42}" + "".join(f"{name:>12}" for _, name in HALVES)
    for group in GROUPS:
        yield f"  F1 {group:37}" + "".join(f"{figures[half]['f1'][group]:>12}" for half, _ in HALVES)
    for key, name in WHOLE.items():
        yield f"  {name:40}" + "".join(f"{figures[half][key]:>12}" for half, _ in HALVES)


def _confusion(figures: dict[str, Any]) -> Iterator[str]:
    yield f"{'label (down) taken for (across)':42}" + "".join(f"{name:>12}" for name in GROUPS)
    for name, row in zip(GROUPS, figures["all"]["confusion"], strict=True):
        yield f"  {name:40}" + "".join(f"{count:>12}" for count in row)


def _reliability(figures: dict[str, Any]) -> Iterator[str]:
    yield f"{'how sure':42}" + "".join(f"{name:>12}" for name in ("messages", "said", "was right"))
    for one in figures["all"]["reliability"]:
        yield f"  from {one['from']:<35}" + "".join(f"{one[key]:>12}" for key in ("messages", "confidence", "right"))


def _sets(figures: dict[str, Any]) -> Iterator[str]:
    heads = ("messages", "accuracy", "labour_f1", "below_sure")
    yield f"{'set':42}" + "".join(f"{name:>12}" for name in heads)
    for name, one in figures["sets"].items():
        yield f"  {name:40}" + "".join(f"{one[key]:>12}" for key in heads)


def _speed(figures: dict[str, Any]) -> Iterator[str]:
    yield "milliseconds a message, best of many"
    for name, took in figures["speed_ms"].items():
        yield f"  {name:40}{took:>12}"


def _anchors(figures: dict[str, Any]) -> Iterator[str]:
    yield "anchors: seven classes of tipdm2020c, learned at run time"
    for name, value in figures["anchors"].items():
        yield f"  {name:40}{value:>12}"


def _danger(figures: dict[str, Any]) -> Iterator[str]:
    yield "words of danger, on 300 sentences of our own"
    for name, value in figures["danger"].items():
        yield f"  {name:40}{value:>12}"


def _targets(figures: dict[str, Any]) -> Iterator[str]:
    yield f"{'target':42}" + "".join(f"{name:>12}" for name in ("reached", "target", "met"))
    for name, one in figures["targets"].items():
        yield f"  {name:40}{one['reached']:>12}{one['target']:>12}{'yes' if one['met'] else 'NO':>12}"
