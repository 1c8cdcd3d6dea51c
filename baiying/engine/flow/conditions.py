"""Three-valued conditions: yes, no, not known yet.

A comparison looks at one fact. `any` is yes if one is yes, `all` is no if one is no, `none` is the reverse of `any`;
otherwise what is not known wins. A fact that is absent or None is not known, and so is a comparison that makes no
sense (a text with a number): a rule never guesses, and it never fails.

A comparison with `of` looks at the share that one number is of another: "two thirds of all delegates are present" is
`Comparison("ask.present", "at_least", "2/3", of="ask.delegates")`. It is reckoned in whole numbers, never in decimals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Facts = Mapping[str, object]
COMPARISONS = ("is", "in", "any_of", "has", "at_least", "at_most", "above")
SHARES = ("at_least", "at_most", "above")  # how a share can be compared
PART = re.compile(r"(?P<part>[1-9][0-9]{0,3})/(?P<whole>[1-9][0-9]{0,3})", re.ASCII)
GROUPS = ("any", "all", "none")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One fact against one value. `how` is a word of COMPARISONS.

    `of`: the fact of which the first one is a part; the value then is a share like "2/3".
    """

    fact: str
    how: str
    value: object
    of: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Several conditions under one of the words of GROUPS."""

    how: str
    of: tuple[Condition, ...]


Condition = Comparison | Group


def holds(condition: Condition, facts: Facts) -> bool | None:
    """True, False, or None for not known yet."""
    if isinstance(condition, Comparison):
        if condition.of:
            return _share(condition.how, facts.get(condition.fact), facts.get(condition.of), condition.value)
        return _compare(condition.how, facts.get(condition.fact), condition.value)
    values = [holds(one, facts) for one in condition.of]
    if condition.how == "all":
        return _all(values)
    one = _any(values)
    if condition.how == "any":
        return one
    return None if one is None else not one


def all_hold(conditions: Iterable[Condition], facts: Facts) -> bool | None:
    """Whether every one of a `when` list holds."""
    return _all([holds(one, facts) for one in conditions])


def unknown_facts(conditions: Iterable[Condition], facts: Facts) -> tuple[str, ...]:
    """The facts that keep these conditions from an answer, each once, in the order written."""
    names: dict[str, None] = {}
    for condition in conditions:
        if holds(condition, facts) is not None:
            continue
        if isinstance(condition, Group):
            inner = unknown_facts(condition.of, facts)
        else:
            inner = tuple(one for one in facts_in(condition) if facts.get(one) is None) or facts_in(condition)
        names.update(dict.fromkeys(inner))
    return tuple(names)


def facts_in(condition: Condition) -> tuple[str, ...]:
    """Every fact that a condition looks at."""
    if isinstance(condition, Comparison):
        return (condition.fact, condition.of) if condition.of else (condition.fact,)
    return tuple(name for one in condition.of for name in facts_in(one))


def _all(values: Sequence[bool | None]) -> bool | None:
    if False in values:
        return False
    return None if None in values else True


def _any(values: Sequence[bool | None]) -> bool | None:
    if True in values:
        return True
    return None if None in values else False


def _compare(how: str, fact: object, value: object) -> bool | None:
    if fact is None:
        return None
    if how == "is":
        return _same(fact, value)
    if how in SHARES:
        if not (_is_number(fact) and _is_number(value)):
            return None
        assert isinstance(fact, int | float) and isinstance(value, int | float)
        return _is_so(how, fact, value)
    wanted = _many(value)
    if how == "in":
        return any(_same(fact, one) for one in wanted)
    held = _many(fact)
    shared = [any(_same(one, other) for other in held) for one in wanted]
    return any(shared) if how == "any_of" else all(shared)


def _share(how: str, part: object, whole: object, share: object) -> bool | None:
    """Whether a part of a whole is such a share of it. Of nothing, and more than the whole, is no share: not known."""
    said = PART.fullmatch(share) if isinstance(share, str) else None
    if said is None or not (isinstance(part, int) and isinstance(whole, int)):
        return None
    if isinstance(part, bool) or isinstance(whole, bool) or not 0 <= part <= whole or whole == 0:
        return None
    return _is_so(how, part * int(said["whole"]), whole * int(said["part"]))


def _is_so(how: str, left: float, right: float) -> bool:
    if how == "above":
        return left > right
    return left >= right if how == "at_least" else left <= right


def _same(left: object, right: object) -> bool:
    # In Python True == 1: a yes is not the number one.
    return isinstance(left, bool) == isinstance(right, bool) and left == right


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _many(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list | tuple | set | frozenset) else (value,)
