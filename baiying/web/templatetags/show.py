"""How things are shown: in the reader's language, in Shanghai's time, in groups that can be read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from baiying.boards.queries import LEAST_CELL
from baiying.catalogue import queries as catalogue
from baiying.engine import flow
from baiying.engine.clock import Reckoning, Rule
from baiying.kit import moment, number
from baiying.network import queries as network
from baiying.web.typesetting import chinese

register = template.Library()
ICONS = Path(__file__).resolve().parent.parent / "static" / "vendor" / "icons"
WEEK = "一二三四五六日"
DASH = "—"
ADDRESS = re.compile(r"(https?://[!-~]+)")  # ends at the first letter that no address has, as "，"
# As its owner calls it; what bears a Latin name in Chinese too is not here.
DEVICES = {"WeChat": "微信", "DingTalk": "钉钉", "HarmonyOS": "鸿蒙", "Android": "安卓", "Mac": "苹果电脑"}
DAYS_SHOWN, HEAD, TAIL = 40, 3, 4  # a year day by day helps nobody: its first days and its last ones do


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
    return mark_safe(
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" '
        f'stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{inner}'
    )


@register.simple_tag
def doors() -> tuple[tuple[str, str], ...]:
    """The telephone numbers that help at once."""
    return tuple((number, chinese(name)) for number, name in catalogue.doors())


@register.filter
def named(thing: Any, attribute: str = "name") -> str:
    """The `name` (or label, question, help) of something in the reader's language; Chinese where no English is.

    What the catalogue says is set with Chinese punctuation; the name of a unit, a place or a person is its own.
    """
    if thing is None:
        return ""
    english = getattr(thing, f"{attribute}_en", "") if in_english() else ""
    own = str(english or getattr(thing, attribute, ""))
    return own if english or hasattr(thing, "_meta") else chinese(own)


@register.filter
def typeset(said: str) -> str:
    """A sentence made of the catalogue's words, with the punctuation of the reader's language."""
    return said if in_english() else chinese(str(said))


@register.filter
def spoken(said: str) -> str:
    """The language that a text written elsewhere is marked with, for whoever has it read aloud."""
    return "zh-Hans" if any("\u4e00" <= letter <= "\u9fff" for letter in said) else "en"


@register.filter
def device_said(words: str) -> str:
    """What kind of device it is (“Android · WeChat”), by the names its owner uses; one that told nothing in words."""
    if words == "?":
        return gettext("a device that does not say what it is")
    return words if in_english() else " · ".join(DEVICES.get(one, one) for one in words.split(" · "))


@register.filter
def addresses_apart(said: str) -> list[tuple[str, str]]:
    """A text of ours in pieces: (path of this house, the piece as written); "" before what is no address."""
    pieces = ADDRESS.split(said)
    return [(urlsplit(piece).path if turn % 2 else "", piece) for turn, piece in enumerate(pieces) if piece]


@register.filter
def bracketed(said: object) -> str:
    """Something in brackets behind a word: （办理人）, or  (handler)."""
    return f" ({said})" if in_english() else f"（{said}）"


@register.filter
def day(value: date | datetime | None) -> str:
    """2026年9月28日（星期一）, or Mon 28 Sep 2026."""
    if value is None:
        return DASH
    on = moment.shanghai(value).date() if isinstance(value, datetime) else value
    if in_english():
        return f"{on:%a} {on.day} {on:%b} {on.year}"
    return f"{on.year}年{on.month}月{on.day}日（星期{WEEK[on.weekday()]}）"


@register.filter
def instant(value: datetime | None) -> str:
    """2026年9月28日（星期一） 10:05, Shanghai time."""
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
    return str(line.why) if in_english() else chinese(str(line.why_zh))


@register.filter
def notes(reckoning: Reckoning) -> tuple[str, ...]:
    """What is still open about a deadline, in the reader's language."""
    return reckoning.notes if in_english() else tuple(chinese(note) for note in reckoning.notes_zh)


@register.filter
def stretches(reckoning: Reckoning) -> list[Stretch]:
    """The explanation for a table, day by day. In a long time in which every day counts, the middle stands together."""
    told = [Stretch(line.date, line.date, 1, line.counted, why(line)) for line in reckoning.days]
    middle = told[HEAD:-TAIL]
    if len(told) <= DAYS_SHOWN or not all(line.counted for line in middle):
        return told
    together = Stretch(middle[0].first, middle[-1].last, len(middle), True,
                       gettext("every day counts, weekends and holidays too"))
    return [*told[:HEAD], together, *told[-TAIL:]]


@register.filter
def due(reckoning: Reckoning, rule: Rule) -> str:
    """By when: the day, or the instant where hours are counted."""
    return instant(reckoning.due_at) if rule.unit == "hour" else day(reckoning.due_on)


@register.filter
def basis(word: Any) -> str:
    """Which law or rule says so."""
    return str(word.basis_en or word.basis) if in_english() else chinese(str(word.basis_zh or word.basis))


@register.filter
def grade(word: Any) -> str:
    """How sure the source of a deadline is."""
    return named(catalogue.words().grades.get(word.grade))


@register.filter
def span(rule: Rule) -> str:
    """A length of time in words: 15日, 3个工作日."""
    units = {
        "hour": ngettext("%(n)s hour", "%(n)s hours", rule.length),
        "calendar_day": ngettext("%(n)s day", "%(n)s days", rule.length),
        "working_day": ngettext("%(n)s working day", "%(n)s working days", rule.length),
        "month": ngettext("%(n)s month", "%(n)s months", rule.length),
        "year": ngettext("%(n)s year", "%(n)s years", rule.length),
    }
    return units[rule.unit] % {"n": rule.length}


@register.filter
def office_hours(place: Any) -> str:
    """A place's opening hours in words."""
    said = network.hours_said(place)
    return said if in_english() else chinese(said)


@register.filter
def open_at(place: Any, at: datetime) -> bool:
    """Whether its door is open then by its weekly hours; Shanghai time."""
    return network.is_open_at(place, at)


@register.filter
def place_ref(place: Any) -> str:
    """What stands for a place in an address."""
    return network.place_ref(place)


@register.filter
def unlocalised(value: float) -> str:
    """A number for an attribute of a drawing, the same in every language."""
    return f"{value:g}"


@register.filter
def area_words(code: str) -> str:
    """An area in words, from the street down."""
    return network.area_said(code)


@register.filter
def percent(share: float | None) -> str:
    """A share as a whole percentage; a dash where it cannot be told."""
    return DASH if share is None else f"{share * 100:.0f}%"


@register.filter
def cell(count: int | None) -> str:
    """A count, or the sign that it is too small to be told."""
    return f"<{LEAST_CELL}" if count is None else f"{count:,}"


@register.filter
def last_moment(row: Any) -> str:
    """Until when a line of the list must be done: the last day, or the hour where hours are counted."""
    at = moment.shanghai(row.due_at)
    if row.clock is None or row.clock.rule.unit == "hour":
        return f"{short_day(at)} {at:%H:%M}"
    return short_day((at - timedelta(seconds=1)).date())


@register.filter
def enumerated(names: Iterable[str], stop: str = "") -> str:
    """Several names in a row, as the language writes them: 甲、乙。 or A, B."""
    return ", ".join(names) + stop if in_english() else "、".join(names) + ("。" if stop else "")


@register.filter
def month_words(value: date) -> str:
    """2026年9月, or Sep 2026."""
    return f"{value:%b} {value.year}" if in_english() else f"{value.year}年{value.month}月"


@register.filter
def period_words(period: Any, short: bool = False) -> str:
    """2026年第三季度, 2026年9月, 2026年, 9月7日起一周; Q3 2026, Sep 2026, 2026, week of 7 Sep. Short: for a drawing."""
    first, english = period.since, in_english()
    quarter = (first.month - 1) // 3
    if short and period.kind in ("quarter", "month"):
        return f"{first:%y}.Q{quarter + 1}" if period.kind == "quarter" else f"{first:%y}.{first.month}"
    if period.kind == "year":
        return f"{first.year}" if english else f"{first.year}年"
    if period.kind == "quarter":
        return f"Q{quarter + 1} {first.year}" if english else f"{first.year}年第{'一二三四'[quarter]}季度"
    if period.kind == "month":
        return month_words(first)
    if short:
        return f"{first.month}.{first.day}"
    return f"week of {first.day} {first:%b}" if english else f"{first.month}月{first.day}日起一周"


@register.filter
def period_kind(kind: str) -> str:
    """week, month, quarter or year, in words."""
    return {"week": gettext("week"), "month": gettext("month"), "quarter": gettext("quarter"),
            "year": gettext("year")}[kind]


@register.filter
def pause_said(ground: str) -> str:
    """Why our clocks stand still."""
    return named(flow.PAUSE_GROUNDS.get(ground), "label")


@register.filter
def told_by_law(duty: flow.Duty) -> str:
    """Whom a duty of the law tells, by name."""
    parties = catalogue.words().parties
    return (", " if in_english() else "、").join(named(parties.get(party)) for party in duty.tells)
