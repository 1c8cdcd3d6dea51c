"""The generated past of the demo: counts by unit, matter and month. No person stands behind any of them."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from baiying.boards.queries import months_until
from baiying.engine.flow import Matter
from baiying.kit.chance import bytes_for
from baiying.network.models import Level, Unit

PROTECTED = "P3"
_FILE = Path(__file__).with_name("past.toml")

Row = tuple[UUID | None, str, date, dict[str, int]]


def generate(units: list[Unit], matters: dict[str, Matter], weights: dict[UUID, float], until: date) -> Iterator[Row]:
    """The rows of the months before ``until`` for the matters that are loaded; always the same on one installation.
    A protected matter's rows name no unit and are its district's alone.

    ``weights`` says how much of what comes in each unit has (its communities).
    """
    told: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    for line in told["matter"]:
        matter = matters.get(line["key"])
        if matter is None:
            continue
        answering = [unit for unit in units if unit.organisation == matter.org]
        for month in months_until(until, told["months"]):
            chance = random.Random(bytes_for(f"{line['key']}:{month}", "demo past", 16))
            yield from _month(chance, told, line, month, answering, weights, matter.privacy == PROTECTED)


def _month(
    chance: random.Random,
    told: dict[str, Any],
    line: dict[str, Any],
    month: date,
    units: list[Unit],
    weights: dict[UUID, float],
    protected: bool,
) -> Iterator[Row]:
    received = round(line["a_month"] * chance.uniform(1 - told["swing"], 1 + told["swing"]))
    streets = sum(weights[unit.id] for unit in units if unit.level == Level.STREET)
    district = told["district_share"] * streets / (1 - told["district_share"])
    shares = [district if unit.level == Level.DISTRICT else weights[unit.id] for unit in units]
    counts = dict.fromkeys((unit.id for unit in units), 0)
    for unit in chance.choices(units, shares, k=received):
        counts[unit.id] += 1
    if protected:
        yield None, line["key"], month, _counts(chance, told, received)
        return
    for unit_id, count in counts.items():
        if count:
            yield unit_id, line["key"], month, _counts(chance, told, count)


def _counts(chance: random.Random, told: dict[str, Any], received: int) -> dict[str, int]:
    def some(of: int, part: float) -> int:
        return sum(chance.random() < part for _ in range(of))

    ended = some(received, told["ended"])
    answered = received - ended
    said = some(answered, told["turnout"])
    solved = some(said, told["solved"])
    partly = some(said - solved, told["partly"] / (1 - told["solved"]))
    contact_said = some(said, told["contact_said"])
    contacted = some(contact_said, told["contacted_in_time"])
    return {
        "waiting": 0,
        "ended": ended,
        "unrated": answered - said,
        "within_30_days": 0,
        "solved": solved,
        "partly": partly,
        "not_solved": said - solved - partly,
        "returned": some(received, told["returned"]),
        "in_time": some(answered, told["answered_in_time"]),
        "reopened": some(answered, told["reopened"]),
        "contacted": contacted,
        "not_contacted": contact_said - contacted,
    }
