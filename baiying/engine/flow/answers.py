"""From what a form sends to typed answers, and from answers to facts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from baiying.engine.flow.matter import Ask, Matter
from baiying.engine.flow.steps import Refused

Answer = str | bool | tuple[str, ...] | datetime.date
TEXT_MOST = 200
LONGTEXT_MOST = 10_000
YEARS = (1900, 2199)  # of a day that anybody tells us: a clock that starts on it ends within the calendar
_YES_NO = {"yes": True, "no": False, "true": True, "false": False, "是": True, "否": False}


def read_answer(ask: Ask, raw: object) -> Answer | None:
    """One answer, typed by the question's kind; None when she left it empty. Raises Refused with a sentence."""
    if isinstance(raw, bool):
        raw = "yes" if raw else "no"
    if isinstance(raw, datetime.date):
        raw = raw.isoformat()
    texts = [raw] if isinstance(raw, str) else list(raw) if isinstance(raw, Sequence) else []
    said = [one.strip() for one in texts if isinstance(one, str) and one.strip()]
    if not said:
        return None
    if ask.kind == "choices":
        return tuple(dict.fromkeys(_chosen(ask, one) for one in said))
    return _read_one(ask, said[0])


def read_answers(matter: Matter, raw: Mapping[str, object]) -> tuple[dict[str, Answer], dict[str, Refused]]:
    """(answers, refusals) by question. Questions that the matter does not ask are left out, not refused."""
    answers: dict[str, Answer] = {}
    refusals: dict[str, Refused] = {}
    for key, ask in matter.asks.items():
        try:
            answer = read_answer(ask, raw.get(key))
        except Refused as refused:
            refusals[key] = refused
            continue
        if answer is not None:
            answers[key] = answer
        elif ask.need:
            refusals[key] = Refused(f"请填写“{ask.label}”。", f"Please answer: {ask.label_en or ask.label}.")
    return answers, refusals


def facts_of(answers: Mapping[str, object]) -> dict[str, object]:
    """The answers under the names that conditions use: `ask.<key>`."""
    return {f"ask.{key}": value for key, value in answers.items()}


def _read_one(ask: Ask, text: str) -> Answer:
    if ask.kind == "yesno":
        if text.lower() not in _YES_NO:
            raise Refused(f"“{ask.label}”请选是或否。", f"{ask.label_en or ask.label}: choose yes or no.")
        return _YES_NO[text.lower()]
    if ask.kind == "choice":
        return _chosen(ask, text)
    if ask.kind == "date":
        return _date(ask, text)
    most = TEXT_MOST if ask.kind == "text" else LONGTEXT_MOST
    if len(text) > most:
        raise Refused(
            f"“{ask.label}”最多 {most} 字, 现在 {len(text)} 字。",
            f"{ask.label_en or ask.label}: at most {most} characters, you wrote {len(text)}.",
        )
    return text


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
