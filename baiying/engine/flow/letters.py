"""Filling a letter in. A value nobody knows stays a line to write on, and no value can bring in another placeholder."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from baiying.engine.flow.matter import Ask, Matter

PLACEHOLDERS = ("number", "unit", "today", "matter", "name")
# What a template of `catalogue/letters/` can say beside its own blanks: the unit's telephone, and what was said with
# the step that the letter goes out with: the ground that was chosen and the words that were written.
OF_TEMPLATES = (*PLACEHOLDERS, "telephone", "said", "addressee", "letter_number")
BLANK = "________"
PLACE = re.compile(r"\{([^{}\n]*)\}")


def placeholders(text: str) -> tuple[str, ...]:
    """What stands between braces, each once, in the order written."""
    return tuple(dict.fromkeys(PLACE.findall(text)))


def filled(matter: Matter, text: str, values: Mapping[str, object]) -> str:
    """A text with its placeholders filled in; what is missing or empty prints ________."""
    known = {"matter": matter.name, **values}
    return PLACE.sub(lambda found: _filled(matter, found[1], known.get(found[1])), text)


def answer_text(ask: Ask, value: object, english: bool = False) -> str:
    """A typed answer as a person reads it: money in yuan, a day as 2026年3月1日, choices with their label."""
    if isinstance(value, bool):
        return ("yes" if value else "no") if english else ("是" if value else "否")
    if isinstance(value, int):
        return _money(value, english) if ask.kind == "money" else str(value)
    if isinstance(value, datetime.date):
        return value.isoformat() if english else f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, list | tuple):
        return (", " if english else "、").join(_label(ask, str(one), english) for one in value)
    return _label(ask, str(value), english)


def known_as(matter: Matter, name: str, values: Mapping[str, object]) -> str:
    """What one placeholder prints; empty when nobody knows it."""
    found = _filled(matter, name, {"matter": matter.name, **values}.get(name))
    return "" if found == BLANK else found


def printed(text: str, known: Mapping[str, str]) -> str:
    """A text with its placeholders replaced once by what is known; no value can bring in another placeholder."""
    return PLACE.sub(lambda found: known.get(found[1]) or BLANK, text)


def _filled(matter: Matter, name: str, value: object) -> str:
    if value in (None, "", (), []):
        return BLANK
    ask = matter.asks.get(name.removeprefix("ask.")) if name.startswith("ask.") else None
    if ask is not None:
        return answer_text(ask, value)
    return f"{value.year}年{value.month}月{value.day}日" if isinstance(value, datetime.date) else str(value)


def _label(ask: Ask, said: str, english: bool) -> str:
    label_en = next((one.label_en for one in ask.options if one.label == said), "") if english else ""
    return label_en or said


def _money(fen: int, english: bool) -> str:
    yuan, rest = divmod(fen, 100)
    amount = f"{yuan:,}.{rest:02d}" if rest else f"{yuan:,}"
    return f"{amount} yuan" if english else f"{amount}元"
