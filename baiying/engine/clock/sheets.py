"""From a file's text to days: what all readers of calendars share, and the readers of CSV and TOML.

Every fault is a ClockError whose sentence names the line or the day.
"""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from .calendar import Calendar, Day
from .faults import ClockError, unknown_word

OWN_COLUMNS = ("date", "day")
SHARED_COLUMNS = ("date", "is_workday", "holiday", "makeup_workday_for")

# Names of holidays as the English tables write them, and as people know them.
HOLIDAYS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日",
}
ENGLISH = {name: english for english, name in HOLIDAYS.items()} | {
    short: english for english, name in HOLIDAYS.items() if (short := name.removesuffix("节")) != name
}

DAY_WORDS = {"off": False, "makeup": True, "休": False, "班": True}


def calendar_of(days: Iterable[Day], years: Iterable[int] = ()) -> Calendar:
    """A calendar of these days. Raises ClockError when no day is told or a year is missing between two.

    `years` are those told in full even where nothing is special; else they are those of the days. December days alone,
    before the first other year, belong to that next year's notice.
    """
    told = list(days)
    found = {day.date.year for day in told} | set(years)
    if not found:
        raise ClockError("The file names no day off and no make-up day.", "文件中没有任何放假日或调休上班日。")
    first, last = min(found), max(found)
    if first not in set(years) and last > first and all(day.date.month == 12 for day in told if day.date.year == first):
        first += 1
    if gaps := [str(year) for year in range(first, last + 1) if year not in found]:
        raise ClockError(
            f"The calendar runs from {first} to {last} but {', '.join(gaps)} is missing.",
            f"日历从{first}年到{last}年，但缺{'、'.join(gaps)}年。",
        )
    return Calendar(first, last, tuple(told))


def read_calendar_csv(content: bytes | str) -> Calendar:
    """Read a calendar in CSV, UTF-8 with or without a byte-order mark.

    Our own columns: date,day,name,name_en, where day is off (休) or makeup (班); days not named follow the week.
    The columns of the published tables: date,is_workday,holiday,makeup_workday_for (others are ignored), one line for
    every day of every year.
    """
    columns, rows = _table(text_of(content))
    if set(SHARED_COLUMNS) <= set(columns):
        return _whole_years(rows)
    if set(OWN_COLUMNS) <= set(columns):
        return calendar_of(
            [
                Day(_date(row["date"], line), _kind(row["day"], line), *_names(row.get("name"), row.get("name_en")))
                for line, row in enumerate(rows, start=2)
            ]
        )
    raise ClockError(
        f"The first line must name the columns {','.join(OWN_COLUMNS)},name,name_en or {','.join(SHARED_COLUMNS)}; "
        f"it names {','.join(columns) or 'nothing'}.",
        f"首行须为列名 {','.join(OWN_COLUMNS)},name,name_en 或 {','.join(SHARED_COLUMNS)}；"
        f"现为{','.join(columns) or '空'}。",
    )


def read_calendar_toml(content: bytes | str, file: str = "the file") -> Calendar:
    """Read one year: `year = 2026` and any number of [[holiday]] with name, name_en, days_off, makeup_days."""
    try:
        told = tomllib.loads(text_of(content))
    except tomllib.TOMLDecodeError as broken:
        raise ClockError(f"{file} is no TOML: {broken}.", f"{file}不是有效的TOML：{broken}。") from broken
    year, holidays = told.get("year"), told.get("holiday")
    whole = isinstance(holidays, list) and all(isinstance(holiday, dict) for holiday in holidays)
    if type(year) is not int or not isinstance(holidays, list) or not whole:
        raise ClockError(
            f"{file} needs 'year = 2027' and at least one [[holiday]].",
            f"{file}须有“year = 2027”和至少一个[[holiday]]。",
        )
    for word in set(told) - {"year", "holiday"}:
        raise unknown_word(f"word in {file}", f"词（{file}）", word, ("year", "holiday"))
    return calendar_of([day for holiday in holidays for day in _holiday_days(holiday, file)], [year])


def calendar_from_folder(folder: Path) -> Calendar:
    """All cn_YYYY.toml of a folder, merged. Raises ClockError when there is none, or a year between two is missing."""
    files = sorted(folder.glob("cn_*.toml"))
    if not files:
        raise ClockError(f"No cn_YYYY.toml lies in {folder}.", f"{folder}中没有 cn_YYYY.toml 文件。")
    merged: Calendar | None = None
    for file in files:
        year = read_calendar_toml(file.read_bytes(), file.name)
        merged = merged.merged(year) if merged else year
    assert merged is not None
    return merged


def year_as_toml(calendar: Calendar, year: int, origin: str) -> str:
    """One year as the text of a cn_YYYY.toml, holiday by holiday; `origin` is said in its first lines.

    Days of the December before a calendar's first year go with that year, whose notice named them.
    """
    holidays: dict[tuple[str, str], list[Day]] = {}
    for day in calendar.days:
        if max(day.date.year, calendar.first_year) == year:
            holidays.setdefault((day.name, day.name_en), []).append(day)
    lines = [f"# {line}" for line in origin.splitlines()] + [f"year = {year}"]
    for (name, english), days in holidays.items():
        lines += ["", "[[holiday]]", f"name = {_quoted(name)}", f"name_en = {_quoted(english)}"]
        for word, working in (("days_off", False), ("makeup_days", True)):
            dates = ", ".join(str(day.date) for day in days if day.working == working)
            lines += [f"{word} = [{dates}]"] if dates else []
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are a subset of TOML's."""
    return json.dumps(text, ensure_ascii=False)


def _holiday_days(holiday: Mapping[str, Any], file: str) -> list[Day]:
    known = ("name", "name_en", "days_off", "makeup_days")
    for word in set(holiday) - set(known):
        raise unknown_word(f"word in a holiday of {file}", f"词（{file}的holiday）", word, known)
    if any(type(holiday.get(word, "")) is not str for word in known[:2]):
        raise ClockError(f"{file}: name and name_en must be text.", f"{file}：name 和 name_en 须为文字。")
    names = _names(holiday.get("name"), holiday.get("name_en"))
    days = list[Day]()
    for word, working in (("days_off", False), ("makeup_days", True)):
        told = holiday.get(word, [])
        if not isinstance(told, list) or any(type(on) is not date for on in told):
            raise ClockError(
                f"{file}: {word} of {names[0]} must be a list of dates without quotes, like [2027-01-01].",
                f"{file}：{names[0]}的{word}须为日期列表，日期不加引号，例如 [2027-01-01]。",
            )
        days += [Day(on, working, *names) for on in told]
    return days


def _table(text: str) -> tuple[list[str], list[dict[str, str]]]:
    """The column names and the lines of a CSV."""
    reader = csv.reader(text.splitlines())
    try:
        columns = [name.strip() for name in next(reader, [])]
        return columns, [dict(zip(columns, [*line, *[""] * len(columns)], strict=False)) for line in reader if line]
    except csv.Error as broken:
        raise ClockError(
            f"Line {reader.line_num} is no CSV: {broken}.", f"第{reader.line_num}行不是有效的CSV：{broken}。"
        ) from broken


def _whole_years(rows: Iterable[Mapping[str, str]]) -> Calendar:
    """The published tables: a line for every day; keep what the week alone does not say, and every named day."""
    days, dates = list[Day](), set[date]()
    for line, row in enumerate(rows, start=2):
        on = _date(row["date"], line)
        if on in dates:
            raise ClockError(f"Line {line}: {on} stands in the file twice.", f"第{line}行：{on}重复出现。")
        dates.add(on)
        if row["is_workday"] not in ("0", "1"):
            raise ClockError(f"Line {line}: is_workday must be 0 or 1.", f"第{line}行：is_workday 须为0或1。")
        working = row["is_workday"] == "1"
        names = _names(None, row["makeup_workday_for"] if working else row["holiday"])
        if names[0] or working != (on.weekday() < 5):
            days.append(Day(on, working, *names))
    years = {on.year for on in dates}
    for year in sorted(years):
        on = date(year, 1, 1)
        while on.year == year:
            if on not in dates:
                raise ClockError(
                    f"{on} is missing: a table with is_workday needs every day of {year}.",
                    f"缺{on}：含 is_workday 的表须列出{year}年的每一天。",
                )
            on += timedelta(days=1)
    return calendar_of(days, years)


def text_of(content: bytes | str) -> str:
    """The text of a file in UTF-8, without its byte-order mark. Raises ClockError for another encoding."""
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise ClockError(
            "The file is not UTF-8 text (perhaps GBK, as Excel saves it); save it as UTF-8 and try again.",
            "文件不是UTF-8编码（可能是Excel另存的GBK）；请另存为UTF-8（Excel中选“CSV UTF-8”）后重试。",
        ) from wrong


def _date(text: str | None, line: int) -> date:
    try:
        return date.fromisoformat((text or "").strip())
    except ValueError as wrong:
        raise ClockError(
            f"Line {line}: '{text}' is no date; write it like 2027-01-01.",
            f"第{line}行：“{text}”不是日期；请写成 2027-01-01。",
        ) from wrong


def _kind(word: str | None, line: int) -> bool:
    if (plain := (word or "").strip().lower()) in DAY_WORDS:
        return DAY_WORDS[plain]
    raise unknown_word(f"kind of day (line {line})", f"日类（第{line}行）", word or "", DAY_WORDS)


def _names(name: str | None, english: str | None) -> tuple[str, str]:
    """Both names of a holiday; a missing one is found from the other where it is a holiday of the list."""
    zh, en = (name or "").strip(), (english or "").strip()
    return zh or HOLIDAYS.get(en, en), en or ENGLISH.get(zh, zh)
