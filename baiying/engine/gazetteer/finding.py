"""Names found in a text: the longest wins, and a short one counts only where the words around it say that a place is
meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from baiying.engine.gazetteer.spelling import GAP, plain

READ_MOST = 2_000  # signs of a text in which an address is looked for: it stands near its beginning
#: Directly before a name: here somebody is, lives, works, or was.
_BEFORE = re.compile("(住在|家住|住|位于|地址是|地址|就在|在|来到|到|去|家是|我是|我们是)$")
#: Directly behind it.
_BEHIND = re.compile("(社区|居委|小区|村委|街道|地区|这边|那边|附近|这里|那里|这儿|那儿|一带|周边|旁边|地铁|派出所|"
                     f"医院|路口|的|人|打工|上班|工作|住|[{re.escape(GAP)}]|$)")
_OFFICE = re.compile("(社区|居委|小区|村委)")
_THERE = re.compile("(这边|那边|附近|这里|那里|这儿|那儿|一带)")
#: Before it nothing stands that could be the beginning of a longer name.
_STARTS = re.compile(rf"(^|[\d{re.escape(GAP)}的在是到去住家于至从和与跟及叫为离])$")
#: Shortly before it: there she came from, there she is not.
_ORIGIN = re.compile("(老家|户口|户籍|籍贯|来自|祖籍|娘家|出生)(在|是|于)?$")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name stands for. ``kind``: area, unit or outside. One name may have several entries. ``vague``: it means
    other things too, so that words like 住在 do not make it sure; ``whole``: sure only where no longer name ends so."""

    key: str
    kind: str
    sure: bool
    vague: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One name at one place of a text. ``sure``: it means this, here."""

    text: str
    start: int
    entries: tuple[Entry, ...]
    sure: bool
    #: The words around it speak of a place.
    placed: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Names:
    """Names with what they stand for, to be found in one walk over a text."""

    def __init__(self) -> None:
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        #: The first two signs of every name, with the lengths of those that begin so, the longest first.
        self.beginnings: dict[str, list[int]] = {}

    def add(self, text: str, entry: Entry) -> None:
        """A name of at least two signs, as `spelling.plain` writes it."""
        if len(text) < 2:
            return
        known = self._entries[text]
        same = next((one for one in known if (one.key, one.kind) == (entry.key, entry.kind)), None)
        if same is None:
            known.append(entry)
        elif entry.sure and not same.sure:
            known[known.index(same)] = entry
        lengths = self.beginnings.setdefault(text[:2], [])
        if len(text) not in lengths:
            lengths.append(len(text))
            lengths.sort(reverse=True)

    def __len__(self) -> int:
        return len(self._entries)

    def entries(self, text: str) -> tuple[Entry, ...]:
        """What this very name stands for."""
        return tuple(self._entries.get(text, ()))

    def at(self, text: str, start: int) -> str:
        """The longest name that begins here; empty for none."""
        for length in self.beginnings.get(text[start:start + 2], ()):
            name = text[start:start + length]
            if name in self._entries and not _cuts_number(text, start, start + len(name)):
                return name
        return ""


def _cuts_number(text: str, start: int, end: int) -> bool:
    """Whether a name begins or ends inside a number: 苹1 is not in 苹12."""
    return (text[start].isdigit() and start > 0 and text[start - 1].isdigit()
            or text[end - 1].isdigit() and end < len(text) and text[end].isdigit())


def find(tables: Iterable[Names], words: str) -> list[Found]:
    """The names in a text in its order, none inside another: the longer one wins, then the earlier.

    ``tables``: those of the own district first; of one name only the first table's meaning counts.
    """
    text, tables = plain(words[:READ_MOST]), tuple(tables)
    met: list[tuple[int, int, str, Names]] = []
    for start in range(len(text) - 1):
        pair = text[start:start + 2]
        for table in tables:
            if pair in table.beginnings and (name := table.at(text, start)):
                met.append((-len(name), start, name, table))
    taken = bytearray(len(text))
    chosen = []
    for _length, start, name, table in sorted(met, key=lambda one: one[:2]):
        if not any(taken[start:start + len(name)]):
            taken[start:start + len(name)] = b"\1" * len(name)
            chosen.append((start, name, table))
    return _judged(text, sorted(chosen, key=lambda one: one[0]))


def _judged(text: str, chosen: list[tuple[int, str, Names]]) -> list[Found]:
    """Which of the names mean what they stand for, by the words around them and by one another."""
    found: list[Found] = []
    for start, name, table in chosen:
        entries, end = table.entries(name), start + len(name)
        before, behind = text[max(0, start - 6):start], text[end:end + 6]
        follows = bool(found) and found[-1].end == start
        placed = bool(_THERE.match(behind) or (_BEFORE.search(before) and _BEHIND.match(behind)))
        if _ORIGIN.search(before) or (follows and not found[-1].entries):
            entries, sure = (), False  # where she came from says nothing of where she is
        elif follows and not _is_outside(entries):
            sure = found[-1].sure and not _is_outside(found[-1].entries)
        else:
            sure = _OFFICE.match(behind) is not None or not any(one.vague for one in entries) and (
                placed or any(one.sure and (not one.whole or _STARTS.search(before) is not None) for one in entries))
        found.append(Found(name, start, entries, sure, placed))
    return _side_by_side(found)


def _side_by_side(found: list[Found]) -> list[Found]:
    """A street with its community behind it, a city with its district: side by side each makes the other sure, and of
    several meanings only those remain that lie in one another."""
    judged = list(found)
    for index in range(1, len(judged)):
        one, other = judged[index - 1], judged[index]
        inner = tuple(e for e in other.entries if any(_holds(a, e) for a in one.entries))
        if one.end == other.start and inner:
            outer = tuple(a for a in one.entries if any(_holds(a, e) for e in inner))
            judged[index - 1] = replace(one, entries=outer, sure=True)
            judged[index] = replace(other, entries=inner, sure=True)
    return judged


def _holds(outer: Entry, inner: Entry) -> bool:
    """Whether one area lies in the other, by their codes."""
    around = outer.key[:9] if len(outer.key) == len(inner.key) == 12 and outer.key.endswith("000") else outer.key
    return outer.kind == inner.kind and outer.key != inner.key and inner.key.startswith(around)


def _is_outside(entries: tuple[Entry, ...]) -> bool:
    return all(one.kind == "outside" for one in entries)
