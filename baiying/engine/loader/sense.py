"""The second look at a matter: does it make sense as a way that a case can go?

It reads tolerantly: what the first look has already found wrong is skipped here, so that one slip is told once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from baiying.engine.flow.matter import BUILT_IN, ENDED, EXTERNAL, REFUSED, UPPER, WAITING
from baiying.engine.loader.faults import Fault, nearest
from baiying.engine.loader.places import Path
from baiying.engine.loader.reading import Source, Table
from baiying.engine.loader.schema import FORBIDDEN
from baiying.engine.text import BadPattern, compiled, normalised, signs_of
from baiying.engine.text.leaning import KINDS, LETTERS, PLACES

_FIGURE = re.compile(r"-?\d{1,5}")
_SOUND = re.compile(r"\S [a-z]{1,6}(?: \S+)?")  # a character, its pinyin, what is typed in its place


def tables(table: Table, key: str) -> dict[str, Table]:
    """The named tables under a key, leaving out whatever is none."""
    value = table.get(key)
    return {name: one for name, one in value.items() if isinstance(one, dict)} if isinstance(value, dict) else {}


def texts(value: Any) -> tuple[str, ...]:
    """One text or a list of texts, as a tuple; anything else in it is left out."""
    many = value if isinstance(value, list) else [value]
    return tuple(one for one in many if isinstance(one, str))


def moves_of(stage: Table) -> list[tuple[int, Table]]:
    value = stage.get("moves")
    return [(n, one) for n, one in enumerate(value) if isinstance(one, dict)] if isinstance(value, list) else []


def marks_of(matter: Table) -> set[str]:
    """Every event that a move of this matter marks."""
    stages = tables(matter, "stage").values()
    return {mark for stage in stages for _, move in moves_of(stage) for mark in texts(move.get("marks"))}


def check(source: Source) -> list[Fault]:
    """All faults of sense of one matter."""
    return [
        *_ways(source),
        *_hands(source),
        *_asks(source),
        *_clocks(source),
        *forbidden(source, "ask"),
    ]


def _ways(source: Source) -> Iterator[Fault]:
    """Every stage can be reached, and from every stage an answer can."""
    stages = tables(source.table, "stage")
    if not stages:
        return
    ways = {key: {to for _, move in moves_of(stage) for to in _meant(move, stages)} for key, stage in stages.items()}
    sure = {key: {to for _, move in moves_of(stage) if _is_sure(move, stage) for to in _meant(move, stages)}
            for key, stage in stages.items()}
    by_time = {to for one in tables(source.table, "clock").values() for to in _expires_to(one) if to in stages}
    first = next(iter(stages))
    reached = _reached({first, *by_time, *_reopens(source.table, stages)}, ways)
    answering, surely = (_reached(set(WAITING), _backwards(one)) for one in (ways, sure))
    for key, stage in stages.items():
        if key not in reached:
            yield source.fault(("stage", key), "unreachable", first=first)
        if key not in answering and moves_of(stage):
            yield source.fault(("stage", key), "no_way_out")
        elif key not in surely and moves_of(stage):
            yield source.fault(("stage", key), "no_sure_way")


def _is_sure(move: Table, stage: Table) -> bool:
    """Whether somebody can take this move in every case: all that it needs is asked with it, it depends on nothing,
    and it does not wait for the unit above, which has a part only after her word has reopened the case."""
    if "when" in move or any(not name.startswith("ask.") for name in texts(move.get("needs"))):
        return False
    if "agree" in move:
        return UPPER not in texts(move["agree"])
    return set(texts(move.get("by", stage.get("task")))) != {UPPER}


def _backwards(ways: Mapping[str, set[str]]) -> dict[str, set[str]]:
    back: dict[str, set[str]] = {}
    for key, targets in ways.items():
        for target in targets:
            back.setdefault(target, set()).add(key)
    return back


def _meant(move: Table, stages: Collection[str]) -> tuple[str, ...]:
    """Where a move leads. A slip of the pen is told by the first look: here it counts as what was meant."""
    to = move.get("to")
    if not isinstance(to, str):
        return ()
    return (to if to in stages or to in WAITING else nearest(to, {*stages, *WAITING}),)


def _reopens(matter: Table, stages: Collection[str]) -> tuple[str, ...]:
    closing = matter.get("closing")
    return tuple(to for to in texts(closing.get("reopen")) if to in stages) if isinstance(closing, dict) else ()


def _expires_to(clock: Table) -> tuple[str, ...]:
    expired = clock.get("expired")
    return texts(expired.get("to")) if isinstance(expired, dict) else ()


def _reached(start: set[str], ways: Mapping[str, set[str]]) -> set[str]:
    reached, todo = set(start), list(start)
    while todo:
        new = ways.get(todo.pop(), set()) - reached
        reached |= new
        todo.extend(new)
    return reached


def _hands(source: Source) -> Iterator[Fault]:
    """No move ends a case; every no has its ground."""
    for key, stage in tables(source.table, "stage").items():
        path: Path = ("stage", key)
        if key in BUILT_IN:
            yield source.fault(path, "built_in", name=key)
        for number, move in moves_of(stage):
            here = (*path, "moves", number)
            if "by" in move and "agree" in move:
                yield source.fault(here, "by_and_agree")
            for one in texts(move.get("other_than")):
                if one not in (*marks_of(source.table), "submitted"):
                    yield source.fault((*here, "other_than"), "nobody_marks", name=one)
            if move.get("to") in ENDED:
                yield source.fault((*here, "to"), "no_way_to_end", name=move["to"])
            if move.get("to") in (REFUSED, EXTERNAL) and "reason" not in move:
                yield source.fault(here, "needs_reason")


def _asks(source: Source) -> Iterator[Fault]:
    for key, ask in tables(source.table, "ask").items():
        path: Path = ("ask", key)
        kind = ask.get("kind")
        if kind in ("choice", "choices") and "options" not in ask:
            yield source.fault(path, "no_options")
        elif kind not in ("choice", "choices") and "options" in ask:
            yield source.fault((*path, "options"), "needless_options", kind=kind)
        if "event" in ask and kind != "date":
            yield source.fault((*path, "event"), "event_of_date")


def _clocks(source: Source) -> Iterator[Fault]:
    for key, clock in tables(source.table, "clock").items():
        if clock.get("owner", "ours") == "ours" and "until" not in clock:
            yield source.fault(("clock", key), "needs_until")
        if "from" in clock and "before" in clock:
            yield source.fault(("clock", key, "before"), "from_and_before")
        elif "from" not in clock and "before" not in clock:
            yield source.fault(("clock", key), "missing", word="from")
    if source.table.get("safe") is True and source.table.get("class") != "P3":
        yield source.fault(("safe",), "safe_is_p3")


def forbidden(source: Source, kind: str) -> Iterator[Fault]:
    """Questions, lists or facts (the tables under `kind`) that would tell people apart by what nobody may ask."""
    for key, table in tables(source.table, kind).items():
        said = _letters([key, *_all_texts(table)])
        word = next((word for word in FORBIDDEN if word in said), None)
        if word:
            yield source.fault((kind, key), "forbidden", word=word)


def short_words(source: Source, kind: str, word: str) -> Iterator[Fault]:
    """Words (under `word` of every table of `kind`) so short, without spaces and signs, that they stand everywhere."""
    for key, table in tables(source.table, kind).items():
        for one in texts(table.get(word)):
            if len(normalised(one)) < 2:
                yield source.fault((kind, key, word), "empty_word", word=one[:20])


def patterns(source: Source) -> Iterator[Fault]:
    """Patterns of danger that cannot be read, and lines of `same` and `sounds` that are not what they should be."""
    table, kinds = source.table, tables(source.table, "kind")
    held = table.get("part")
    parts = {name: texts(said) for name, said in held.items()} if isinstance(held, dict) else {}
    own = {key: texts(kind.get("words")) for key, kind in kinds.items()}
    lines: list[tuple[Path, str]] = [(("calm",), line) for line in texts(table.get("calm"))]
    lines += [(("kind", key, "patterns"), line) for key, kind in kinds.items() for line in texts(kind.get("patterns"))]
    try:
        of_part = signs_of({**parts, **own})[1]
    except BadPattern as fault:
        yield source.fault(("part",), "bad_pattern", word=str(fault)[:40])
        return
    for path, line in lines:
        try:
            compiled(line, of_part)
        except BadPattern as fault:
            yield source.fault(path, "bad_pattern", word=str(fault)[:40])
    pairs = [(("same",), line, len(line) == 2) for line in texts(table.get("same"))]
    pairs += [(("sounds",), line, bool(_SOUND.fullmatch(line))) for line in texts(table.get("sounds"))]
    yield from (source.fault(path, "bad_pair", word=line[:20]) for path, line, good in pairs if not good)


def weights(source: Source, kinds: int) -> Iterator[Fault]:
    """Learned weights that are none: three figures as bounds; as many letters as there are numbers of runs; for each a
    kind of danger there is (counted from 1), or 0."""
    table = source.table
    for line in texts(table.get("bounds")):
        if not _FIGURE.fullmatch(line):
            yield source.fault(("bounds",), "bad_weight", word=line[:20])
    if table and len(texts(table.get("bounds"))) != 3:
        yield source.fault(("bounds",), "bad_weight", word="bounds")
    figures = "".join(map(str, range(min(kinds, 9) + 1)))
    for key, most, letters in (("weights", PLACES, LETTERS), ("kinds", KINDS, figures)):
        held = "".join(texts(table.get(key)))
        strange = "".join(sorted(set(held).difference(letters)))
        if table and (strange or len(held) != most):
            yield source.fault((key,), "bad_weight", word=strange[:20] or key)


def _all_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _all_texts(one)


def _letters(said: Collection[str]) -> str:
    """The texts as they are compared, one a line: no blank and no sign hides a word."""
    return "\n".join(normalised(one) for one in said)
