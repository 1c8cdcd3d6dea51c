"""Whom to call in another district: the line of each federation, from ``territory/doors.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class DistrictDoor:
    """A telephone line that answers in the caller's own area."""

    number: str
    name: str
    name_en: str


def district_doors() -> Mapping[str, DistrictDoor]:
    """The line of each federation by organisation; none where the file is missing or broken."""
    return _read(Path(settings.BAIYING_CATALOGUE) / "territory" / "doors.toml")


@lru_cache(maxsize=4)
def _read(path: Path) -> Mapping[str, DistrictDoor]:
    try:
        doors = tomllib.loads(path.read_text(encoding="utf-8")).get("door", {})
        return {key: DistrictDoor(one["number"], one["name"], one["name_en"]) for key, one in doors.items()}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
