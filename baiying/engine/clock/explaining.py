"""Why each day counted or did not: the sentences behind a reckoning, made only when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from .calendar import Calendar, Day
from .moments import day_of, instant, midnight
from .pauses import Pause
from .reckoning import Course, DayLine, Leg
from .rules import Rule

Why = tuple[str, str]

FIRST_DAY: Why = (
    "first day, not counted (Civil Code art. 201)",
    "起算当日，不计入（民法典第二百零一条）",
)
EVENT_DAY: Why = (
    "day of the event, not counted; counting goes back from it",
    "事项当日，不计入，自此向前倒数",
)
EXTENDED: Why = ("; here the extension begins to count", "；自此起计算延长的期限")
LAST_DAY: Why = (
    "; last day, until 24:00 (Civil Code art. 203)",
    "；最后一日，至二十四时止（民法典第二百零三条）",
)
TO_BE_MOVED: Why = (
    "; the last day, but not a working day, so it moves on (Civil Code art. 203)",
    "；最后一日，但不是工作日，依法顺延（民法典第二百零三条）",
)
STAYS: Why = (
    "; last day, until 24:00; no working day, but a period of this kind does not move",
    "；最后一日，至二十四时止；虽非工作日，此类期间不顺延",
)
MOVED_TO: Why = (
    "not counted: the last day moves to this next working day, until 24:00 (Civil Code art. 203)",
    "不计入：最后一日顺延至此工作日，至二十四时止（民法典第二百零三条）",
)
LATEST_DAY: Why = ("; the latest day by which", "；最迟应在此日之前（含当日）")


def explain_course(course: Course) -> tuple[DayLine, ...]:
    """Every day from the start to the due day; while a pause lasts, to its first day."""
    first, final = course.legs[0], course.legs[-1]
    lines = [] if first.rule.unit == "hour" else [_line(first.after, False, FIRST_DAY)]
    for leg in course.legs:
        lines += _hour_lines(leg, course) if leg.rule.unit == "hour" else _day_lines(leg, course, leg is not first)
    if final.last is None or final.rule.unit == "hour":
        return tuple(lines)
    end = lines.pop()
    if course.due != final.last:
        ending = TO_BE_MOVED
    else:
        ending = LAST_DAY if course.calendar.is_working(final.last) else STAYS
    why = _joined((end.why, end.why_zh), _no_such_day(final), ending)
    lines.append(DayLine(end.date, end.counted, *why))
    if course.due != final.last:
        lines += _rolled_lines(final.last, course)
    return tuple(lines)


def explain_backward(rule: Rule, event: datetime | date, latest: int, calendar: Calendar) -> tuple[DayLine, ...]:
    """Every day from the event back to the latest day by which."""
    if rule.unit == "hour":
        until = instant(event)
        since = until - timedelta(hours=rule.length)
        return tuple(reversed([_hours_line(day, since, until, []) for day in _days(since, until)]))
    start = day_of(event).toordinal()
    lines, counted = [_line(start, False, EVENT_DAY)], 0
    for ordinal in range(start - 1, latest - 1, -1):
        day = calendar.day(date.fromordinal(ordinal))
        counts = rule.unit != "working_day" or day.working
        counted += counts
        why = _counted(rule, counted, day) if counts else not_working(day)
        why = _joined(why, _assumed(rule, ordinal, calendar))
        lines.append(_line(ordinal, counts, _joined(why, LATEST_DAY) if ordinal == latest else why))
    return tuple(lines)


def _day_lines(leg: Leg, course: Course, extension: bool) -> Iterator[DayLine]:
    """The days of a leg of days, months or years."""
    calendar, counted = course.calendar, 0
    last = leg.last
    if last is None:
        last = course.standstill.for_good(leg.after) or leg.after
    for ordinal in range(leg.after + 1, last + 1):
        day = calendar.day(date.fromordinal(ordinal))
        pause = course.standstill.pause_on(ordinal)
        assumed = _assumed(leg.rule, ordinal, calendar)
        if leg.rule.unit == "working_day" and not day.working:
            yield _line(ordinal, False, _joined(not_working(day), assumed))
        elif pause is not None:
            yield _line(ordinal, False, _paused(pause))
        else:
            counted += 1
            why = _joined(_counted(leg.rule, counted, day), assumed)
            yield _line(ordinal, True, _joined(why, EXTENDED) if extension and counted == 1 else why)


def _rolled_lines(last: int, course: Course) -> Iterator[DayLine]:
    """The days between a last day that may not stay where it is and the day it moves to."""
    end = course.due
    if end is None:
        end = course.standstill.for_good(last) or last
    for ordinal in range(last + 1, end + 1):
        day = course.calendar.day(date.fromordinal(ordinal))
        pause = course.standstill.pause_on(ordinal)
        if pause is not None:
            why = _paused(pause)
        else:
            why = MOVED_TO if day.working else not_working(day)
        unfirm = not course.calendar.is_firm(ordinal, ordinal)
        yield _line(ordinal, False, _joined(why, _assumption(course.calendar) if unfirm else ("", "")))


def _hour_lines(leg: Leg, course: Course) -> Iterator[DayLine]:
    """The days of a leg of hours, with how many hours of each counted."""
    assert leg.begins is not None
    until = leg.ends
    if until is None:
        still = date.fromordinal(course.standstill.for_good(leg.after - 1) or leg.after)
        until = midnight(still + timedelta(days=1))
    days = _days(leg.begins, until)
    if leg.ends is None:
        days.pop()
    for day in days:
        yield _hours_line(day, leg.begins, until, course.standstill.pauses)


def _days(since: datetime, until: datetime) -> list[date]:
    """The dates an interval touches, the day of its last instant included."""
    return [date.fromordinal(ordinal) for ordinal in range(since.toordinal(), until.toordinal() + 1)]


def _hours_line(day: date, since: datetime, until: datetime, pauses: tuple[Pause, ...] | list[Pause]) -> DayLine:
    """How much of this day lies in the interval and in no pause (hours run from the stated time: art. 201)."""
    begin, end = max(since, midnight(day)), min(until, midnight(day + timedelta(days=1)))
    ran, now, reasons = timedelta(), begin, list[Pause]()
    for pause in pauses:
        still_from, still_to = max(pause.start, now), min(pause.end or end, end)
        if still_from < still_to:
            ran += still_from - now
            now = still_to
            reasons.append(pause)
    ran += max(end - now, timedelta())
    hours, hours_zh = _long(ran)
    span = f"{begin:%H:%M}–{'24:00' if end.date() > day else f'{end:%H:%M}'}"
    why: Why = (
        f"{span}: {hours} counted; hours run from the stated time (Civil Code art. 201)",
        f"{span}：计{hours_zh}；按小时计算的，自规定的时间起算（民法典第二百零一条）",
    )
    for pause in reasons:
        why = _joined(why, ("; ", "；"), _paused(pause))
    return DayLine(day, ran > timedelta(), *why)


def _long(ran: timedelta) -> Why:
    """A length of time as people say it, to the minute: nobody reads 8.4e-05 h."""
    if timedelta() < ran < timedelta(seconds=30):
        return "less than a minute", "不到1分钟"
    hours, minutes = divmod(round(ran / timedelta(minutes=1)), 60)
    parts = [(f"{hours} h", f"{hours}小时")] if hours or not minutes else []
    parts += [(f"{minutes} min", f"{minutes}分钟")] if minutes else []
    return " ".join(english for english, _zh in parts), "".join(chinese for _en, chinese in parts)


def _counted(rule: Rule, number: int, day: Day) -> Why:
    """A day that counted, and what it is when that may surprise."""
    if rule.unit == "working_day":
        why: Why = (f"working day {number} of {rule.length}", f"第{number}个工作日，共{rule.length}个")
    elif rule.unit == "calendar_day":
        why = (f"day {number} of {rule.length}", f"第{number}日，共{rule.length}日")
    elif rule.on_day is not None:
        why = (f"day {number}; due by day {rule.on_day} of the month", f"第{number}日；应于当月{rule.on_day}日前办结")
    else:
        unit, zh = ("month(s)", "个月") if rule.unit == "month" else ("year(s)", "年")
        why = (
            f"day {number} of {rule.length} {unit}, which end on the corresponding day (Civil Code art. 202)",
            f"第{number}日；期间{rule.length}{zh}，至到期月的对应日止（民法典第二百零二条）",
        )
    if day.makeup:
        return _joined(why, (f" (make-up working day: {day.name_en or day.name})", f"（{day.name}调休上班日）"))
    if day.working and (day.date.month, day.date.day) == (3, 8):
        return _joined(
            why,
            (
                " (8 March: half a day off for women only, so it stays a whole working day)",
                "（三八妇女节仅妇女放假半天，按一个完整工作日计）",
            ),
        )
    if day.working:
        return why
    off = day.name_en or day.name or "weekend"
    return _joined(why, (f" ({off}: such days count here)", f"（{day.name or '周末'}，照常计入）"))


def _no_such_day(leg: Leg) -> Why:
    """For months and years that end in a month without the corresponding day."""
    if leg.rule.unit not in ("month", "year") or leg.rule.on_day or leg.last is None:
        return ("", "")
    day, last = date.fromordinal(leg.after).day, date.fromordinal(leg.last)
    if day <= 28 or last.day >= day or (last + timedelta(days=1)).day != 1:
        return ("", "")
    return (
        f"; this month has no day {day}, so its last day takes its place (Civil Code art. 202)",
        f"；当月没有{day}日，以月末日为期间的最后一日（民法典第二百零二条）",
    )


def not_working(day: Day) -> Why:
    """Why this day is no working day."""
    if day.name:
        return (
            f"not a working day: {day.name_en or day.name} (the State Council's calendar)",
            f"非工作日：{day.name}放假（国务院办公厅节假日安排）",
        )
    return ("not a working day: weekend", "非工作日：周末")


def _paused(pause: Pause) -> Why:
    reason, reason_zh = pause.why or pause.why_zh, pause.why_zh or pause.why
    return (
        "the clock stands still" + (f": {reason}" if reason else ""),
        "时限暂停" + (f"：{reason_zh}" if reason_zh else ""),
    )


def _assumed(rule: Rule, ordinal: int, calendar: Calendar) -> Why:
    if rule.unit != "working_day" or calendar.is_firm(ordinal, ordinal):
        return ("", "")
    return _assumption(calendar)


def _assumption(calendar: Calendar) -> Why:
    return (
        f" (assumed from the weekday: beyond the published calendar {calendar.first_year}-{calendar.last_year})",
        f"（按星期推定：超出已公布的{calendar.first_year}—{calendar.last_year}年日历）",
    )


def _joined(*parts: Why) -> Why:
    return "".join(part[0] for part in parts), "".join(part[1] for part in parts)


def _line(ordinal: int, counted: bool, why: Why) -> DayLine:
    return DayLine(date.fromordinal(ordinal), counted, *why)
