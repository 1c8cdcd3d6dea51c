"""What a change of rules is shown as before it comes into force: counts with the small ones hidden, and why it needs a
second person. Whoever reads it, the same numbers are hidden: two readers cannot put theirs together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from baiying.catalogue.promised import Promised
from baiying.engine.cells import Split, Told, tell_alone, tell_parts
from baiying.engine.cells.suppression import may_be_told
from baiying.engine.rules import Lines, Share, value_on
from baiying.network import queries as network
from baiying.services.queries.simulating import Change, Compared, Place, alike, compare

ALL, STAY, GAIN, LOSE = "all", "stay", "gain", "lose"
SPLITS = (Split(ALL, (STAY, GAIN, LOSE)),)
MEASURES = ("publish.gain", "publish.lose", "publish.everybody", "publish.money")
STREET_SIGNS = 9
#: Why a change needs a second person.
EVERYBODY, NOBODY, MONEY, UNCOUNTED, MEASURE = "everybody", "nobody", "money", "uncounted", "measure"


@dataclass(frozen=True)
class Preview:
    """What is shown and kept of a change. ``why``: (service, reason) for each that needs a second person; the service
    is empty where the measures themselves change."""

    told: Mapping[str, Any]
    why: tuple[tuple[str, str], ...]


def preview(old: Promised, new: Promised, on: date, others: bool = False) -> Preview:
    """Compare two catalogues and say what may be told of it. ``others``: who may approve is another one too."""
    found = compare(old, new, on)
    why = [(one.service.key, reason) for one in found.changes for reason in reasons(one, found, old.lines)]
    if found.people and (others or not all(alike(old.lines, new.lines, name) for name in MEASURES)):
        why.insert(0, ("", MEASURE))
    streets = _streets({unit for one in found.changes for unit in one.units})
    told = {
        "on": found.on.isoformat(),
        "people": found.people,
        "changes": [_told(one, streets, [what for key, what in why if key == one.service.key])
                    for one in found.changes],
    }  # fmt: skip
    return Preview(told, tuple(why))


def reasons(change: Change, compared: Compared, lines: Lines) -> list[str]:
    """Why a second person must agree; none where hardly anybody is touched, or nobody is there yet.

    By the lines in force. One that nobody filled, or past its day, allows nothing.
    """
    people, found = compared.people, []
    if not people or not change.moved and not change.money.more:
        return []
    if not change.counted:
        return [UNCOUNTED]
    if change.all.gain > _part(lines, "publish.gain", people, compared.on):
        found.append(GAIN)
    if change.all.lose > _part(lines, "publish.lose", change.before, compared.on):
        found.append(LOSE)
    if change.how != "removed":
        if change.after >= max(_part(lines, "publish.everybody", people, compared.on), 1) and change.moved:
            found.append(EVERYBODY)
        if not change.after and change.moved:
            found.append(NOBODY)
    most = value_on(lines, "publish.money", compared.on)
    if change.money.more > (most if isinstance(most, int) else 0):
        found.append(MONEY)
    return found


def _part(lines: Lines, name: str, of: int, on: date) -> float:
    """So many of these people, by a line; none where it is not known."""
    value = value_on(lines, name, on)
    return float(of * value.fraction) if isinstance(value, Share) else 0.0


def _streets(units: set[bytes]) -> dict[bytes, str]:
    """The street of each unit by the first nine digits of its area; empty: a member nowhere."""
    ids = {unit: UUID(bytes=unit) for unit in units}
    found = network.units_by_id(ids.values())
    return {unit: found[one].area_id[:STREET_SIGNS] if one in found else "" for unit, one in ids.items()}


def _told(change: Change, streets: Mapping[bytes, str], why: list[str]) -> dict[str, Any]:
    rows: dict[str, Place] = {}
    for unit, place in change.units.items():
        rows[streets[unit]] = rows.get(streets[unit], Place()) + place
    total = tell_alone(_counts(change.all), SPLITS, ALL)
    parts = tell_parts(total, {code: _counts(place) for code, place in rows.items()}, SPLITS, ALL) if rows else {}
    open_ = total[STAY] is not None and total[GAIN] is not None and total[LOSE] is not None
    return {
        "service": change.service.key,
        "how": change.how,
        "counted": change.counted,
        "moved": change.moved,
        "why": why,
        "total": _row(total),
        "unknown": _apart(change.unknown_before, change.unknown_after),
        "money": _money(change) if open_ else None,
        "streets": [[code, _row(told)] for code, told in sorted(parts.items())],
    }


def _counts(place: Place) -> dict[str, int]:
    return {ALL: place.any, STAY: place.stay, GAIN: place.gain, LOSE: place.lose}


def _row(told: Told) -> dict[str, int | None]:
    """With how many it was and how many it would be, where both parts may be told."""
    stay, gain, lose = told[STAY], told[GAIN], told[LOSE]
    return {
        GAIN: gain,
        LOSE: lose,
        "before": None if stay is None or lose is None else stay + lose,
        "after": None if stay is None or gain is None else stay + gain,
    }


def _money(change: Change) -> dict[str, int | None]:
    one = change.money
    return {
        "before": one.before,
        "after": one.after,
        "unsure_before": one.unsure_before,
        "unsure_after": one.unsure_after,
        "by_hand": _hidden(one.by_hand),
    }


def _apart(before: int, after: int) -> list[int | None]:
    """Two counts side by side; the second is hidden too where the step between them would point at a few."""
    step = _hidden(abs(after - before))
    return [_hidden(before), _hidden(after) if step is not None else None]


def _hidden(count: int) -> int | None:
    return count if may_be_told(count) else None
