"""How things are shown: in the reader's language, in Shanghai's time, in groups that can be read aloud."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from baiying.engine.clock import Reckoning, Rule
from baiying.kit import moment, number

register = template.Library()
ICONS = Path(__file__).resolve().parent.parent / "static" / "vendor" / "icons"
WEEK = "一二三四五六日"
DASH = "—"
DAYS_SHOWN = 40  # a year day by day helps nobody; then days with one reason stand together


@dataclass(frozen=True)
class Stretch:
    """Days one after another that were treated alike."""

    first: date
    last: date
    days: int
    counted: bool
    why: str


def in_english() -> bool:
    return (get_language() or "").startswith("en")


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A vendored icon, drawn inline and silent for a screen reader."""
    drawing = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    inner = drawing[drawing.index(">") + 1:]
    return mark_safe(  # noqa: S308 - our own committed file
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" '
        f'stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{inner}'
    )


@register.filter
def named(thing: Any, attribute: str = "name") -> str:
    """The `name` (or label, question, help) of something in the reader's language; Chinese where no English is."""
    if thing is None:
        return ""
    english = getattr(thing, f"{attribute}_en", "") if in_english() else ""
    return str(english or getattr(thing, attribute, ""))


@register.filter
def day(value: date | datetime | None) -> str:
    """2026年9月28日(星期一), or Mon 28 Sep 2026."""
    if value is None:
        return DASH
    on = moment.shanghai(value).date() if isinstance(value, datetime) else value
    if in_english():
        return f"{on:%a} {on.day} {on:%b} {on.year}"
    return f"{on.year}年{on.month}月{on.day}日(星期{WEEK[on.weekday()]})"


@register.filter
def instant(value: datetime | None) -> str:
    """2026年9月28日(星期一) 10:05, Shanghai time."""
    if value is None:
        return DASH
    return f"{day(value)} {moment.shanghai(value):%H:%M}"


@register.filter
def short_day(value: date | datetime | None) -> str:
    """9月28日 周一, for lists."""
    if value is None:
        return DASH
    on = moment.shanghai(value).date() if isinstance(value, datetime) else value
    return f"{on:%a} {on.day} {on:%b}" if in_english() else f"{on.month}月{on.day}日 周{WEEK[on.weekday()]}"


@register.filter
def grouped(value: str) -> str:
    """A case number in groups: 7K3M-9QXR-TB."""
    return number.shown(value) if value else ""


@register.filter
def code_grouped(value: str) -> str:
    """A 查询码 in two groups."""
    return number.code_shown(value) if value else ""


@register.filter
def dialled(telephone: str) -> str:
    """A telephone number as a tel: link wants it."""
    return "".join(letter for letter in telephone if letter.isdigit() or letter == "+")


@register.filter
def why(line: Any) -> str:
    """The reason of a day, or the notes of a reckoning's day, in the reader's language."""
    return str(line.why if in_english() else line.why_zh)


@register.filter
def notes(reckoning: Reckoning) -> tuple[str, ...]:
    """What is still open about a deadline, in the reader's language."""
    return reckoning.notes if in_english() else reckoning.notes_zh


@register.filter
def stretches(reckoning: Reckoning) -> list[Stretch]:
    """The explanation for a table: every day where it is short, else days with one reason together."""
    days = reckoning.days
    if len(days) <= DAYS_SHOWN:
        return [Stretch(line.date, line.date, 1, line.counted, why(line)) for line in days]
    found: list[Stretch] = []
    for (counted, reason), lines in groupby(days, key=lambda line: (line.counted, why(line))):
        together = list(lines)
        found.append(Stretch(together[0].date, together[-1].date, len(together), counted, reason))
    return found


@register.filter
def due(reckoning: Reckoning, rule: Rule) -> str:
    """By when: the day, or the instant where hours are counted."""
    return instant(reckoning.due_at) if rule.unit == "hour" else day(reckoning.due_on)


@register.filter
def basis(word: Any) -> str:
    """Which law or rule says so."""
    return str((word.basis_en if in_english() else word.basis_zh) or word.basis)


@register.filter
def percent(share: float | None) -> str:
    """A share as a whole percentage; a dash where it cannot be told."""
    return DASH if share is None else f"{share * 100:.0f}%"


@register.filter
def cell(count: int | None) -> str:
    """A count, or the sign that it is too small to be told."""
    return "<5" if count is None else f"{count:,}"
