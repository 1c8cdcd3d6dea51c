"""After a new catalogue has come into force: standing answers follow, and only what changed is reckoned anew.

The bits of services whose rule, facts and lines are the same are carried over to their new places; those of the others
are reckoned for everybody from the facts that these rules alone read. Only rows whose bits differ are written; the rest
are told under which rulebook they stand now, by one statement. The nightly sweep proves the result.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from baiying.catalogue.promised import Promised
from baiying.engine.rules import sweep
from baiying.kit import moment
from baiying.services import access
from baiying.services.actions import covering, standing, sweeping
from baiying.services.actions.rows import Stand, upsert
from baiying.services.models import Cover, Rulebook
from baiying.services.queries.columns import NO_UNIT, people
from baiying.services.queries.rulebook import Rules, current, facts_read, rules_of
from baiying.services.queries.simulating import same_answers

AT_ONCE = 20_000
ONE = np.uint64(1)
Bits = NDArray[np.uint64]


@dataclass(frozen=True)
class Followed:
    """What was done: the services that were reckoned anew, whose rows were written, and how many people there are.
    ``whole``: nothing could be carried over, so everybody was swept."""

    services: tuple[str, ...]
    written: int
    people: int
    whole: bool = False


def follow(district: str, before: Promised | None) -> Followed | None:
    """Bring everybody's standing under the rulebook in force; nothing where nobody was ever swept, or nothing changed.

    ``before``: what was promised until now. Inside the errand's door, in the transaction of the new edition.
    """
    was, rules, on = access.rulebook(), current(), moment.today()
    if was is None or was.id == rules.version:
        return None
    old = rules_of(before) if before else None
    if old is None or old.version != was.id or was.swept_for != on:
        standing.sweep_all(district)
        return Followed(rules.services, was.people, was.people, whole=True)
    return _carried(was, old, rules, on)


def _carried(was: Rulebook, old: Rules, rules: Rules, on: date) -> Followed:
    held = sweeping.standing(old)
    changed = tuple(key for key in rules.services if key not in old.services or not _same(old, rules, key))
    new = _placed(held, old, rules, changed)
    _reckon(new, rules, changed, on)
    differing = _differing(held, new, old.services == rules.services)
    for start in range(0, len(differing), AT_ONCE):
        upsert(rules.version, on, [_row(new, int(n)) for n in differing[start : start + AT_ONCE]])
    _restamp(old.version, rules.version)
    gone = [key for key in old.services if key not in rules.services]
    _recount(new, rules, changed, gone)
    Rulebook.objects.update_or_create(
        id=rules.version,
        defaults={"services": list(rules.services), "at": moment.now(), "swept_at": moment.now(), "swept_for": on,
                  "people": was.people, "drifted": 0},
    )  # fmt: skip
    return Followed(changed, len(differing), len(held.who))


def _same(old: Rules, rules: Rules, key: str) -> bool:
    return same_answers(old.held, rules.held, key)


def _placed(held: sweeping.All, old: Rules, rules: Rules, changed: tuple[str, ...]) -> sweeping.All:
    """What stands, with the bits of each service in their new places, and none for those reckoned anew."""
    words = sweeping.words(rules)
    yes, unknown, served = (np.zeros((len(held.who), words), np.uint64) for _ in range(3))
    for to, key in enumerate(rules.services):
        if key not in old.services:
            continue
        come = old.services.index(key)
        _put(served, to, _get(held.served, come))
        if key not in changed:
            _put(yes, to, _get(held.yes, come))
            _put(unknown, to, _get(held.unknown, come))
    return dataclasses.replace(held, yes=yes, unknown=unknown, served=served)


def _reckon(new: sweeping.All, rules: Rules, changed: tuple[str, ...], on: date) -> None:
    """Judge everybody by the changed rules alone, and put their bits in."""
    if not changed or not len(new.who):
        return
    some = tuple(rule for rule in rules.rules if rule.id in changed)
    names = tuple(sorted({name for rule in some for name in facts_read(rule) if name in rules.held.types}))
    found = people(Rules(rules.version, some, names, rules.held), on)
    swept = sweep(some, found.columns, found.count, rules.held.lines, on)
    _, here, there = np.intersect1d(new.who.view("S16"), found.who.view("S16"), return_indices=True)
    marks: dict[str, list[bytes]] = {key: [] for key in changed}
    for service, who in access.marked(changed).values_list("service", "person_id"):
        marks[service].append(who.bytes)
    for come, rule in enumerate(some):
        to = rules.services.index(rule.id)
        for bits, judged in ((new.yes, swept.yes), (new.unknown, swept.unknown)):
            whole = np.zeros(len(new.who), bool)
            whole[here] = _get(judged, come)[there]
            _put(bits, to, whole)
        _put(new.served, to, np.isin(new.who.view("S16"), np.array(marks[rule.id], "S16")))


def _get(bits: Bits, place: int) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (bits[:, place // 64] >> np.uint64(place % 64) & ONE).astype(bool)
    return found


def _put(bits: Bits, place: int, whose: NDArray[np.bool_]) -> None:
    word, bit = place // 64, ONE << np.uint64(place % 64)
    bits[:, word] = np.where(whose, bits[:, word] | bit, bits[:, word] & ~bit)


def _differing(held: sweeping.All, new: sweeping.All, same_places: bool) -> NDArray[np.int64]:
    """The rows to write: those whose bits are others, or all where bits stand in other places now."""
    if not same_places:
        return np.arange(len(new.who))
    others = np.zeros(len(new.who), bool)
    for name in sweeping.BITS:
        others |= (getattr(held, name) != getattr(new, name)).any(axis=1)
    return np.flatnonzero(others)


def _row(new: sweeping.All, n: int) -> Stand:
    unit = UUID(bytes=new.unit[n].tobytes())
    packed = [getattr(new, name)[n].astype("<u8").tobytes() for name in sweeping.BITS]
    return Stand(UUID(bytes=new.who[n].tobytes()), str(new.district[n] or ""), None if unit == NO_UNIT else unit,
                 bool(new.quiet[n]), *packed)  # fmt: skip


def _restamp(old: str, new: str) -> None:
    """Rows whose answers are the same stand under the new rulebook from here on."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE services_standing SET rulebook = %s WHERE rulebook = %s", [new, old])


def _recount(new: sweeping.All, rules: Rules, changed: tuple[str, ...], gone: list[str]) -> None:
    """Count anew the services that changed, by district and unit."""
    Cover.objects.filter(service__in=[*changed, *gone]).delete()
    total: Counter[tuple[covering.Key, str]] = Counter()
    for key in changed:
        place = rules.services.index(key)
        yes, has = _get(new.yes, place), _get(new.served, place)
        kinds = (
            (covering.ENTITLED, yes),
            (covering.SERVED, yes & has),
            (covering.UNKNOWN, _get(new.unknown, place) & ~yes),
        )
        for count, whose in kinds:
            for where, number in _by_place(new, whose):
                total[(*where, key), count] += number
    covering.write({key for key, _ in total}, total)


def _by_place(new: sweeping.All, whose: NDArray[np.bool_]) -> list[tuple[tuple[UUID | None, str], int]]:
    """How many of these people there are, by unit and district."""
    which = np.flatnonzero(whose)
    pairs = np.empty(len(which), [("unit", "S16"), ("district", "<i8")])
    pairs["unit"], pairs["district"] = new.unit.view("S16")[which], new.district[which]
    kinds, counts = np.unique(pairs, return_counts=True)
    return [(_where(kind), int(number)) for kind, number in zip(kinds, counts, strict=True)]


def _where(kind: Any) -> tuple[UUID | None, str]:
    unit = UUID(bytes=bytes(kind["unit"]).ljust(16, b"\0"))
    return (None if unit == NO_UNIT else unit), str(int(kind["district"]) or "")
