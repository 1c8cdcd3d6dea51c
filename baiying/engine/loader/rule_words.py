"""The words of a rule, one by one: each of its type, or a fault at its place. Reading and judging are one pass here,
since what a word may be depends on facts and lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from baiying.engine.loader.faults import Fault, nearest
from baiying.engine.loader.places import Path
from baiying.engine.loader.reading import Source, Table
from baiying.engine.loader.sense import texts
from baiying.engine.loader.structure import BASIS
from baiying.engine.rules.facts import Fact, FactNames
from baiying.engine.rules.language import NUMBER_MOST, Ref, Share, Span
from baiying.engine.rules.lines import Line

SHARE_MOST = 10_000  # the largest denominator: sums stay within 64 bits
SPAN_MOST = 100  # years
_PART = re.compile(r"([1-9]\d{0,4})/([1-9]\d{0,4})", re.ASCII)
_SPAN = re.compile(r"([1-9]\d{0,4}) (day|month|year)s?", re.ASCII)
_CALENDAR = {"this year": Span(0, "this_year"), "last year": Span(0, "last_year")}
_DAYS = {"day": 1, "month": 31, "year": 366}
_WANTED = {bool: ("true 或 false", "true or false"), int: ("整数", "a whole number"), str: ("文字", "a text"),
           date: ("日期", "a date"), list: ("列表", "a list"), dict: ("表", "a table")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What a rule may name. None where it is not looked at."""

    facts: FactNames
    lines: Mapping[str, Line] = field(default_factory=dict)
    sources: Collection[str] | None = None
    grades: Collection[str] | None = None
    services: Collection[str] | None = None


class Words:
    """Reads the words of one file and gathers what is wrong with them."""

    def __init__(self, source: Source, known: Known) -> None:
        self.source, self.known = source, known
        self.faults: list[Fault] = []
        self.asked: list[tuple[Path, str]] = []  # facts `ask.` that the rule looks at

    def say(self, path: Path, code: str, nearest: str = "", **words: object) -> None:
        self.faults.append(self.source.fault(path, code, nearest, **words))

    def block(
        self, value: object, path: Path, words: Collection[str], called: str, needed: Collection[str] = ()
    ) -> Table:
        """A table with no other words than these; an empty one when it is none."""
        table = self.typed(value, dict, path) or {}
        for key in table:
            if key not in words:
                self.say((*path, key), "no_word", nearest(key, words), word=key, block=called)
        for key in needed:
            if key not in table and isinstance(value, dict):
                self.say(path, "missing", word=key)
        return table

    def many(self, value: object, path: Path, most: int = 40) -> list[tuple[Path, Any]]:
        """The members of a list, each with its place."""
        found = [] if value is None else self.typed(value, list, path) or []
        if len(found) > most:
            self.say(path, "too_long", size=len(found), most=most)
        return [((*path, number), one) for number, one in enumerate(found[:most])]

    def typed(self, value: Any, kind: type, path: Path) -> Any:
        """The value if it is of this type; None, and a fault, if not."""
        odd = isinstance(value, datetime) or (kind is int and isinstance(value, bool))
        if isinstance(value, kind) and not odd:
            return value
        zh, en = _WANTED[kind]
        self.say(path, "wrong_type", wanted=en, wanted_zh=zh, found=type(value).__name__)
        return None

    def text(self, table: Table, key: str, path: Path, most: int = 200, choices: Collection[str] = ()) -> str:
        value = table.get(key)
        if value is None:
            return ""
        held = self.typed(value, str, (*path, key))
        if held is None:
            return ""
        if not held.strip():
            self.say((*path, key), "empty")
        elif len(held) > most:
            self.say((*path, key), "too_long", size=len(held), most=most)
        elif choices and held not in choices:
            self.say((*path, key), "no_choice", nearest(held, choices), value=held[:40], choices=", ".join(choices))
        return str(held)

    def number(self, table: Table, key: str, path: Path, least: int = 0, most: int = NUMBER_MOST) -> int:
        value = table.get(key)
        held = None if value is None else self.typed(value, int, (*path, key))
        if held is not None and not least <= held <= most:
            self.say((*path, key), "out_of_range", value=held, least=least, most=most)
        return held or 0

    def day(self, table: Table, key: str, path: Path) -> date | None:
        value = table.get(key)
        held: date | None = None if value is None else self.typed(value, date, (*path, key))
        return held

    def yes(self, table: Table, key: str, path: Path) -> bool:
        return bool(key in table and self.typed(table[key], bool, (*path, key)))

    def basis(self, table: Table, path: Path) -> str:
        """One source or several, with their articles; joined as they are shown."""
        value = table.get("basis")
        if value is None:
            return ""
        said = [one for part in texts(value) for one in part.split("; ")]
        if not said or not isinstance(value, str | list):
            self.typed(value, str, (*path, "basis"))
        for one in said:
            found = BASIS.fullmatch(one)
            self.named("source", found["key"] if found else one, self.known.sources, (*path, "basis"))
        return "; ".join(said)

    def grade(self, table: Table, path: Path) -> str:
        held = self.text(table, "grade", path)
        if held:
            self.named("grade", held, self.known.grades, (*path, "grade"))
        return held

    def named(self, kind: str, name: str, known: Collection[str] | None, path: Path) -> bool:
        """Whether something of this name exists; a fault if not."""
        if known is None or name in known:
            return True
        zh = {"source": "依据", "grade": "等级", "fact": "事实", "line": "标准", "service": "服务"}[kind]
        self.say(path, "unknown", nearest(name, known), name=name[:60], kind=kind, kind_zh=zh)
        return False

    def fact(self, name: object, path: Path, types: Collection[str] = ()) -> Fact | None:
        """The fact of this name, when there is one and its type is among these."""
        held = self.typed(name, str, path)
        if held is None or not self.named("fact", held, self.known.facts, path):
            return None
        if held.startswith("ask."):
            self.asked.append((path, held))
        fact = self.known.facts[held]
        if types and fact.type not in types:
            self.say(path, "fact_type", fact=held, type=fact.type, types=", ".join(types))
            return None
        return fact

    def line(self, value: str, path: Path, kinds: Collection[str]) -> Ref | None:
        """A reference value, written with @, of one of these kinds."""
        name = value.removeprefix("@")
        if not self.named("line", name, self.known.lines, path):
            return None
        kind = self.known.lines[name].kind
        if kind not in kinds:
            self.say(path, "line_kind", name=name, kind=kind, wanted=", ".join(kinds))
            return None
        return Ref(name)

    def fen(self, table: Table, key: str, path: Path, kinds: Collection[str] = ("money", "number")) -> int | Ref | None:
        """A number of fen, or a line that is one."""
        value = table.get(key)
        if isinstance(value, str) and value.startswith("@"):
            return self.line(value, (*path, key), kinds)
        return None if value is None else self.number(table, key, path)

    def share(self, value: object, path: Path, line: bool = False) -> Share | Ref | None:
        """A share: 0.06, 1, "1/3", or a line that is one."""
        if line and isinstance(value, str) and value.startswith("@"):
            return self.line(value, path, ("share",))
        found = share_of(value)
        if found is None:
            self.say(path, "no_part", value=str(value)[:40])
        return found


def share_of(value: object) -> Share | None:
    """The share that a value of TOML means, exactly; None when it means none."""
    if isinstance(value, str):
        said = _PART.fullmatch(value)
        part = Fraction(int(said[1]), int(said[2])) if said else None
    elif isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= SHARE_MOST:
        part = Fraction(repr(value))
    else:
        part = None
    if part is None or not 0 < part <= SHARE_MOST or part.denominator > SHARE_MOST:
        return None
    return Share(part.numerator, part.denominator) if part.numerator <= SHARE_MOST else None


def span_of(value: object) -> Span | None:
    """The time back from today that a text means."""
    if not isinstance(value, str):
        return None
    if value in _CALENDAR:
        return _CALENDAR[value]
    said = _SPAN.fullmatch(value)
    if said is None or int(said[1]) * _DAYS[said[2]] > SPAN_MOST * _DAYS["year"]:
        return None
    return Span(int(said[1]), f"{said[2]}s")
