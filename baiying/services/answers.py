"""From what was typed to the value of a fact, and back to words. As JSON: days are texts, money is fen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from baiying.engine.rules.language import NUMBER_MOST
from baiying.engine.services.facts import DAYS, FactWord
from baiying.kit import moment
from baiying.kit.errors import Refusal

YES, NO = "yes", "no"
OLDEST = 1900
FEN = 100


def value_of(fact: FactWord, typed: Sequence[str]) -> Any:
    """The value that was answered. Raises Refusal with a sentence when it is none."""
    first = typed[0].strip()[:40] if typed else ""
    if fact.type == "set":
        return sorted(_option(fact, one) for one in typed if one != NO)
    if fact.type == "yesno":
        if first not in (YES, NO):
            raise Refusal(_("Please choose yes or no, or leave the question out."))
        return first == YES
    if fact.type == "choice":
        return _option(fact, first)
    if fact.type in DAYS:
        return _day(first)
    if fact.type in ("number", "money"):
        return _number(first, FEN if fact.type == "money" else 1)
    raise Refusal(_("This question cannot be answered here. Please let a person decide."))


def _option(fact: FactWord, typed: str) -> str:
    if typed not in {one.label for one in fact.options}:
        raise Refusal(_("Please choose one of the answers shown, or leave the question out."))
    return typed


def _day(typed: str) -> str:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise Refusal(_("This is not a day of the calendar. Please write it like 1980-05-01.")) from None
    if not OLDEST <= day.year or day > moment.today():
        raise Refusal(_("This day cannot be right: it is still to come, or too long ago. Please look at it again."))
    return day.isoformat()


def _number(typed: str, parts: int) -> int:
    try:
        number = Decimal(typed.replace(",", "").replace("，", "")) * parts
        whole = int(number)
    except (InvalidOperation, ValueError, OverflowError):
        raise Refusal(_("Please write a number in digits, like 3 or 2500.")) from None
    if whole != number or not 0 <= whole < NUMBER_MOST:
        raise Refusal(_("This number cannot be right. Please look at it again."))
    return whole


def shown(fact: FactWord, value: Any, chinese: bool) -> str:
    """A kept value in words. A yes or no is told by the page, which knows the reader's words for them."""
    if fact.type == "set":
        return "、".join(_label(fact, one, chinese) for one in value)
    if fact.type == "choice":
        return _label(fact, value, chinese)
    if fact.type == "money":
        return f"{value / FEN:.2f}".removesuffix(".00")
    return str(value)


def _label(fact: FactWord, value: str, chinese: bool) -> str:
    found = next((one for one in fact.options if one.label == value), None)
    return value if found is None or chinese or not found.label_en else found.label_en


def packed(values: dict[str, Any]) -> str:
    """What the self-test carries in its own form, from page to page."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def unpacked(text: str, words: dict[str, FactWord]) -> dict[str, Any]:
    """The same again: only facts that are asked, and only values that could have been answered. Never raises."""
    try:
        told = json.loads(text[:8000] or "{}")
    except ValueError:
        return {}
    return (
        {
            name: value
            for name, value in told.items()
            if name in words and can_be_told(words[name]) and _fits(words[name], value)
        }
        if isinstance(told, dict)
        else {}
    )


def can_be_told(fact: FactWord) -> bool:
    """Whether somebody is asked for it."""
    return bool(fact.question)


def accepted(fact: FactWord, value: Any) -> Any:
    """The value as it is kept, of one that was sent as data. Raises Refusal that names the fact and never the value."""
    told = sorted(value) if isinstance(value, list) else value
    if not can_be_told(fact) or not _fits(fact, told):
        raise Refusal(_("“%(fact)s” was not told in a way that can be taken. Look at its type and its choices in the "
                        "list of facts, or leave it out."), fact=fact.name)
    return told


def _fits(fact: FactWord, value: Any) -> bool:
    try:
        if fact.type == "yesno":
            return isinstance(value, bool)
        if fact.type in ("number", "money"):
            return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < NUMBER_MOST
        if fact.type == "set":
            return isinstance(value, list) and value == value_of(fact, value)
        return isinstance(value, str) and value == value_of(fact, [value])
    except Refusal:
        return False
