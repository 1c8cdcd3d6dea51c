"""From a rule and a start to the due day (民法典 art. 200-203).

The first day is not counted; hours run from the stated instant. A last day that is no working day rolls to the next
working day, unless the rule is one of hours, validity or waiting. All steps are arithmetic on ordinals and a bisect:
no loop over days, for this runs while a person waits for her number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from .calendar import Calendar
from .explaining import explain_backward, explain_course
from .faults import ClockError
from .moments import day_of, instant, midnight, months_away
from .pauses import Extension, Pause, Standstill
from .reckoning import Course, Leg, Reckoning, end_of
from .rules import Rule

NEVER_STILL = Standstill(())
EXTENDED_KINDS = frozenset({"deadline", "waiting", "validity"})


def reckon(
    rule: Rule,
    start: datetime | date,
    calendar: Calendar,
    *,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
) -> Reckoning:
    """When this rule runs out, counted from `start` (naive times are Shanghai's).

    Pauses stop only clocks of kind deadline; extensions lengthen deadlines, waiting periods and validity. A backward
    rule counts from the event towards the past: `due_on` is the latest day by which. A recurring rule gives its first
    time after `start` (see `recurrences` for the following).
    Raises ClockError for a pause or extension that its kind does not take, or a date beyond year 9999.
    """
    if pauses and rule.kind != "deadline":
        raise ClockError(
            f"Only a deadline of ours can be paused; this is a clock of kind {rule.kind}.",
            f"只有我方的办理时限可以暂停；此时限的种类是 {rule.kind}。",
        )
    if extensions and rule.kind not in EXTENDED_KINDS:
        raise ClockError(f"A clock of kind {rule.kind} cannot be extended.", f"种类为 {rule.kind} 的时限不能延长。")
    try:
        if rule.kind == "backward":
            return _count_back(rule, start, calendar)
        return count_on(rule, start, calendar, Standstill(pauses) if pauses else NEVER_STILL, extensions)
    except ClockError:
        raise
    except (OverflowError, ValueError) as beyond:
        raise ClockError(
            f"{rule} from {start} leads beyond the calendar (years 1 to 9999).",
            f"自{start}起算 {rule} 超出了日历范围（公元1至9999年）。",
        ) from beyond


def count_on(
    rule: Rule, start: datetime | date, calendar: Calendar, standstill: Standstill, extensions: Sequence[Extension] = ()
) -> Reckoning:
    """The reckoning of a rule that counts towards the future."""
    notes, notes_zh = _notes_on_start(rule, start)
    legs = [_leg(rule, start, calendar, standstill)]
    for extension in extensions:
        if (reached := legs[-1].end) is None:
            break
        onward = reached if isinstance(reached, datetime) else date.fromordinal(reached)
        legs.append(_leg(extension.rule, onward, calendar, standstill, extending=True))
    final = legs[-1]
    rolls = (replace(final.rule, kind=rule.kind, on_day=None) if extensions else rule).rolls
    due = _rolled(final.last, calendar, standstill) if rolls else final.last
    course = partial(explain_course, Course(tuple(legs), due, calendar, standstill))
    if due is None:
        notes += ("The clock stands still; it has no due day until the pause ends.",)
        notes_zh += ("时限暂停中，暂停结束前没有到期日。",)
        return Reckoning(None, None, False, calendar.version, notes, notes_zh, course)
    due_on, due_at = end_of(due)
    touched = [(leg.after + 1, leg.last) for leg in legs if leg.rule.unit == "working_day" and leg.last is not None]
    if rolls and final.last is not None:
        touched.append((final.last, due))
    unfirm = _unpublished(touched, calendar)
    if unfirm:
        notes, notes_zh = (*notes, unfirm[0]), (*notes_zh, unfirm[1])
    return Reckoning(due_on, final.ends or due_at, bool(unfirm), calendar.version, notes, notes_zh, course)


def _leg(
    rule: Rule, start: datetime | date, calendar: Calendar, standstill: Standstill, extending: bool = False
) -> Leg:
    """Run one rule. An extension of hours begins when the day it extends has ended (24:00)."""
    if rule.unit != "hour":
        after = day_of(start)
        return Leg(rule, after.toordinal(), _last_day(rule, after, calendar, standstill))
    begins = instant(start)
    if extending and not isinstance(start, datetime):
        begins = midnight(start + timedelta(days=1))
    ends = standstill.run(begins, timedelta(hours=rule.length))
    return Leg(rule, begins.toordinal(), None if ends is None else ends.toordinal(), begins, ends)


def _last_day(rule: Rule, start: date, calendar: Calendar, standstill: Standstill) -> int | None:
    """The ordinal of the last day, not rolled. Paused days push it on, and so may bring in further paused days."""
    after, last, stood = start.toordinal(), 0, 0
    while (reached := _ahead(rule, start, calendar, stood)) != last:
        last = reached
        if (still := standstill.for_good(after)) is not None and still <= last:
            return None
        stood = sum(_length(rule, calendar, first, end) for first, end in standstill.days_between(after, last))
    return last


def _length(rule: Rule, calendar: Calendar, first: int, last: int) -> int:
    if rule.unit == "working_day":
        return calendar.rank(last) - calendar.rank(first - 1)
    return last - first + 1


def _ahead(rule: Rule, start: date, calendar: Calendar, stood: int) -> int:
    """The last day if the clock stood still for so many days that would have counted."""
    ordinal = start.toordinal()
    if rule.unit == "working_day":
        return calendar.at_rank(calendar.rank(ordinal) + rule.length + stood)
    if rule.unit == "calendar_day":
        return ordinal + rule.length + stood
    if rule.on_day is not None:
        return _on_day(rule, start).toordinal() + stood
    return months_away(start, _months(rule)).toordinal() + stood


def _on_day(rule: Rule, start: date) -> date:
    """The first `on_day` later than the start; for lengths above one month or year, so many from there on."""
    first = months_away(start, 0, rule.on_day)
    months = _months(rule)
    return months_away(start, months if first <= start else months - _months(Rule(1, rule.unit)), rule.on_day)


def _months(rule: Rule) -> int:
    return rule.length * (12 if rule.unit == "year" else 1)


def _rolled(last: int | None, calendar: Calendar, standstill: Standstill) -> int | None:
    """The last day, moved to the next working day on which the clock runs (民法典 art. 203)."""
    if last is None:
        return None
    due, still = calendar.working_day_from(last), standstill.for_good(last)
    while (still is None or due < still) and (pause := standstill.pause_on(due)) is not None:
        due = calendar.working_day_from(pause.last_day + 1)
    return due if still is None or due < still else None


def _count_back(rule: Rule, event: datetime | date, calendar: Calendar) -> Reckoning:
    """The latest day so long before the event; the event's own day is not counted.

    It is not rolled: moving it on would shorten the time the law gives, and no article moves it back.
    """
    notes, notes_zh = _notes_on_start(rule, event)
    if rule.unit == "hour":
        due_at = instant(event) - timedelta(hours=rule.length)
        lines = partial(explain_backward, rule, event, due_at.toordinal(), calendar)
        return Reckoning(due_at.date(), due_at, False, calendar.version, notes, notes_zh, lines)
    day = day_of(event)
    ordinal = day.toordinal()
    if rule.unit == "working_day":
        latest = calendar.at_rank(calendar.rank(ordinal - 1) - rule.length + 1)
    elif rule.unit == "calendar_day":
        latest = ordinal - rule.length
    else:
        latest = months_away(day, -_months(rule)).toordinal()
    due_on, due_at = end_of(latest)
    touched = [(latest, ordinal - 1)] if rule.unit == "working_day" else []
    unfirm = _unpublished(touched, calendar)
    if unfirm:
        notes, notes_zh = (*notes, unfirm[0]), (*notes_zh, unfirm[1])
    if not calendar.is_working(latest):
        before = date.fromordinal(calendar.at_rank(calendar.rank(latest)))
        notes += (f"{due_on} is no working day; the last working day before it is {before}.",)
        notes_zh += (f"{due_on}不是工作日；此前最后一个工作日是{before}。",)
    lines = partial(explain_backward, rule, event, latest, calendar)
    return Reckoning(due_on, due_at, bool(unfirm), calendar.version, notes, notes_zh, lines)


def _notes_on_start(rule: Rule, start: datetime | date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if rule.unit == "hour" and not isinstance(start, datetime):
        return ("No time of day was given; the hours run from 00:00.",), ("未给出具体时间，小时自当日零时起算。",)
    return (), ()


def _unpublished(touched: Sequence[tuple[int, int]], calendar: Calendar) -> tuple[str, str] | None:
    """The note that a result leans on days no published calendar settles; None if it does not."""
    if all(calendar.is_firm(first, last) for first, last in touched):
        return None
    latest = max(last for _, last in touched)
    if latest > calendar.firm_until:
        year = calendar.last_year + 1
        return (
            f"The State Council has not published the calendar of {year} yet (this one ends with {year - 1}); "
            "the due day is reckoned by plain weeks and can change when it comes.",
            f"国务院尚未公布{year}年节假日安排（现有日历到{year - 1}年止）；到期日暂按普通周推算，公布后可能变动。",
        )
    return (
        f"The calendar begins with {calendar.first_year}; days before it are reckoned by plain weeks.",
        f"日历自{calendar.first_year}年起；此前的日子按普通周推算。",
    )
