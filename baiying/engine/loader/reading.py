"""From the bytes of one file to its table and the lines of it, or to the faults that stand in the way."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from baiying.engine.loader.faults import Fault
from baiying.engine.loader.places import Path, lines_of, shown
from baiying.engine.loader.schema import FILE_MOST

Table = Mapping[str, Any]
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class Lines(Mapping[Path, int]):
    """The lines of a text, looked for when the first fault asks: finding them takes longer than reading the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: Mapping[Path, int] | None = None

    def __getitem__(self, path: Path) -> int:
        return self._all()[path]

    def __iter__(self) -> Iterator[Path]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> Mapping[Path, int]:
        if self._found is None:
            self._found = lines_of(self._text)
        return self._found


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read. `table` is empty when it could not be read at all: then `faults` says why."""

    file: str
    table: Table = field(default_factory=dict)
    lines: Mapping[Path, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    def fault(self, path: Path, code: str, nearest: str = "", **words: object) -> Fault:
        """A fault at this path, with the line of the nearest part of it whose line is known."""
        line = next((self.lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.lines), 0)
        return Fault(self.file, shown(path), code, words, line, nearest)


def read(file: str, data: bytes) -> Source:
    """Read a file. Never raises: whatever is wrong becomes a fault."""
    if len(data) > FILE_MOST:
        return _failed(Fault(file, "", "too_large", {"size": len(data), "most": FILE_MOST}))
    text = _decoded(file, data)
    if isinstance(text, Fault):
        return _failed(text)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _failed(_syntax(file, text, str(error)))
    except RecursionError:
        return _failed(Fault(file, "", "too_deep"))
    except ValueError as error:  # a number or a date too large for Python
        return _failed(Fault(file, "", "syntax", {"column": 1, "why": str(error)[:80]}))
    lines = Lines(text)
    source = Source(file, table, lines)
    found = tuple(source.fault(path, "invisible", sign=sign) for path, sign in _invisible_in(table))
    return Source(file, table, lines, found)


def sign_of(character: str) -> str:
    """A character by its code point and name: U+200B ZERO WIDTH SPACE."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'without a name')}"


def invisible(text: str) -> str | None:
    """The first character of a text that cannot be seen, or that looks like a plain space and is none."""
    for character in text:
        if character in " \n\t" or character.isalnum():
            continue
        category = unicodedata.category(character)
        if category[0] in "CZ" or "\ufe00" <= character <= "\ufe0f":
            return character
    return None


def _failed(fault: Fault) -> Source:
    return Source(fault.file, faults=(fault,))


def _decoded(file: str, data: bytes) -> str | Fault:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Fault(file, "", "utf16")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return Fault(file, "", "no_encoding", line=line)
    return Fault(file, "", "not_utf8", line=line)


def _syntax(file: str, text: str, message: str) -> Fault:
    place = _PLACE.search(message)
    rows = text.split("\n")
    line, column = (len(rows), len(rows[-1]) + 1)
    if place and place[1]:
        line, column = int(place[1]), int(place[2])
    why = _PLACE.sub("", message)
    row = rows[line - 1] if line <= len(rows) else ""
    if "overwrite" in why or "twice" in why:
        return Fault(file, "", "twice", {"column": column}, line)
    odd = row[column - 1 : column]
    if odd and not odd.isascii():
        return Fault(file, "", "odd_sign", {"column": column, "sign": sign_of(odd)}, line)
    hidden = invisible(row)
    if hidden:
        return Fault(file, "", "invisible", {"sign": sign_of(hidden)}, line)
    return Fault(file, "", "syntax", {"column": column, "why": why}, line)


def _invisible_in(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        hidden = invisible(value)
        if hidden:
            yield path, sign_of(hidden)
    elif isinstance(value, dict):
        for key, inner in value.items():
            hidden = invisible(key)
            if hidden:
                yield (*path, key), sign_of(hidden)
            yield from _invisible_in(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _invisible_in(inner, (*path, number))
