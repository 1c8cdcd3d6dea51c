"""Reference values (`@dibao`): dated, with the authority that set them, looked up by day.

A line that nobody filled, or whose validity is over, is not known: it gives "ask a person", never zero. A multiple of a
line (`of`, `times`) lives with the line, not in the rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from baiying.engine.rules.language import Share

#: A number, money in fen, a share, a list of choices, or a table: the row by its keys in order.
LineValue = int | Share | frozenset[str] | Mapping[tuple[str, ...], int]
KINDS = ("number", "money", "share", "list", "table")


@dataclass(frozen=True, slots=True)
class Dated:
    """One value with the days on which it holds, both in; `until` None: until another is set."""

    value: LineValue
    since: date
    until: date | None = None
    basis: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One reference value through time. `of`, `times`: so many times another line, which then has the dates."""

    name: str
    kind: str
    label: str = ""
    label_en: str = ""
    authority: str = ""
    authority_en: str = ""
    values: tuple[Dated, ...] = ()
    of: str = ""
    times: Share | None = None
    keys: tuple[str, ...] = field(default=())  # of a table: what each key of a row is


Lines = Mapping[str, Line]


def dated(lines: Lines, name: str, on: date) -> Dated | None:
    """What holds on this day with its source, or None: nobody filled it, or its validity is over."""
    line = lines.get(name)
    if line is None:
        return None
    if line.of:
        base = dated(lines, line.of, on)
        if base is None or line.times is None or not isinstance(base.value, int):
            return None
        return Dated(line.times.of(base.value), base.since, base.until, base.basis, base.grade)
    held = [one for one in line.values if one.since <= on and (one.until is None or on <= one.until)]
    return max(held, key=lambda one: one.since, default=None)


def value_on(lines: Lines, name: str, on: date) -> LineValue | None:
    """The value of a line on a day, or None when it is not known."""
    found = dated(lines, name, on)
    return None if found is None else found.value
