"""The first look at a file: every word known, every value of its type, every name that is referred to existing."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any

from baiying.engine.clock import Rule
from baiying.engine.flow.conditions import COMPARISONS, GROUPS
from baiying.engine.flow.letters import PLACE, placeholders
from baiying.engine.loader.faults import KINDS, Fault, nearest
from baiying.engine.loader.places import Path
from baiying.engine.loader.reading import Source
from baiying.engine.loader.schema import BLOCKS, FREE_NAMES, NESTING_MOST
from baiying.engine.loader.word import Word

# What may be referred to, by kind of name: {"stage": {"contact", …}, "party": {…}, …}
Names = Mapping[str, Collection[str]]

YEARS_MOST = 50  # a longer limit would lead beyond any calendar, and only when the first case is opened
A_YEAR_OF = {"hour": 8_760, "calendar_day": 365, "working_day": 250, "month": 12, "year": 1}
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
BASIS = re.compile(r"(?P<key>\S+)(?: art\.(?P<articles>[0-9]+(?:, [0-9]+)*))?")

# type of a word -> (Python type, how it is called in Chinese and English)
_TYPES: Mapping[str, tuple[type, str, str]] = {
    "text": (str, "文字", "a text"),
    "mark": (str, "文字", "a text"),
    "name": (str, "文字", "a text"),
    "list": (str, "文字", "a text"),
    "length": (str, "文字", "a text"),
    "basis": (str, "文字", "a text"),
    "template": (str, "文字", "a text"),
    "number": (int, "整数", "a whole number"),
    "yesno": (bool, "true 或 false", "true or false"),
    "date": (date, "日期 (如 2026-01-01)", "a date (like 2026-01-01)"),
    "block": (dict, "表", "a table"),
    "named": (dict, "表", "a table"),
    "lists": (dict, "表", "a table"),
    "blocks": (list, "列表", "a list"),
    "conditions": (list, "列表", "a list"),
    "numbers": (list, "列表", "a list"),
}
_FOUND = {str: "text", bool: "true/false", int: "number", float: "number", dict: "table", list: "list"}


def check(source: Source, block: str, names: Names) -> list[Fault]:
    """All faults of structure of one file whose top is this block."""
    checker = _Checker(source, names)
    checker.block(block, source.table, ())
    return checker.faults


def check_block(source: Source, block: str, table: Mapping[str, Any], path: Path, names: Names) -> list[Fault]:
    """All faults of structure of one table of a file, which stands at this path."""
    checker = _Checker(source, names)
    checker.block(block, table, path)
    return checker.faults


class _Checker:
    def __init__(self, source: Source, names: Names) -> None:
        self.source = source
        self.names = names
        self.faults: list[Fault] = []

    def say(self, path: Path, code: str, nearest: str = "", **words: object) -> None:
        self.faults.append(self.source.fault(path, code, nearest, **words))

    def block(self, block: str, table: Mapping[str, Any], path: Path) -> None:
        words = BLOCKS[block]
        for key in table:
            if key not in words:
                self.say((*path, key), "no_word", nearest(key, words), word=key, block=block)
        for key, word in words.items():
            if key in table:
                self.value(word, table[key], (*path, key))
            elif word.needed:
                self.say(path, "missing", word=key)

    def value(self, word: Word, value: Any, path: Path) -> None:
        if word.type in ("texts", "marks", "sources"):
            self._texts(word, value, path)
        elif word.type == "options":
            self._options(word, value, path)
        elif word.type == "value":
            self._plain(value, path)
        elif word.type == "rule":
            return  # engine.loader.rules judges it
        elif self._typed(word.type, value, path):
            _CHECKS[word.type](self, word, value, path)

    def _typed(self, type_: str, value: Any, path: Path) -> bool:
        python, zh, en = _TYPES[type_]
        if isinstance(value, python) and not (python is int and isinstance(value, bool) or isinstance(value, datetime)):
            return True
        found = _FOUND.get(type(value), type(value).__name__)
        self.say(path, "wrong_type", wanted=en, wanted_zh=zh, found=found)
        return False

    def text(self, word: Word, value: str, path: Path) -> None:
        if not value.strip():
            self.say(path, "empty")
        elif word.most and len(value) > word.most:
            self.say(path, "too_long", size=len(value), most=word.most)
        elif word.choices and value not in word.choices:
            self.say(path, "no_choice", nearest(value, word.choices), value=value[:40], choices=", ".join(word.choices))
        elif word.refers:
            self.reference(word.refers, value, path)

    def reference(self, kind: str, name: str, path: Path) -> None:
        if kind in self.names and name not in self.names[kind]:
            called = {"reopen": "stage"}.get(kind, kind)
            near = nearest(name, self.names[kind])
            self.say(path, "unknown", near, name=name[:60], kind=called, kind_zh=KINDS[called])

    def name(self, word: Word, value: str, path: Path) -> None:
        if not NAME.fullmatch(value):
            self.say(path, "bad_name", name=value[:40])

    def mark(self, word: Word, value: str, path: Path) -> None:
        """A new event: it must not sound like one that something else causes."""
        if value in self.names.get("reserved", ()):
            self.say(path, "built_in", name=value)
        else:
            self.name(word, value, path)

    def list_name(self, word: Word, value: str, path: Path) -> None:
        if not value.startswith("@"):
            self.say(path, "no_list_sign")
        else:
            self.reference("list", value[1:], path)

    def length(self, word: Word, value: str, path: Path) -> None:
        try:
            rule = Rule.parse(value)
        except ValueError:
            self.say(path, "no_length", value=value[:40])
            return
        if rule.length > YEARS_MOST * A_YEAR_OF[rule.unit]:
            self.say(path, "too_far", value=value[:40], most=YEARS_MOST)

    def basis(self, word: Word, value: str, path: Path) -> None:
        found = BASIS.fullmatch(value)
        self.reference("source", found["key"] if found else value, path)

    def template(self, word: Word, value: str, path: Path) -> None:
        """A letter to fill in: every placeholder known, no brace left over."""
        self.text(Word(most=word.most), value, path)
        for name in placeholders(value):
            self.reference("placeholder", name, path)
        if {"{", "}"} & set(PLACE.sub("", value)):
            self.say(path, "odd_brace")

    def number(self, word: Word, value: int, path: Path) -> None:
        if not word.least <= value <= (word.most or value):
            self.say(path, "out_of_range", value=value, least=word.least, most=word.most)

    def numbers(self, word: Word, value: list[Any], path: Path) -> None:
        for number, one in enumerate(value):
            if self._typed("number", one, (*path, number)):
                self.number(word, one, (*path, number))

    def yesno(self, word: Word, value: bool | date, path: Path) -> None:
        """Nothing further to ask of a yes or no, or of a day."""

    def inner(self, word: Word, value: dict[str, Any], path: Path) -> None:
        self.block(word.of, value, path)

    def blocks(self, word: Word, value: list[Any], path: Path) -> None:
        self._count(word, value, path)
        for number, one in enumerate(value):
            if self._typed("block", one, (*path, number)):
                self.block(word.of, one, (*path, number))

    def named(self, word: Word, value: dict[str, Any], path: Path) -> None:
        self._count(word, value, path)
        for key, one in value.items():
            if path[-1] not in FREE_NAMES:
                self.name(Word(), key, (*path, key))
            if word.refers:
                self.reference(word.refers, key, (*path, key))
            if self._typed("block", one, (*path, key)):
                self.block(word.of, one, (*path, key))

    def lists(self, word: Word, value: dict[str, Any], path: Path) -> None:
        """Lists of texts under names of their own."""
        for key, one in value.items():
            self.name(Word(), key, (*path, key))
            self._texts(word, one, (*path, key))

    def conditions(self, word: Word, value: list[Any], path: Path, depth: int = 0) -> None:
        self._count(word, value, path)
        for number, one in enumerate(value):
            here = (*path, number)
            if not self._typed("block", one, here):
                continue
            group = [how for how in GROUPS if how in one]
            if not group:
                self._comparison(one, here)
            elif len(one) > 1:
                self.say(here, "no_comparison")
            elif depth + 1 >= NESTING_MOST:
                self.say(here, "too_deep")
            elif self._typed("conditions", one[group[0]], (*here, group[0])):
                self.conditions(word, one[group[0]], (*here, group[0]), depth + 1)

    def _comparison(self, table: dict[str, Any], path: Path) -> None:
        self.block("condition", table, path)
        if "fact" not in table or sum(how in table for how in COMPARISONS) != 1:
            self.say(path, "no_comparison")

    def _texts(self, word: Word, value: Any, path: Path) -> None:
        """One text, or a list of them: `task = "lead"` and `task = ["asker", "lead"]` are both good."""
        many = isinstance(value, list)
        if many:
            self._count(word, value, path)
        for number, one in enumerate(value if many else [value]):
            here = (*path, number) if many else path
            if self._typed("text", one, here):
                one_word = Word(refers=word.refers, choices=word.choices)
                _ONE_OF_MANY.get(word.type, _Checker.text)(self, one_word, one, here)

    def _options(self, word: Word, value: Any, path: Path) -> None:
        if isinstance(value, str):
            self.list_name(word, value, path)
            return
        if not self._typed("blocks", value, path):
            return
        self.blocks(Word("blocks", of="option", most=word.most), value, path)
        seen: set[str] = set()
        for number, one in enumerate(value):
            label = one.get("label") if isinstance(one, dict) else None
            if isinstance(label, str):
                if label in seen:
                    self.say((*path, number), "same_option", name=label[:40])
                seen.add(label)

    def _plain(self, value: Any, path: Path) -> None:
        many = value if isinstance(value, list) else [value]
        if not many or not all(isinstance(one, str | bool | int | float) for one in many):
            self.say(path, "wrong_type", wanted="a text, a number or true/false", wanted_zh="文字、数或 true/false",
                     found=_FOUND.get(type(value), type(value).__name__))  # fmt: skip

    def _count(self, word: Word, value: Collection[Any], path: Path) -> None:
        if not value:
            if not word.none:
                self.say(path, "empty")
        elif word.most and len(value) > word.most:
            self.say(path, "too_long", size=len(value), most=word.most)


_ONE_OF_MANY: Mapping[str, Callable[[_Checker, Word, Any, Path], None]] = {
    "marks": _Checker.mark,
    "sources": _Checker.basis,
}
_CHECKS: Mapping[str, Callable[[_Checker, Word, Any, Path], None]] = {
    "text": _Checker.text,
    "mark": _Checker.mark,
    "name": _Checker.name,
    "list": _Checker.list_name,
    "length": _Checker.length,
    "basis": _Checker.basis,
    "template": _Checker.template,
    "number": _Checker.number,
    "numbers": _Checker.numbers,
    "yesno": _Checker.yesno,
    "date": _Checker.yesno,
    "block": _Checker.inner,
    "blocks": _Checker.blocks,
    "named": _Checker.named,
    "lists": _Checker.lists,
    "conditions": _Checker.conditions,
}
