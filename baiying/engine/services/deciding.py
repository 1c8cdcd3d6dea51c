"""What of a rule, a reference value or a fact decides anything: all of it but names, English, questions and sources.

A label that was put into plainer words gives nobody anything and takes nothing from anybody; whoever compares two
versions of a rule compares this. The grade of an amount stays: by it a sum may be promised or not.
"""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

from baiying.engine.flow.matter import Option
from baiying.engine.rules.language import Amount

#: What is told of a thing, and decides nothing.
TOLD = frozenset(
    {"label", "label_en", "otherwise", "otherwise_en", "basis", "grade", "goods_en", "authority", "authority_en",
     "question", "question_en"}
)  # fmt: skip
#: What nevertheless decides: of an amount whether it is promised, of an option which one is meant.
DECIDES: dict[type, frozenset[str]] = {Amount: frozenset({"grade"}), Option: frozenset({"label"})}
Part = TypeVar("Part")


def deciding(part: Part) -> Part:
    """The same thing without what is only told of it. Two of them are equal where both decide alike."""
    return _stripped(part)  # type: ignore[no-any-return]


def _stripped(part: Any) -> Any:
    if isinstance(part, tuple):
        return tuple(_stripped(one) for one in part)
    if not dataclasses.is_dataclass(part) or isinstance(part, type):
        return part
    kept = DECIDES.get(type(part), frozenset())
    changed = {}
    for one in dataclasses.fields(part):
        value = getattr(part, one.name)
        changed[one.name] = "" if one.name in TOLD - kept and isinstance(value, str) else _stripped(value)
    return dataclasses.replace(part, **changed)
