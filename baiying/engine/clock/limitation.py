"""The member's own time to claim: limitation with interruption (中断), suspension (中止) and no limit while employed.

Sources: 劳动争议调解仲裁法 art. 27 (one year; interruption starts it anew; a suspended time goes on afterwards; unpaid
wages have no limit while the employment lasts, then one year from its end); 民法典 art. 194 (an obstacle within the
last six months: six months from the day it is gone), art. 195 (interruption).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from .calendar import Calendar
from .counting import count_on, reckon
from .faults import ClockError
from .moments import day_of, months_away
from .pauses import Pause, Standstill
from .reckoning import DayLine, Reckoning
from .rules import Rule


@dataclass(frozen=True, slots=True)
class Interruption:
    """The time starts anew on this day: she claimed, asked an authority, or the other side agreed to perform."""

    on: date | datetime
    why: str = ""
    why_zh: str = ""


@dataclass(frozen=True, slots=True)
class Suspension:
    """An obstacle that keeps her from claiming, dates as in `Pause`.

    by_civil_code False: the time stands still and then goes on (劳动争议调解仲裁法 art. 27).
    by_civil_code True: it matters only within the last six months, which then begin anew (民法典 art. 194).
    """

    obstacle: Pause
    by_civil_code: bool = False


@dataclass(frozen=True, slots=True)
class Employment:
    """For unpaid wages: no limit while it lasts; from `ended` on the time runs (劳动争议调解仲裁法 art. 27)."""

    ended: date | None = None


def reckon_limitation(
    rule: Rule,
    start: datetime | date,
    calendar: Calendar,
    *,
    interruptions: Sequence[Interruption] = (),
    suspensions: Sequence[Suspension] = (),
    employment: Employment | None = None,
) -> Reckoning:
    """When her claim runs out. An interruption counts if it came in time; one after the end changes nothing.

    Days of the explanation begin with the last start; `notes` name what restarted it. `due_on` is None while there is
    no limit or an obstacle lasts. Raises ClockError for a rule that is not a limitation of days, months or years.
    """
    if rule.kind != "limitation" or rule.unit == "hour":
        raise ClockError(
            f"'{rule}' of kind {rule.kind} is no limitation of days, months or years.",
            f"“{rule}”（{rule.kind}）不是按日、月、年计算的时效。",
        )
    if employment is not None:
        if employment.ended is None:
            return _no_limit(day_of(start), calendar)
        start = employment.ended
    reckoning, notes, notes_zh = _suspended(rule, start, calendar, suspensions), list[str](), list[str]()
    for interruption in sorted(interruptions, key=lambda one: day_of(one.on)):
        on = day_of(interruption.on)
        if on <= day_of(start):
            continue
        if reckoning.due_on is not None and on > reckoning.due_on:
            notes.append(f"What happened on {on} came after the time had run out; it starts nothing anew.")
            notes_zh.append(f"{on}的情形发生在时效届满之后，不引起中断。")
            continue
        start = on
        reckoning = _suspended(rule, start, calendar, suspensions)
        reason, reason_zh = interruption.why or "interruption", interruption.why_zh or interruption.why or "中断"
        notes.append(f"Started anew on {on}: {reason} (Civil Code art. 195).")
        notes_zh.append(f"{on}时效中断，重新计算：{reason_zh}（民法典第一百九十五条）。")
    return replace(reckoning, notes=(*notes, *reckoning.notes), notes_zh=(*notes_zh, *reckoning.notes_zh))


def _suspended(rule: Rule, start: datetime | date, calendar: Calendar, suspensions: Sequence[Suspension]) -> Reckoning:
    """One uninterrupted run, with its obstacles."""
    still = [one.obstacle for one in suspensions if not one.by_civil_code]
    reckoning = count_on(rule, start, calendar, Standstill(still))
    last_months = [one.obstacle for one in suspensions if one.by_civil_code]
    for obstacle in sorted(last_months, key=lambda pause: pause.start):
        if reckoning.due_on is None:
            break
        end, critical = obstacle.end, months_away(reckoning.due_on, -6)
        if obstacle.start.date() > reckoning.due_on or (end is not None and end.date() <= critical):
            continue
        if end is None:
            return _lasting(obstacle, calendar)
        gone = day_of(obstacle.until) if obstacle.until is not None else end.date()
        later = reckon(Rule(6, "month", "limitation"), gone, calendar)
        note = f"An obstacle lay in the last six months; six months run from its end on {gone} (Civil Code art. 194)."
        note_zh = f"时效最后六个月内存在障碍；自障碍消除之日{gone}起满六个月届满（民法典第一百九十四条）。"
        reckoning = replace(later, notes=(note, *later.notes), notes_zh=(note_zh, *later.notes_zh))
    return reckoning


def _lasting(obstacle: Pause, calendar: Calendar) -> Reckoning:
    note = f"Suspended since {obstacle.start.date()}; six months run when the obstacle is gone (Civil Code art. 194)."
    note_zh = f"自{obstacle.start.date()}起中止；障碍消除之日起满六个月届满（民法典第一百九十四条）。"
    line = DayLine(obstacle.start.date(), False, note, note_zh)
    return Reckoning(None, None, False, calendar.version, (note,), (note_zh,), partial(tuple, [line]))


def _no_limit(start: date, calendar: Calendar) -> Reckoning:
    note = "No limit while the employment lasts; then one year (Labour Dispute Mediation and Arbitration Law art. 27)."
    note_zh = "劳动关系存续期间不受时效限制；终止后一年内提出（劳动争议调解仲裁法第二十七条）。"
    line = DayLine(start, False, note, note_zh)
    return Reckoning(None, None, False, calendar.version, (note,), (note_zh,), partial(tuple, [line]))
