"""Drawing the district and a street: points in, places of marks out. The list beside a drawing says the same.

A drawing is to scale only as far as points were entered (network.ground); what has none is laid out evenly, and the
page calls it 示意图.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from baiying.network.queries import Ground

WIDTH, EDGE = 360, 22
STREET_RADIUS, DOT = 17, 14
# What a thumb may hit around a mark: on a phone 360 px wide a drawing is about 298 px wide, so this is 44 px across.
REACH = 27
Point = tuple[float, float]


@dataclass(frozen=True)
class Mark:
    """One thing to press on a drawing. `reach`: how far around its middle a press counts, half-way to its neighbour."""

    x: float
    y: float
    radius: int
    shown: str
    name: str
    href: str
    here: bool = False
    reach: float = REACH

    @property
    def below(self) -> float:
        """Where its name is written."""
        return self.y + self.radius + 13

    @property
    def written(self) -> str:
        """The name as it is written on the drawing: 八角街道 is 八角 there."""
        return self.name.removesuffix("街道") or self.name


@dataclass(frozen=True)
class Drawing:
    """A drawing's parts. `outline` is the shape of the district, empty where none is known; `sketch` must be told."""

    marks: tuple[Mark, ...]
    height: int
    outline: str = ""
    sketch: bool = True
    width: int = WIDTH


@dataclass(frozen=True)
class Spot:
    """What is to be drawn: a street or a place, its point where it has one."""

    key: str
    shown: str
    name: str
    href: str
    here: bool = False


class Frame:
    """From degrees to the drawing: north up, the outline filling the width, equal lengths in both directions."""

    def __init__(self, corners: Sequence[Point]) -> None:
        self.west, self.east = min(x for x, _y in corners), max(x for x, _y in corners)
        self.south, self.north = min(y for _x, y in corners), max(y for _x, y in corners)
        self.narrow = math.cos(math.radians((self.south + self.north) / 2))
        self.scale = (WIDTH - 2 * EDGE) / max((self.east - self.west) * self.narrow, 1e-6)
        self.height = round((self.north - self.south) * self.scale) + 2 * EDGE

    def at(self, point: Point) -> Point:
        return (round(EDGE + (point[0] - self.west) * self.narrow * self.scale, 1),
                round(EDGE + (self.north - point[1]) * self.scale, 1))


def of_district(ground: Ground, spots: Sequence[Spot]) -> Drawing:
    """The streets of a district inside its outline; in rows where their points are not known."""
    known = {code: point for code, point in ground.streets.items() if code in {spot.key for spot in spots}}
    if not ground.outline or len(known) < len(spots):
        return _rows(spots)
    frame = Frame(ground.outline)
    path = "M" + " L".join("{} {}".format(*frame.at(corner)) for corner in ground.outline) + "Z"
    marks = _apart([_mark(spot, frame.at(known[spot.key]), STREET_RADIUS) for spot in spots])
    return Drawing(marks, frame.height, path, ground.sketch)


def of_street(points: Mapping[str, Point], spots: Sequence[Spot], sketch: bool) -> Drawing:
    """The places of a street: by their points where every one has one, else in even rows, wide enough for a thumb."""
    if len(spots) > 1 and all(spot.key in points for spot in spots):
        frame = Frame([points[spot.key] for spot in spots])
        return Drawing(_apart([_mark(spot, frame.at(points[spot.key]), DOT) for spot in spots]), frame.height,
                       sketch=sketch)
    row, step = int((WIDTH - 2 * REACH) / (2 * REACH)) + 1, 2 * REACH + 2
    first = (WIDTH - (min(len(spots), row) - 1) * step) / 2
    marks = tuple(_mark(spot, (first + step * (n % row), EDGE + DOT + step * (n // row)), DOT)
                  for n, spot in enumerate(spots))
    return Drawing(marks, 2 * (EDGE + DOT) + step * ((max(len(spots), 1) - 1) // row))


def _rows(spots: Sequence[Spot]) -> Drawing:
    """Three in a row, in the order of the list: no geography is claimed."""
    slot = WIDTH / 3
    marks = tuple(_mark(spot, (round(slot * (n % 3) + slot / 2, 1), 40 + 84 * (n // 3)), STREET_RADIUS)
                  for n, spot in enumerate(spots))
    return Drawing(marks, 84 * math.ceil(len(spots) / 3) + 8)


def _mark(spot: Spot, at: Point, radius: int) -> Mark:
    return Mark(at[0], at[1], radius, spot.shown, spot.name, spot.href, spot.here)


def _apart(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """The same marks; where two lie near each other, each is pressed up to the middle between them."""
    def at(one: Mark) -> Point:
        return one.x, one.y

    def reach(one: Mark) -> float:
        near = min((math.dist(at(one), at(other)) for other in marks if other is not one), default=WIDTH)
        return round(max(min(REACH, near / 2), one.radius), 1)

    return tuple(replace(one, reach=reach(one)) for one in marks)
