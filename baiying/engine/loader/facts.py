"""The facts of a catalogue, as people meet them, built from `facts.toml`. `loader.rules` reads the same for rules."""

from __future__ import annotations

from baiying.engine.flow.matter import Option
from baiying.engine.loader.reading import Table
from baiying.engine.loader.sense import tables, texts
from baiying.engine.services.facts import FactWord


def facts(table: Table) -> dict[str, FactWord]:
    """Build the facts of the stored table, without faults, in the order of the file."""
    return {name: _fact(name, one) for name, one in tables(table, "fact").items()}


def _fact(name: str, one: Table) -> FactWord:
    return FactWord(
        name, one["label"], one["label_en"], one["type"], one["class"], one["source"], one["app"],
        one.get("unit", ""), one.get("purpose", ""), texts(one.get("of")), one.get("question", ""),
        one.get("question_en", ""),
        tuple(Option(each["label"], each.get("label_en", "")) for each in one.get("options", [])),
    )
