"""For each unit its people whom a service missed: who they are, why, and the next step.

Nobody who wants quiet, no service that is told in private, and only people of the asker's own units.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from baiying.engine.rules import judge
from baiying.engine.services import Service
from baiying.engine.services.facts import FactWord
from baiying.kit import door, log, moment
from baiying.kit.door import Asker
from baiying.kit.errors import Unseen
from baiying.members import queries as members
from baiying.services import access
from baiying.services.models import Missed, Standing
from baiying.services.queries.few import few
from baiying.services.queries.rulebook import Rules, current
from baiying.services.words import ERRAND, Result, Step

AT_ONCE = 50
OFF_THE_LIST = (Result.ASKED, Result.NOT_WANTED, Result.HAS_IT)


@dataclass(frozen=True)
class ServiceLine:
    """One service in the units of the asker: whom it should reach, whom it reached, of whom it is not known."""

    service: Service
    entitled: int
    served: int
    unknown: int
    waiting: int

    @property
    def coverage(self) -> float | None:
        return self.served / self.entitled if self.entitled else None


@dataclass(frozen=True)
class MissedPerson:
    """One person whom the service missed. ``missing``: what is not known of her; ``last``: what was done last."""

    person: UUID
    name: str
    unit: UUID | None
    sure: bool
    missing: tuple[FactWord, ...]
    last: Missed | None

    @property
    def step(self) -> Step:
        """What to do next: who is surely entitled is told, and visited when that was no use; else papers are looked
        for with her."""
        if not self.sure:
            return Step.PAPERS
        return Step.TELL if self.last is None else Step.VISIT


def lines(asker: Asker) -> list[ServiceLine]:
    """Every service that missed somebody in the asker's units, the one that missed most first."""
    rules = current()
    with door.open(asker):
        rows = list(_rows(rules, asker).values_list("person_id", "yes", "unknown", "served"))
        done = _last_results(asker)
    packed = ([row[1] for row in rows], [row[2] for row in rows], [row[3] for row in rows])
    yes, unknown, served = (_flags(one, len(rules.services)) for one in packed)
    waits = (yes | unknown) & ~served
    places = {row[0]: n for n, row in enumerate(rows)}
    for (person, key), last in done.items():
        bit = rules.bit(key)
        if bit is not None and person in places and last.result in OFF_THE_LIST:
            waits[places[person], bit] = False
    counted = zip(
        rules.services,
        *(flags.sum(axis=0).tolist() for flags in (yes, yes & served, unknown & ~yes, waits)),
        strict=True,
    )
    found = [ServiceLine(rules.held.services[key], *numbers) for key, *numbers in counted]
    return sorted(
        (one for one in found if one.entitled or one.unknown),
        key=lambda one: (-one.waiting, one.service.order, one.service.key),
    )


def _flags(packed: Sequence[bytes | memoryview], services: int) -> NDArray[np.bool_]:
    """Packed rows as a table of flags: a row a person, a column a service."""
    size = -(-services // 8)
    told = np.frombuffer(b"".join(bytes(one)[:size].ljust(size, b"\0") for one in packed), np.uint8)
    bits = np.unpackbits(told.reshape(len(packed), size), axis=1, bitorder="little")
    return bits[:, :services].astype(bool)


def people(asker: Asker, key: str) -> list[MissedPerson]:
    """Whom one service missed in the asker's units, the certain ones first. That it was looked at is logged.

    Raises Unseen for a service that is told in private or is not there.
    """
    rules = current()
    bit = rules.bit(key)
    if bit is None:
        raise Unseen
    with door.open(asker):
        done = _last_results(asker)
        rows = [row for row in _rows(rules, asker) if _waits(row, bit, done.get((row.person_id, key)))]
    rows = sorted(rows, key=lambda row: (not _has(row.yes, bit), str(row.person_id)))[:AT_ONCE]
    with door.errand(ERRAND):
        names = members.people_by_id(row.person_id for row in rows)
        for unit in sorted({row.unit_id for row in rows if row.unit_id}):
            log.write("services.unserved_seen", unit, asker.name)
        missing = _missing(rules, key, [row.person_id for row in rows if not _has(row.yes, bit)])
        return [
            MissedPerson(
                row.person_id,
                names[row.person_id].name,
                row.unit_id,
                _has(row.yes, bit),
                missing.get(row.person_id, ()),
                done.get((row.person_id, key)),
            )
            for row in rows
            if row.person_id in names
        ]


def one_of(asker: Asker, person_id: UUID, key: str) -> Standing:
    """The standing of somebody whom the asker may help to a service. Raises Unseen."""
    rules = current()
    with door.open(asker):
        row = next((row for row in _rows(rules, asker) if row.person_id == person_id), None)
    if row is None or rules.bit(key) is None:
        raise Unseen
    return row


def _rows(rules: Rules, asker: Asker) -> QuerySet[Standing]:
    """The people of the asker's units who may be spoken to, as they stand under the rulebook in force."""
    return access.standings(asker.units).filter(rulebook=rules.version, quiet=False)


def _has(packed: bytes | memoryview, bit: int) -> bool:
    return bool(int.from_bytes(bytes(packed), "little") >> bit & 1)


def _waits(row: Standing, bit: int, last: Missed | None) -> bool:
    """Whether somebody should still go to her about this service."""
    if _has(row.served, bit) or (last is not None and last.result in OFF_THE_LIST):
        return False
    return _has(row.yes, bit) or _has(row.unknown, bit)


def _last_results(asker: Asker) -> Mapping[tuple[UUID, str], Missed]:
    """What was done last for each person and service."""
    found: dict[tuple[UUID, str], Missed] = {}
    for unit in asker.units:
        for row in access.missed(unit):
            found.setdefault((row.person_id, row.service), row)
    return found


def _missing(rules: Rules, key: str, who: Collection[UUID]) -> dict[UUID, tuple[FactWord, ...]]:
    """What is not known of each that would settle the answer; never what is known."""
    if not who:
        return {}
    today, words, rule = moment.today(), rules.held.facts, rules.held.rules[key]
    return {
        one.who: tuple(words[name] for name in judge(rule, one.facts, rules.held.lines, today).missing if name in words)
        for one in few(rules, today, who)
    }
