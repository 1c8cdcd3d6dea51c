"""The facts of a catalogue, as people meet them: `facts.toml` judged and built. `loader.rules` reads their types."""

from __future__ import annotations

import re
from collections.abc import Iterator

from baiying.engine.flow.matter import Option
from baiying.engine.loader import sense, structure
from baiying.engine.loader.faults import Fault, nearest
from baiying.engine.loader.reading import Source, Table
from baiying.engine.loader.sense import texts
from baiying.engine.services.facts import FactWord

CHOSEN = ("choice", "set")
_NAME = re.compile(r"[a-z]+\.[a-z][a-z_]*")


def check(source: Source) -> Iterator[Fault]:
    """All faults of the file. A fact is named once: TOML itself refuses the second."""
    yield from source.faults
    for name, table in source.table.items():
        if not _NAME.fullmatch(name) or not isinstance(table, dict):
            yield source.fault((name,), "bad_name", name=name[:40])
        else:
            yield from structure.check_block(source, "known_fact", table, (name,), {})
            yield from _fitting(source, name, table)
    yield from sense.forbidden(Source(source.file, {"fact": source.table}), "fact")


def _fitting(source: Source, name: str, table: Table) -> Iterator[Fault]:
    if "options" in table and table.get("type") not in CHOSEN:
        yield source.fault((name, "options"), "needless_options", kind=table.get("type"))
    for one in texts(table.get("of")):
        if one not in source.table:
            yield source.fault((name, "of"), "unknown", nearest(one, source.table), name=one[:60], kind="fact",
                               kind_zh="事实")
    if ("question" in table) != ("question_en" in table):
        yield source.fault((name,), "missing", word="question_en" if "question" in table else "question")


def facts(table: Table) -> dict[str, FactWord]:
    """Build the facts of a table without faults, in the order of the file."""
    return {name: _fact(name, one) for name, one in table.items()}


def _fact(name: str, one: Table) -> FactWord:
    return FactWord(
        name, one["label"], one["label_en"], one["type"], one["class"], one["source"], one["app"],
        one.get("unit", ""), one.get("purpose", ""), texts(one.get("of")), one.get("question", ""),
        one.get("question_en", ""),
        tuple(Option(each["label"], each.get("label_en", "")) for each in one.get("options", [])),
    )
