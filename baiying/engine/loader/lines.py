"""The reference values of a catalogue (`reference/lines.toml`): dated, each with the authority that set it.

    [line.dibao]
    label = "城市低保标准"
    label_en = "Minimum living allowance"
    kind = "money"                         # money (fen), number, share, list, table
    authority = "北京市民政局"
    authority_en = "Beijing civil affairs bureau"
    values = [{ value = 145000, since = 2024-07-01, until = 2025-06-30, basis = "known", grade = "known_unverified" }]

    [line.dibao_double]                    # a multiple lives with the line, not in a rule
    label = "两倍低保"
    label_en = "Twice the minimum living allowance"
    kind = "money"
    of = "dibao"
    times = 2

    [line."warm.cash"]                     # a table: the row by the facts of `row`
    kind = "table"
    keys = ["级别", "名次"]
    values = [{ rows = [["市级", "一等", 100000]], since = 2026-01-01, basis = "…" }]

A line without values is one that nobody filled yet: rules that need it say "ask a person". The lists of `lists.toml`
are lines too (`lines_of_lists`): a rule names both as `@name`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from baiying.engine.loader.faults import Fault
from baiying.engine.loader.places import Path
from baiying.engine.loader.reading import Source, Table
from baiying.engine.loader.rule_words import Known, Words, share_of
from baiying.engine.loader.sense import tables
from baiying.engine.rules.language import Share
from baiying.engine.rules.lines import KINDS, Dated, Line, LineValue

_LINE = ("label", "label_en", "kind", "authority", "authority_en", "of", "times", "keys", "values", "note", "note_en")
_DATED = ("value", "rows", "since", "until", "basis", "grade")
SUMS = ("money", "number")


def check(source: Source, sources: Collection[str] | None = None, grades: Collection[str] | None = None) -> list[Fault]:
    """All faults of the file, without those of reading it."""
    return read_lines(source, sources, grades)[1]


def lines(table: Table) -> dict[str, Line]:
    """Build the lines of a table without faults. Raises ValueError when it has some."""
    found, faults = read_lines(Source("reference/lines.toml", table))
    if faults:
        raise ValueError("; ".join(map(str, faults)))
    return found


def lines_of_lists(lists: Mapping[str, Table]) -> dict[str, Line]:
    """The lists of `lists.toml` (by their names) as lines that always hold."""
    return {
        name: Line(name, "list", values=(Dated(frozenset(str(one["label"]) for one in table["options"]), date.min),))
        for name, table in lists.items()
        if isinstance(table.get("options"), list)
    }


def read_lines(
    source: Source, sources: Collection[str] | None = None, grades: Collection[str] | None = None
) -> tuple[dict[str, Line], list[Fault]]:
    """The lines of a file as far as they can be read, and everything that is wrong with it."""
    words = Words(source, Known({}, sources=sources, grades=grades))
    top = words.block(source.table, (), ("line",), "lines")
    words.block(top.get("line", {}), ("line",), tuple(top.get("line", {})), "line")
    found = {name: _line(words, name, one, ("line", name)) for name, one in tables(top, "line").items()}
    for name, line in found.items():
        _multiple(words, line, found, ("line", name, "of"))
    return found, words.faults


def _line(words: Words, name: str, table: Table, path: Path) -> Line:
    one = words.block(table, path, _LINE, "line", ("label", "label_en", "kind"))
    kind = words.text(one, "kind", path, choices=KINDS)
    if not {"values", "of"} & set(one):
        words.say(path, "line_empty")
    if "of" in one and "values" in one:
        words.say((*path, "values"), "not_with_this", word="values", other="of")
    for word, other in (("of", "times"), ("times", "of")):
        if word in one and other not in one:
            words.say((*path, word), "only_with", word=word, other=other)
    if ("keys" in one) != (kind == "table"):
        words.say(path, "only_with", word="keys", other="kind = 'table'")
    keys = tuple(str(words.typed(key, str, here)) for here, key in words.many(one.get("keys"), (*path, "keys"), 6))
    times = words.share(one["times"], (*path, "times")) if "times" in one else None
    told = words.many(one.get("values"), (*path, "values"))
    values = [held for here, each in told if (held := _dated(words, kind, len(keys), each, here))]
    _apart(words, values, (*path, "values"))
    return Line(
        name, kind, words.text(one, "label", path, 60), words.text(one, "label_en", path, 120),
        words.text(one, "authority", path, 60), words.text(one, "authority_en", path, 120),
        tuple(values), words.text(one, "of", path),
        times if isinstance(times, Share) else None, keys,
    )  # fmt: skip


def _multiple(words: Words, line: Line, every: Mapping[str, Line], path: Path) -> None:
    """What a multiple is of exists, is a sum, and does not lead back to it."""
    seen, name = {line.name}, line.of
    if name and line.kind not in SUMS:
        words.say(path, "line_kind", name=line.name, kind=line.kind, wanted=", ".join(SUMS))
    while name:
        if not words.named("line", name, every, path):
            return
        if name in seen:
            words.say(path, "line_round", name=line.name)
            return
        if every[name].kind != line.kind:
            words.say(path, "line_kind", name=name, kind=every[name].kind, wanted=line.kind)
            return
        seen.add(name)
        name = every[name].of


def _dated(words: Words, kind: str, keys: int, value: object, path: Path) -> Dated | None:
    held = "rows" if kind == "table" else "value"
    one = words.block(value, path, _DATED, "values", (held, "since", "basis"))
    since, until = words.day(one, "since", path), words.day(one, "until", path)
    if since and until and since > until:
        words.say((*path, "until"), "backwards", first=since, last=until)
    found = _value(words, kind, keys, one.get(held), (*path, held))
    basis, grade = words.basis(one, path), words.grade(one, path)
    return None if since is None or found is None else Dated(found, since, until, basis, grade)


def _value(words: Words, kind: str, keys: int, value: object, path: Path) -> LineValue | None:
    if value is None:
        return None
    if kind == "table":
        return _rows(words, keys, value, path)
    if kind == "list":
        return frozenset(str(words.typed(one, str, here)) for here, one in words.many(value, path, 400))
    if kind == "share":
        found = share_of(value)
        if found is None:
            words.say(path, "no_part", value=str(value)[:40])
        return found
    return words.number({"": value}, "", path)


def _rows(words: Words, keys: int, value: object, path: Path) -> LineValue | None:
    found: dict[tuple[str, ...], int] = {}
    for here, one in words.many(value, path, 400):
        row = one if isinstance(one, list) else []
        if len(row) != keys + 1 or type(row[-1]) is not int or not all(type(key) in (str, int) for key in row[:-1]):
            words.say(here, "row_keys", count=keys)
            continue
        key = tuple(str(part) for part in row[:-1])
        if key in found:
            words.say(here, "row_twice", keys=", ".join(key))
        found[key] = row[-1]
    return found or None


def _apart(words: Words, values: list[Dated], path: Path) -> None:
    """No two values hold on the same day, but that a later one ends an earlier one without an end."""
    ordered = sorted(values, key=lambda one: one.since)
    for first, second in zip(ordered, ordered[1:], strict=False):
        if second.since == first.since or (first.until is not None and second.since <= first.until):
            words.say(path, "line_twice", first=first.since, second=second.since)
