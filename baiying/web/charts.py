"""Small drawings for figures: numbers in, places out. Each stands beside its table, and draws nothing that it does not
say. A number that is not told leaves a gap, and a rate is drawn with the range in which it may well lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from baiying.engine.cells import Interval

# Room for "100%" in the letters of a phone, where the drawing is shown at half its size.
WIDTH, HEIGHT, LEFT, FOOT, HEAD = 640, 280, 66, 38, 22
STRIP = 200  # width of the small drawing in a row


@dataclass(frozen=True)
class Point:
    """One period: what it is called, and its number (or nothing, where it is not told)."""

    label: str
    count: int | None = None
    share: Interval | None = None


@dataclass(frozen=True)
class Mark:
    """Where one period is drawn: a bar, or a dot with its range."""

    label: str
    label_x: float
    told: bool
    x: float = 0
    wide: float = 0
    y: float = 0
    high: float = 0
    top: float = 0
    bottom: float = 0


@dataclass(frozen=True)
class Chart:
    """A drawing's parts, all as numbers for attributes; nothing in it needs a style."""

    marks: list[Mark]
    lines: list[tuple[float, str]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT

    @property
    def base(self) -> int:
        return HEIGHT - FOOT

    @property
    def label_y(self) -> int:
        return HEIGHT - FOOT + 25


def bars(points: Sequence[Point]) -> Chart:
    """Counts over periods."""
    top = max([point.count or 0 for point in points] + [1])
    step = _round_step(top)
    most = -(-top // step) * step
    slot, labelled = _slots(points)
    return Chart(
        [Mark(point.label if place in labelled else "", _middle(place, slot), point.count is not None,
              x=round(LEFT + place * slot + slot * 0.14, 1), wide=round(slot * 0.72, 1),
              y=_y((point.count or 0) / most), high=round(HEIGHT - FOOT - _y((point.count or 0) / most), 1))
         for place, point in enumerate(points)],
        [(_y(value / most), f"{value:,}") for value in range(0, most + 1, step)],
    )


def ranges(points: Sequence[Point]) -> Chart:
    """Shares over periods, from nought upwards: a dot, and a line from the least to the most that it may well be."""
    slot, labelled = _slots(points)
    highest = max([point.share.high for point in points if point.share] + [0.1])
    top = next(one for one in (0.2, 0.4, 1.0) if one >= highest)
    return Chart(
        [Mark(point.label if place in labelled else "", _middle(place, slot), point.share is not None,
              x=_middle(place, slot), y=_y(point.share.share / top if point.share else 0),
              top=_y(point.share.high / top if point.share else 0),
              bottom=_y(point.share.low / top if point.share else 0))
         for place, point in enumerate(points)],
        [(_y(part / 4), f"{100 * top * part / 4:.0f}%") for part in range(5)],
    )


@dataclass(frozen=True)
class Strip:
    """A share in a row of a table: its range, its dot, and the line of the whole that it is compared with."""

    low: float
    dot: float
    high: float
    whole: float | None
    width: int = STRIP


def strip(share: Interval | None, whole: Interval | None) -> Strip | None:
    """The small drawing of a row; nothing where its share is not told."""
    if share is None:
        return None
    at = [round(6 + one * (STRIP - 12), 1) for one in (share.low, share.share, share.high)]
    return Strip(at[0], at[1], at[2], None if whole is None else round(6 + whole.share * (STRIP - 12), 1))


def _slots(points: Sequence[Point]) -> tuple[float, set[int]]:
    """How wide one period is, and which of them have room for their name: the last one always has."""
    every = max(1, -(-len(points) // 6))
    return (WIDTH - LEFT - 18) / max(len(points), 1), set(range(len(points) - 1, -1, -every))


def _middle(place: int, slot: float) -> float:
    return round(LEFT + place * slot + slot / 2, 1)


def _y(part: float) -> float:
    return round(HEAD + (HEIGHT - FOOT - HEAD) * (1 - part), 1)


def _round_step(top: int) -> int:
    """A step of 1, 2 or 5 times a power of ten that gives at most six lines."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor * 5 >= top:
                return step * factor
        step *= 10
