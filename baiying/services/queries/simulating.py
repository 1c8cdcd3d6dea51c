"""Whom a change of rules would gain and lose, reckoned on the real register without touching a row.

Everybody is judged by the rules in force and by the changed ones, on the same day, from facts read once. The
transaction is read-only, so the database itself would refuse a write. What is sealed is not opened for it: of a service
that is told in private nobody is counted (`Change.counted`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from baiying.catalogue import facts as registry
from baiying.catalogue.promised import Promised
from baiying.engine.rules import Dated, Line, Lines, Ref, Rule, Share
from baiying.engine.rules.simulating import Simulated, simulate
from baiying.engine.services import UNSURE, Service
from baiying.engine.services.deciding import deciding
from baiying.engine.services.facts import FactWord
from baiying.kit import door
from baiying.kit.errors import Unseen
from baiying.services.queries.columns import People, people
from baiying.services.queries.rulebook import NOT_OF_A_PERSON, Rules, conditions_read, is_quiet
from baiying.services.words import ERRAND

Bools = NDArray[np.bool_]
Part = TypeVar("Part", FactWord, Line)
NEW, REMOVED, CHANGED = "new", "removed", "changed"


@dataclass(frozen=True)
class Money:
    """Fen, if everybody who is entitled took it once. ``unsure``: the part that only weak sources tell (grades C and
    K), promised to nobody; ``by_hand``: people whose sum a person must reckon."""

    before: int = 0
    after: int = 0
    unsure_before: int = 0
    unsure_after: int = 0
    by_hand: int = 0

    @property
    def more(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class Place:
    """People of one unit: entitled before and after, only after, only before."""

    stay: int = 0
    gain: int = 0
    lose: int = 0

    def __add__(self, other: Place) -> Place:
        return Place(self.stay + other.stay, self.gain + other.gain, self.lose + other.lose)

    @property
    def any(self) -> int:
        return self.stay + self.gain + self.lose


@dataclass(frozen=True)
class Change:
    """One service whose rule is another one. ``units``: by the id of a unit, as bytes (noughts: a member nowhere)."""

    service: Service
    how: str
    counted: bool
    units: Mapping[bytes, Place] = field(default_factory=dict)
    unknown_before: int = 0
    unknown_after: int = 0
    moved: bool = True
    money: Money = Money()

    @property
    def all(self) -> Place:
        return sum(self.units.values(), Place())

    @property
    def before(self) -> int:
        return self.all.stay + self.all.lose

    @property
    def after(self) -> int:
        return self.all.stay + self.all.gain


@dataclass(frozen=True)
class Compared:
    """Two catalogues on one day: how many people the register has, and every service that differs."""

    on: date
    people: int
    changes: tuple[Change, ...]


def compare(old: Promised, new: Promised, on: date) -> Compared:
    """What would change for whom. Opens the errand's door itself; nothing can be written behind it."""
    differing = [key for key in {**old.services, **new.services} if _differs(old, new, key, on)]
    with reading():
        before, after = _everybody(old, new, differing, on)
        changes = (_change(old, new, key, before, after, on) for key in differing)
        return Compared(on, before.count, tuple(sorted(changes, key=lambda one: (one.service.order, one.service.key))))


@contextmanager
def reading() -> Iterator[None]:
    """The whole register, in a transaction in which nothing can be written."""
    with door.errand(ERRAND), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        yield


def what_if(held: Promised, name: str, value: int | Share) -> Promised:
    """The same catalogue with one line at another value, for ever. Raises Unseen for a line that is not there."""
    line = held.lines.get(name)
    if line is None or (line.kind == "share") != isinstance(value, Share) or line.kind in ("list", "table"):
        raise Unseen
    other = dataclasses.replace(line, values=(Dated(value, date.min),), of="", times=None)
    return dataclasses.replace(held, lines={**held.lines, name: other})


def same_answers(old: Promised, new: Promised, key: str) -> bool:
    """Whether a service is judged alike by both, whoever asks: the same rule on the same facts and lines, whatever
    they are called and wherever they are told."""
    mine, theirs = old.rules.get(key), new.rules.get(key)
    if mine is None or theirs is None or deciding(mine) != deciding(theirs):
        return mine is theirs
    facts = conditions_read(theirs)
    if any(not alike(old.facts, new.facts, name) or _spelt(old, name) != _spelt(new, name) for name in facts):
        return False
    if any(not alike(old.lines, new.lines, name) for name in lines_read(theirs, new.lines)):
        return False
    return is_quiet(old.services[key], mine, old) == is_quiet(new.services[key], theirs, new)


def alike(old: Mapping[str, Part], new: Mapping[str, Part], name: str) -> bool:
    """Whether a fact or a line of this name decides alike in both."""
    mine, theirs = old.get(name), new.get(name)
    return mine == theirs or (mine is not None and theirs is not None and deciding(mine) == deciding(theirs))


def lines_read(rule: object, lines: Lines) -> frozenset[str]:
    """The lines that anything in a rule looks up, and those they are multiples of."""
    found: set[str] = set()
    queue = {one.name for one in _refs(rule)}
    while queue:
        name = queue.pop()
        found.add(name)
        above = lines[name].of if name in lines else ""
        queue |= {above} - found - {""}
    return frozenset(found)


def _refs(part: object) -> Iterator[Ref]:
    if isinstance(part, Ref):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _refs(one)
    elif dataclasses.is_dataclass(part) and not isinstance(part, type | Line):
        for one in dataclasses.fields(part):
            yield from _refs(getattr(part, one.name))


def _spelt(held: Promised, name: str) -> str:
    return registry.expression_of(name, dict(held.facts)) if name in held.types else ""


def _live(held: Promised, key: str, on: date) -> tuple[Service, Rule] | None:
    """A service that people can have on this day, with its rule."""
    service, rule = held.services.get(key), held.rules.get(key)
    return (service, rule) if service is not None and rule is not None and service.in_force(on) else None


def _differs(old: Promised, new: Promised, key: str, on: date) -> bool:
    if (_live(old, key, on) is None) != (_live(new, key, on) is None):
        return True
    return _live(new, key, on) is not None and not (
        same_answers(old, new, key) and old.services[key].kind == new.services[key].kind
    )


def _counts(held: Promised, key: str, on: date) -> bool:
    """Whether people can be counted for it: it is for a person, on her own behalf, and nothing sealed is read."""
    live = _live(held, key, on)
    if live is None:
        return True  # nobody has it, which is known
    service, rule = live
    return service.kind not in NOT_OF_A_PERSON and "self" in rule.subjects and not is_quiet(service, rule, held)


@dataclass(frozen=True)
class _Side:
    """Everybody with the facts that one of the two catalogues asks."""

    held: Promised
    facts: People
    order: NDArray[np.int64]

    @property
    def count(self) -> int:
        return len(self.order)

    def units(self) -> NDArray[Any]:
        return self.facts.unit[self.order].view("S16")

    def judged(self, key: str, on: date) -> Simulated | None:
        """What it gives to whom, or nothing where nobody can have it."""
        live = _live(self.held, key, on)
        if live is None:
            return None
        return simulate(live[1], self.facts.columns, self.facts.count, self.held.lines, on)


def _everybody(old: Promised, new: Promised, keys: Iterable[str], on: date) -> tuple[_Side, _Side]:
    """The same people on both sides, in the same order; read once where both mean the same by every fact."""
    keys = list(keys)
    asked = {side: _rules(held, keys, on) for side, held in (("old", old), ("new", new))}
    names = {name for rules in asked.values() for name in rules.facts}
    if all(_same_fact(old.facts.get(name), new.facts.get(name)) for name in names):
        both = {**old.facts, **new.facts}
        held = dataclasses.replace(new, facts=both)
        found = people(dataclasses.replace(asked["new"], facts=tuple(sorted(names)), held=held), on)
        whole = np.arange(found.count)
        return _Side(old, found, whole), _Side(new, found, whole)
    mine, theirs = people(asked["old"], on), people(asked["new"], on)
    _, here, there = np.intersect1d(mine.who.view("S16"), theirs.who.view("S16"), return_indices=True)
    return _Side(old, mine, here), _Side(new, theirs, there)


def _same_fact(mine: FactWord | None, theirs: FactWord | None) -> bool:
    return mine is None or theirs is None or deciding(mine) == deciding(theirs)


def _rules(held: Promised, keys: Iterable[str], on: date) -> Rules:
    """The rules under these keys that people can be counted for, with the facts that they read."""
    rules = [live[1] for key in keys if _counts(held, key, on) and (live := _live(held, key, on)) is not None]
    names = {name for rule in rules for name in conditions_read(rule) if name in held.types}
    return Rules("", tuple(rules), tuple(sorted(names)), held)


def _change(old: Promised, new: Promised, key: str, before: _Side, after: _Side, on: date) -> Change:
    mine, theirs = _live(old, key, on), _live(new, key, on)
    how = NEW if mine is None else REMOVED if theirs is None else CHANGED
    service = new.services[key] if theirs else old.services[key]
    if not (_counts(old, key, on) and _counts(new, key, on)):
        return Change(service, how, counted=False)
    was, is_ = before.judged(key, on), after.judged(key, on)
    nobody = np.zeros(before.count, bool)
    yes = [side.yes[one.order] if side else nobody for side, one in ((was, before), (is_, after))]
    open_ = [side.unknown[one.order] if side else nobody for side, one in ((was, before), (is_, after))]
    return Change(
        service,
        how,
        counted=True,
        units=_by_unit(after.units(), *yes),
        unknown_before=int(open_[0].sum()),
        unknown_after=int(open_[1].sum()),
        moved=bool((yes[0] != yes[1]).any() or (open_[0] != open_[1]).any()),
        money=_money(was, is_, mine, theirs),
    )


def _by_unit(units: NDArray[Any], yes: Bools, then: Bools) -> dict[bytes, Place]:
    keys, code = np.unique(units, return_inverse=True)
    stay, gain, lose = (np.bincount(code[one], minlength=len(keys)) for one in (yes & then, ~yes & then, yes & ~then))
    return {
        bytes(key).ljust(16, b"\0"): Place(int(a), int(b), int(c))
        for key, a, b, c in zip(keys, stay, gain, lose, strict=True)
        if a or b or c
    }


def _money(was: Simulated | None, is_: Simulated | None, mine: tuple[Service, Rule] | None,
           theirs: tuple[Service, Rule] | None) -> Money:  # fmt: skip
    before, unsure_before, _ = _fen(was, mine)
    after, unsure_after, by_hand = _fen(is_, theirs)
    return Money(before, after, unsure_before, unsure_after, by_hand)


def _fen(found: Simulated | None, live: tuple[Service, Rule] | None) -> tuple[int, int, int]:
    """Fen for everybody who is entitled, the part of it that no good source tells, and people reckoned by hand."""
    if found is None or live is None:
        return 0, 0, 0
    service, rule = live
    weak = {one.item for one in rule.amounts if (one.grade or service.grade) in UNSURE}
    whole, unsure, known = 0, 0, np.ones(len(found.yes), bool)
    for item, one in found.sums.items():
        hers = one.holds & ~one.hers & found.yes
        fen = int(one.fen[hers & one.known].sum())
        whole += fen
        unsure += fen if item in weak else 0
        known &= one.known | ~hers
    return whole, unsure, int((found.yes & ~known).sum())
