"""For each unit its people whom a service missed: who they are, why, and the next step.

Nobody who wants quiet, no service that is told in private, and only people of the asker's own units.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from baiying.engine.rules import judge
from baiying.engine.services import Service
from baiying.engine.services.facts import FactWord
from baiying.kit import door, log, moment
from baiying.kit.door import Asker
from baiying.kit.errors import Unseen
from baiying.members import queries as members
from baiying.services import access
from baiying.services.models import Missed, Standing
from baiying.services.queries import knowing
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
        rows = list(_rows(rules, asker))
        done = _last_results(asker)
    found = []
    for bit, key in enumerate(rules.services):
        yes = [row for row in rows if _has(row.yes, bit)]
        served = sum(_has(row.served, bit) for row in yes)
        open_ = [row for row in rows if _has(row.unknown, bit) and not _has(row.yes, bit)]
        waiting = sum(_waits(row, bit, done.get((row.person_id, key))) for row in rows)
        found.append(ServiceLine(rules.held.services[key], len(yes), served, len(open_), waiting))
    return sorted(
        (one for one in found if one.entitled or one.unknown),
        key=lambda one: (-one.waiting, one.service.order, one.service.key),
    )


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
        return [
            MissedPerson(
                row.person_id,
                names[row.person_id].name,
                row.unit_id,
                _has(row.yes, bit),
                () if _has(row.yes, bit) else _missing(rules, key, row.person_id),
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


def _rows(rules: Rules, asker: Asker) -> Iterable[Standing]:
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


def _missing(rules: Rules, key: str, person_id: UUID) -> tuple[FactWord, ...]:
    """What is not known of somebody that would settle the answer; never what is known."""
    today, words = moment.today(), rules.held.facts
    facts = knowing.known(words, rules.facts, person_id, today, with_sealed=False)
    rule = rules.held.rules[key]
    return tuple(words[name] for name in judge(rule, facts, rules.held.lines, today).missing if name in words)
