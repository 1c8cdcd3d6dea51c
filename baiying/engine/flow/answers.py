"""From what a form sends to typed answers, and from answers to facts."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from baiying.engine.flow.conditions import all_hold
from baiying.engine.flow.matter import Ask, Matter
from baiying.engine.flow.questions import ASK, form_asks
from baiying.engine.flow.refusing import Refused

Answer = str | bool | int | tuple[str, ...] | datetime.date
TEXT_MOST = 200
LONGTEXT_MOST = 10_000
YEARS = (1900, 2199)  # of a day that anybody tells us: a clock that starts on it ends within the calendar
NUMBER_MOST = 10**12  # of a number; of money: yuan
_MONEY = re.compile(r"[0-9]+(\.[0-9]{1,2})?", re.ASCII)
_YES_NO = {"yes": True, "no": False, "true": True, "false": False, "是": True, "否": False}


def read_answer(ask: Ask, raw: object) -> Answer | None:
    """One answer, typed by the question's kind; None when she left it empty. Raises Refused with a sentence."""
    if isinstance(raw, bool):
        raw = "yes" if raw else "no"
    if isinstance(raw, datetime.date):
        raw = raw.isoformat()
    if isinstance(raw, int):
        raw = str(raw)
    texts = [raw] if isinstance(raw, str) else list(raw) if isinstance(raw, Sequence) else []
    said = [one.strip() for one in texts if isinstance(one, str) and one.strip()]
    if not said:
        return None
    if ask.kind == "choices":
        return tuple(dict.fromkeys(_chosen(ask, one) for one in said))
    return _read_one(ask, said[0])


def read_answers(
    matter: Matter, raw: Mapping[str, object], asks: Iterable[Ask] | None = None
) -> tuple[dict[str, Answer], dict[str, Refused]]:
    """(answers, refusals) by question. What is not asked here is left out, not refused.

    `asks`: the questions of this form; without it, those of her own (`form_asks`). A question that must be answered
    is missing only where it is sure to be asked: its `when` holds by the other answers.
    """
    answers: dict[str, Answer] = {}
    refusals: dict[str, Refused] = {}
    asked = tuple(form_asks(matter) if asks is None else asks)
    for ask in asked:
        try:
            answer = read_answer(ask, raw.get(ask.key))
        except Refused as refused:
            refusals[ask.key] = refused
            continue
        if answer is not None:
            answers[ask.key] = answer
    facts = facts_of(answers)
    for ask in asked:
        if ask.need and ask.key not in answers and ask.key not in refusals and all_hold(ask.when, facts):
            refusals[ask.key] = Refused(f"请填写“{ask.label}”。", f"Please answer: {ask.label_en or ask.label}.")
    return answers, refusals


def facts_of(answers: Mapping[str, object]) -> dict[str, object]:
    """The answers under the names that conditions use: `ask.<key>`."""
    return {f"{ASK}{key}": value for key, value in answers.items()}


def _read_one(ask: Ask, text: str) -> Answer:
    if ask.kind == "yesno":
        if text.lower() not in _YES_NO:
            raise Refused(f"“{ask.label}”请选是或否。", f"{ask.label_en or ask.label}: choose yes or no.")
        return _YES_NO[text.lower()]
    if ask.kind == "choice":
        return _chosen(ask, text)
    if ask.kind == "date":
        return _date(ask, text)
    if ask.kind in ("number", "money"):
        return _count(ask, text)
    most = TEXT_MOST if ask.kind == "text" else LONGTEXT_MOST
    if len(text) > most:
        raise Refused(
            f"“{ask.label}”最多 {most} 字, 现在 {len(text)} 字。",
            f"{ask.label_en or ask.label}: at most {most} characters, you wrote {len(text)}.",
        )
    return text


def _count(ask: Ask, text: str) -> int:
    """A whole number, or money typed in yuan as fen. Full-width digits, thousands' commas and the sign are read too."""
    plain = re.sub(r"[\s,，¥￥元]", "", unicodedata.normalize("NFKC", text))
    label_en = ask.label_en or ask.label
    if not _MONEY.fullmatch(plain):
        raise Refused(
            f"“{ask.label}”请只写数字, 例如 1200{' 或 1200.50' if ask.kind == 'money' else ''}。",
            f"{label_en}: write digits only, like 1200{' or 1200.50' if ask.kind == 'money' else ''}.",
        )
    whole, _, part = plain.partition(".")
    if len(whole) > 13 or int(whole) > NUMBER_MOST:
        raise Refused(f"“{ask.label}”的数太大了, 请看一看。", f"{label_en}: this number is too large, please check it.")
    if ask.kind == "money":
        return int(whole) * 100 + int(part.ljust(2, "0") or "0")
    if part:
        raise Refused(f"“{ask.label}”请写整数。", f"{label_en}: write a whole number.")
    return int(whole)


def _date(ask: Ask, text: str) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        raise Refused(
            f"“{ask.label}”不是日期, 请写成 2026-03-01 这样。",
            f"{ask.label_en or ask.label}: write the date like 2026-03-01.",
        ) from None
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise Refused(
            f"“{ask.label}”的年份 {day.year} 不对, 请看一看。",
            f"{ask.label_en or ask.label}: please check the year {day.year}.",
        )
    return day


def _chosen(ask: Ask, text: str) -> str:
    if text not in {option.label for option in ask.options}:
        raise Refused(
            f"“{ask.label}”里没有这个选项: {text[:40]}。",
            f"{ask.label_en or ask.label}: no such choice: {text[:40]}.",
        )
    return text
