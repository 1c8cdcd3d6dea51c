"""Small drawings for figures: numbers in, places of bars out. Each stands beside its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from baiying.boards.queries import Month

WIDTH, HEIGHT, LEFT, FOOT, HEAD = 640, 260, 44, 34, 14


@dataclass(frozen=True)
class Bar:
    """One month: a pale bar for what came in, a deep one inside it for what was said to be solved."""

    x: float
    wide: float
    y: float
    high: float
    y_in: float
    high_in: float
    label: str
    label_x: float
    month: date


@dataclass(frozen=True)
class Chart:
    """A drawing's parts, all as numbers for attributes; nothing in it needs a style."""

    bars: list[Bar]
    lines: list[tuple[float, int]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT

    @property
    def base(self) -> int:
        return HEIGHT - FOOT

    @property
    def label_y(self) -> int:
        return HEIGHT - FOOT + 20


def course(months: Sequence[Month]) -> Chart:
    """The course over months. A month whose number is too small to tell has no bar; its table says so."""
    top = max([month.total.received or 0 for month in months] + [1])
    step = _round_step(top)
    most = -(-top // step) * step
    slot = (WIDTH - LEFT - 18) / max(len(months), 1)
    return Chart(
        bars=[_bar(place, month, slot, most) for place, month in enumerate(months)],
        lines=[(round(_y(value, most), 1), value) for value in range(0, most + 1, step)],
    )


def _bar(place: int, month: Month, slot: float, most: int) -> Bar:
    received, solved = month.total.received or 0, month.total.solved or 0
    y, y_in = _y(received, most), _y(solved, most)
    quarter = month.month.month in (1, 4, 7, 10)
    return Bar(
        x=round(LEFT + place * slot + slot * 0.12, 1), wide=round(slot * 0.76, 1),
        y=round(y, 1), high=round(HEIGHT - FOOT - y, 1), y_in=round(y_in, 1), high_in=round(HEIGHT - FOOT - y_in, 1),
        label=f"{month.month:%y}.{month.month.month}" if quarter else "",
        label_x=round(LEFT + place * slot + slot / 2, 1),
        month=month.month,
    )


def _y(value: int, most: int) -> float:
    return HEAD + (HEIGHT - FOOT - HEAD) * (1 - value / most)


def _round_step(top: int) -> int:
    """A step of 1, 2 or 5 times a power of ten that gives at most six lines."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor * 5 >= top:
                return step * factor
        step *= 10
