"""In which line of a TOML file each value stands.

`tomllib` gives values without places. This walks a text that tomllib has already accepted, so it knows only structure:
headers, keys, strings, brackets. It is told where things are, it never judges.
"""

from __future__ import annotations

import bisect
import re
import tomllib

Path = tuple[str | int, ...]

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\]|\\.)*"|\'[^\']*\'', re.DOTALL)
_SCALAR = re.compile(r"[^,\]}#\n]+")


def lines_of(text: str) -> dict[Path, int]:
    """The line, from 1, of every key, table and list element of a valid TOML text."""
    walker = _Walker(text)
    walker.document()
    return walker.lines


def shown(path: Path) -> str:
    """A path as people write it: stage.meet.moves[1]."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


class _Walker:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._elements: dict[Path, int] = {}  # [[a]] written so far

    def document(self) -> None:
        table: Path = ()
        while self._skip():
            if self._sees("["):
                double = self.text.startswith("[[", self.at)
                self.at += 2 if double else 1
                line = self._line()
                table = self._table(self._key(), double)
                self.lines.setdefault(table, line)
                if double:
                    self.lines.setdefault(table[:-1], line)  # of all of them: where the first one stands
                self._skip()
                self.at += 2 if double else 1
            else:
                self._pair(table)

    def _table(self, keys: list[str], double: bool) -> Path:
        path: Path = ()
        for number, key in enumerate(keys):
            path = (*path, key)
            last = number == len(keys) - 1
            if double and last:
                self._elements[path] = self._elements.get(path, -1) + 1
            if path in self._elements and (double or not last):
                path = (*path, self._elements[path])
        return path

    def _pair(self, table: Path) -> None:
        line = self._line()
        path = (*table, *self._key())
        self.lines.setdefault(path, line)
        self._skip()
        self.at += 1  # the sign =
        self._value(path)

    def _value(self, path: Path) -> None:
        self._skip()
        self.lines.setdefault(path, self._line())
        if self._sees("["):
            self._several(path, "]", keyed=False)
        elif self._sees("{"):
            self._several(path, "}", keyed=True)
        else:
            found = _STRING.match(self.text, self.at) or _SCALAR.match(self.text, self.at)
            self.at = found.end() if found else len(self.text)

    def _several(self, path: Path, end: str, keyed: bool) -> None:
        self.at += 1
        number = 0
        while self._skip() and not self._sees(end):
            if self._sees(","):
                self.at += 1
            elif keyed:
                self._pair(path)
            else:
                self._value((*path, number))
                number += 1
        self.at += 1

    def _key(self) -> list[str]:
        keys = []
        while True:
            self._skip()
            quoted = _STRING.match(self.text, self.at)
            found = quoted or _BARE.match(self.text, self.at)
            if found is None:
                raise ValueError("no key where tomllib found one")
            self.at = found.end()
            keys.append(str(tomllib.loads(f"k = {found[0]}")["k"]) if quoted else found[0])
            self._skip()
            if not self._sees("."):
                return keys
            self.at += 1

    def _skip(self) -> bool:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at < len(self.text)

    def _sees(self, sign: str) -> bool:
        return self.text.startswith(sign, self.at)

    def _line(self) -> int:
        return bisect.bisect_left(self._ends, self.at) + 1
