"""What a drawing of a district stands on: its outline and the points that the operator entered. Files, no tables."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings

Point = tuple[float, float]
"""Longitude and latitude in degrees."""


@dataclass(frozen=True)
class Ground:
    """One district as far as it is known. `sketch`: the points were set roughly, and a drawing must say so.

    `streets` by 12-digit code, `places` by name. All of it may be empty: then there is nothing to draw to scale.
    """

    outline: tuple[Point, ...] = ()
    streets: Mapping[str, Point] = field(default_factory=dict)
    places: Mapping[str, Point] = field(default_factory=dict)
    sketch: bool = True


def ground(district: str) -> Ground:
    """The ground of a district (six digits): ``territory/outlines.toml`` and ``territory/points_CODE.toml``."""
    return _read(Path(settings.BAIYING_CATALOGUE) / "territory", district)


@lru_cache(maxsize=32)
def _read(folder: Path, district: str) -> Ground:
    outlines = _table(folder / "outlines.toml").get("outline", {})
    points = _table(folder / f"points_{district}.toml")
    return Ground(
        outline=tuple((float(east), float(north)) for east, north in outlines.get(district, ())),
        streets=_points(points.get("street", {})), places=_points(points.get("place", {})),
        sketch=bool(points.get("sketch", not points)),
    )


def _table(path: Path) -> dict[str, dict[str, list[list[float]]]]:
    """A file's content; none when there is no such file. A broken file draws nothing: the list beside it says all."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _points(told: Mapping[str, object]) -> dict[str, Point]:
    """The points that are two numbers; what is none is left out."""
    return {name: (float(pair[0]), float(pair[1])) for name, pair in told.items()
            if isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, int | float) for one in pair)}
