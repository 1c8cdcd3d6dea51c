"""How much: each item in fen with its instalments, or what is missing to reckon it; never a guess instead, nor zero."""

from __future__ import annotations

from collections.abc import Mapping

from baiying.engine.rules.judgement import NOTHING, Open, Payment, Sum
from baiying.engine.rules.language import NUMBER_MOST, Amount, Limit, Ref, Rule, Share
from baiying.engine.rules.limits import used, used_fact
from baiying.engine.rules.logic import Person, all_hold, opened, together

ITEM = "amount."  # before the name of an item that another amount is a share of


def sums(rule: Rule, person: Person) -> tuple[Sum, ...]:
    """What each item comes to for this person."""
    found: dict[str, Sum] = {}
    closed: set[str] = set()  # items of which an amount holds, or may hold
    for amount in rule.amounts:
        if amount.item in closed or (amount.since is not None and person.on < amount.since):
            continue
        holds = all_hold(amount.when, person)
        if holds is False:
            continue
        closed.add(amount.item)
        if holds is None:
            found[amount.item] = Sum(amount, None, opened(amount.when, person))
        else:
            found[amount.item] = _reckoned(amount, person, found)
    # A limit is used up in the order in which items are first written, whichever of their alternatives held.
    every = [found[item] for item in dict.fromkeys(one.item for one in rule.amounts) if item in found]
    for limit in rule.limits:
        if limit.most and not limit.not_with:
            every = _capped(limit, person, every)
    return tuple([_in_parts(one) if one.amount.paid else one for one in every])


class _Reader:
    """Numbers on the way to one sum; what was missing gathers in `facts` and `lines`."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.facts: list[str] = []
        self.lines: list[str] = []

    def fact(self, name: str) -> int | None:
        told = self.person.fact(name)
        if type(told) is int:
            return told
        self.facts.append(name)
        return None

    def fen(self, value: int | Ref) -> int | None:
        if isinstance(value, int):
            return value
        held = self.person.line(value.name)
        if type(held) is int:
            return held
        self.lines.append(value.name)
        return None

    def share(self, value: Share | Ref) -> Share | None:
        held = self.person.line(value.name) if isinstance(value, Ref) else value
        if isinstance(held, Share):
            return held
        if isinstance(value, Ref):
            self.lines.append(value.name)
        return None

    def row(self, amount: Amount) -> int | None:
        """The row of a table that her facts name."""
        assert isinstance(amount.value, Ref)
        told = [self.person.fact(name) for name in amount.row]
        self.facts += [name for name, one in zip(amount.row, told, strict=True) if type(one) not in (str, int)]
        held = self.person.line(amount.value.name)
        table = held if isinstance(held, Mapping) else {}
        found = None if self.facts else table.get(tuple(str(one) for one in told))
        if not table or (found is None and not self.facts):
            self.lines.append(amount.value.name)
        return found

    @property
    def open(self) -> Open:
        return Open(tuple(dict.fromkeys(self.facts)), tuple(dict.fromkeys(self.lines)))


def _reckoned(amount: Amount, person: Person, before: Mapping[str, Sum]) -> Sum:
    if amount.until is not None and person.on > amount.until:
        return Sum(amount, None)
    if type(amount.value) is int and not amount.each:
        return Sum(amount, amount.value)
    reader = _Reader(person)
    if amount.share is not None:
        fen = _part(amount, reader, before)
    elif amount.row:
        fen = _times(amount, reader.row(amount), reader)
    else:
        fen = _times(amount, reader.fen(amount.value) if amount.value is not None else 0, reader)
    if isinstance(fen, Open):
        return Sum(amount, None, fen)
    if fen is None:
        return Sum(amount, None, reader.open)
    return Sum(amount, fen)


def _times(amount: Amount, base: int | None, reader: _Reader) -> int | None:
    """The value for each unit: less those skipped, at most so many."""
    if not amount.each:
        return base
    told = reader.fact(amount.each)
    if told is None or base is None:
        return None
    units = max(0, told - amount.skip)
    fen = base * (min(units, amount.most_each) if amount.most_each else units)
    if fen <= NUMBER_MOST:
        return fen
    reader.facts.append(amount.each)  # nobody's number of days
    return None


def _part(amount: Amount, reader: _Reader, before: Mapping[str, Sum]) -> int | Open | None:
    """The share of a bill, between floor and cap. Of nothing above the threshold there is no floor."""
    if amount.of.startswith(ITEM):
        other = before.get(amount.of.removeprefix(ITEM))
        if other is None:
            return 0
        if other.fen is None:
            return other.open
        whole: int | None = other.fen
    else:
        whole = reader.fact(amount.of)
    share, over, least = reader.share(amount.share or Share(1, 1)), reader.fen(amount.over), reader.fen(amount.least)
    most = None if amount.most is None else reader.fen(amount.most)
    if whole is None or share is None or over is None or least is None or (amount.most is not None and most is None):
        return None
    if whole <= over:
        return 0
    fen = max(least, share.of(whole - over))
    return fen if most is None else min(fen, most)


def _capped(limit: Limit, person: Person, found: list[Sum]) -> list[Sum]:
    """What is left under a limit of money, item by item as written. What she pays herself uses nothing up."""
    holds = all_hold(limit.when, person)
    if holds is False:
        return found
    so_far = used(limit, person)
    left = max(0, limit.most - (so_far or 0))
    open_ = opened(limit.when, person) if holds is None else NOTHING
    if so_far is None:
        open_ = together([open_, Open((used_fact(limit),))])
    capped = []
    for one in found:
        if one.amount.hers or one.fen is None or one.fen == 0:
            capped.append(one)
        elif open_ is not NOTHING:
            capped.append(Sum(one.amount, None, open_))
        else:
            capped.append(Sum(one.amount, min(one.fen, left), one.open))
            left -= min(one.fen, left)
    return capped


def _in_parts(one: Sum) -> Sum:
    """With its instalments; the last one takes the fen that rounding left."""
    paid = one.amount.paid
    if one.fen is None:
        return one
    payments, rest = [], one.fen
    for part in paid[:-1]:
        fen = min(rest, part.share.of(one.fen))
        payments.append(Payment(fen, part))
        rest -= fen
    payments.append(Payment(rest, paid[-1]))
    return Sum(one.amount, one.fen, one.open, tuple(payments))
