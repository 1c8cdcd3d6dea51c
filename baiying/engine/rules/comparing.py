"""One known fact against one known value: True, False, or None where the comparison makes no sense."""

from __future__ import annotations

from datetime import date

from baiying.engine.rules.days import latest_start, recent
from baiying.engine.rules.language import Share, Span


def compare(op: str, fact: object, value: object, unit: str, on: date) -> bool | None:
    """Whether it is so on this day. `unit`: years or months, where the fact is a time since a date."""
    if op == "is":
        return fact == value if type(fact) is type(value) else None
    if op == "in":
        return fact in value if isinstance(fact, str) and isinstance(value, frozenset) else None
    if op == "any_of" or op == "has":
        if not (isinstance(fact, frozenset) and isinstance(value, frozenset)):
            return None
        return not fact.isdisjoint(value) if op == "any_of" else fact >= value
    if op == "within":
        if not (type(fact) is date and isinstance(value, Span)):
            return None
        first, last = recent(on, value.length, value.unit)
        return first <= fact.toordinal() <= last
    if type(fact) is date and unit:
        return _since(op, fact, value, unit, on)
    if type(fact) is not int and type(fact) is not date:
        return None
    if op == "between":
        ends = value if isinstance(value, tuple) else ()
        if len(ends) != 2 or type(ends[0]) is not type(fact) or type(ends[1]) is not type(fact):
            return None
        return bool(ends[0] <= fact <= ends[1])  # type: ignore[operator]
    if type(value) is not type(fact):
        return None
    return _ordered(op, fact, value)


def compare_share(op: str, part: object, whole: object, share: object) -> bool | None:
    """Whether a part of a whole is such a share of it. Of nothing, and more of it than there is, is not known."""
    if type(part) is not int or type(whole) is not int or not isinstance(share, Share):
        return None
    if not 0 <= part <= whole or whole == 0:
        return None
    return _ordered(op, part * share.whole, whole * share.part)


def _ordered(op: str, left: object, right: object) -> bool | None:
    if op == "at_least":
        return bool(left >= right)  # type: ignore[operator]
    if op == "below":
        return bool(left < right)  # type: ignore[operator]
    if op == "above":
        return bool(left > right)  # type: ignore[operator]
    return bool(left <= right) if op == "at_most" else None  # type: ignore[operator]


def _since(op: str, start: date, value: object, unit: str, on: date) -> bool | None:
    """So many whole years or months since the start. A start that is still to come makes no sense."""
    if start > on:
        return None
    day = start.toordinal()
    if op == "between":
        if not (isinstance(value, tuple) and type(value[0]) is int and type(value[1]) is int):
            return None
        return latest_start(on, value[1] + 1, unit) < day <= latest_start(on, value[0], unit)
    if type(value) is not int:
        return None
    if op == "at_least":
        return day <= latest_start(on, value, unit)
    if op == "below":
        return day > latest_start(on, value, unit)
    if op == "above":
        return day <= latest_start(on, value + 1, unit)
    return day > latest_start(on, value + 1, unit) if op == "at_most" else None
