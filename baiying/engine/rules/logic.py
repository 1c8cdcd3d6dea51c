"""Three-valued conditions over one person's facts: True, False, or None for not known.

`any` is yes if one is yes, `all` is no if one is no, `none` is the reverse of `any`; otherwise what is not known wins.
A fact nobody told, a line nobody filled and a comparison that makes no sense (a text with a number) are not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Final

from baiying.engine.rules.comparing import compare, compare_share
from baiying.engine.rules.judgement import NOTHING, Open
from baiying.engine.rules.language import (
    BAND,
    NUMBER_MOST,
    ROUND_OPEN,
    Band,
    Condition,
    Facts,
    Group,
    Ref,
    Rule,
    Test,
    Value,
)
from baiying.engine.rules.lines import Lines, LineValue, value_on

NO_BAND: Final = ""  # among the bands that one can be in


class Person:
    """What is known of one person on one day, while she is judged by one rule after another."""

    __slots__ = ("bands", "facts", "lines", "names", "on", "own", "told", "values")

    def __init__(self, facts: Facts, lines: Lines, on: date) -> None:
        self.facts = {name: told for name, told in facts.items() if type(told) is not int or abs(told) <= NUMBER_MOST}
        self.lines, self.on = lines, on
        self.values: dict[str, LineValue | None] = {}
        self.own = _own(self.facts)
        self.told: Facts = self.facts
        self.bands: tuple[Band, ...] = ()
        self.names: tuple[str, ...] = (NO_BAND,)  # of the bands that she can be in

    def take(self, rule: Rule) -> None:
        """Turn to this rule: what is told of this very rule goes before what is told in general; her band in it."""
        self.told = {**self.facts, **self.own[rule.id]} if rule.id in self.own else self.facts
        self.bands = rule.bands
        self.names = possible(rule.bands, self) if rule.bands else (NO_BAND,)

    def fact(self, name: str) -> Value | None:
        """What is known of a fact, by the rule at hand."""
        return self.told.get(name)

    def line(self, name: str) -> LineValue | None:
        """The value of a line today."""
        if name not in self.values:
            self.values[name] = value_on(self.lines, name, self.on)
        return self.values[name]


def _own(facts: Facts) -> dict[str, dict[str, Value]]:
    """What is told of one rule alone (`used.times_year:union.gym.booking`), by the rule."""
    found: dict[str, dict[str, Value]] = {}
    for name, told in facts.items():
        fact, colon, rule = name.partition(":")
        if colon and told is not None and (fact.startswith("used.") or fact == ROUND_OPEN):
            found.setdefault(rule, {})[fact] = told
    return found


def holds(condition: Condition, person: Person) -> bool | None:
    """Whether it holds for this person."""
    if isinstance(condition, Test):
        return _test(condition, person)
    how = condition.how
    if how == "all":
        return all_hold(condition.of, person)
    known = True
    for one in condition.of:
        value = holds(one, person)
        if value:
            return how == "any"
        known = known and value is not None
    return (how == "none") if known else None


def all_hold(conditions: Sequence[Condition], person: Person) -> bool | None:
    """Whether every one of them holds."""
    known = True
    for one in conditions:
        value = holds(one, person)
        if value is False:
            return False
        known = known and value is not None
    return True if known else None


def opened(conditions: Sequence[Condition], person: Person) -> Open:
    """What would settle those of these conditions that are not known; each name once, in the order written."""
    if len(conditions) == 1:
        only = conditions[0]
        if isinstance(only, Test) and not only.of and only.fact != BAND and not isinstance(only.value, Ref):
            return NOTHING if holds(only, person) is not None else of_fact(only.fact)
    facts: dict[str, None] = {}
    lines: dict[str, None] = {}
    _open(conditions, person, facts, lines)
    return Open(tuple(facts), tuple(lines)) if facts or lines else NOTHING


@cache
def of_fact(name: str) -> Open:
    """One fact alone that nobody told."""
    return Open((name,))


def together(opens: Iterable[Open]) -> Open:
    """The names of all of them, each once."""
    held = [one for one in opens if one is not NOTHING]
    if len(held) < 2:
        return held[0] if held else NOTHING
    facts = dict.fromkeys(name for one in held for name in one.facts)
    return Open(tuple(facts), tuple(dict.fromkeys(name for one in held for name in one.lines)))


def possible(bands: Sequence[Band], person: Person) -> tuple[str, ...]:
    """The bands that this person can be in, as far as is known; NO_BAND: none of them."""
    found = []
    for band in bands:
        value = all_hold(band.when, person)
        if value is not False:
            found.append(band.name)
        if value:
            return tuple(found)
    return (*found, NO_BAND)


def band_open(person: Person) -> Open:
    """What would settle her band; nothing when it is known."""
    facts: dict[str, None] = {}
    lines: dict[str, None] = {}
    _open_band(person, facts, lines)
    return Open(tuple(facts), tuple(lines)) if facts or lines else NOTHING


def _open_band(person: Person, facts: dict[str, None], lines: dict[str, None]) -> None:
    for band in person.bands:
        if len(person.names) > 1 and band.name in person.names:
            _open(band.when, person, facts, lines)


def _open(conditions: Iterable[Condition], person: Person, facts: dict[str, None], lines: dict[str, None]) -> None:
    for condition in conditions:
        if holds(condition, person) is not None:
            continue
        if isinstance(condition, Group):
            _open(condition.of, person, facts, lines)
            continue
        if condition.fact == BAND:
            _open_band(person, facts, lines)
            continue
        if isinstance(condition.value, Ref) and person.line(condition.value.name) is None:
            lines[condition.value.name] = None  # whatever she told, nobody could compare it: she is not asked
            continue
        names = (condition.fact, condition.of) if condition.of else (condition.fact,)
        untold = [name for name in names if person.fact(name) is None]
        facts.update(dict.fromkeys(untold or names))


def _test(test: Test, person: Person) -> bool | None:
    if test.fact == BAND:
        return _band(test, person.names)
    fact = person.told.get(test.fact)
    if fact is None:
        return None
    value: object = test.value
    if isinstance(value, Ref):
        value = person.line(value.name)
        if value is None:
            return None
    if test.of:
        return compare_share(test.op, fact, person.fact(test.of), value)
    return compare(test.op, fact, value, test.unit, person.on)


def _band(test: Test, bands: tuple[str, ...]) -> bool | None:
    """Yes when every band she can be in is one of them, no when none is."""
    wanted = test.value if isinstance(test.value, frozenset) else (test.value,)
    inside = [name in wanted for name in bands]
    return True if all(inside) else None if any(inside) else False
