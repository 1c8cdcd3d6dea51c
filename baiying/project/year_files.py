"""The calendar's files, one a year: written by the import, read by the catalogue."""

from __future__ import annotations

from pathlib import Path

from baiying.engine.clock import Calendar, Day, calendar_from_folder, read_calendar_csv, read_calendar_ics
from baiying.project.errors import Trouble

HEADER = """\
# Days off and make-up working days of {year} (国务院办公厅关于{year}年部分节假日安排的通知).
# Origin: {origin}
# A day not named here follows the week: Monday to Friday are working days.
year = {year}
"""


def import_years(file: Path, folder: Path) -> list[int]:
    """Bring the years of a CSV or iCalendar file into the folder; gives the years. Raises ClockError, Trouble."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Trouble(f"The file {file} cannot be read: {error.strerror}.") from error
    icalendar = content.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"BEGIN:VCALENDAR")
    newer = read_calendar_ics(content) if icalendar else read_calendar_csv(content)
    calendar_from_folder(folder).merged(newer)  # refuses a gap and a contradiction before anything is written
    years = list(range(newer.first_year, newer.last_year + 1))
    for year in years:
        (folder / f"cn_{year}.toml").write_text(year_as_toml(newer, year, f"imported from {file.name}"), "utf-8")
    return years


def year_as_toml(calendar: Calendar, year: int, origin: str) -> str:
    """The days of one year, holiday by holiday, with the December days before it that its notice moves."""
    holidays: dict[tuple[str, str], list[Day]] = {}
    for day in calendar.days:
        before = day.date.year == calendar.first_year - 1 and year == calendar.first_year
        if day.date.year == year or before:
            holidays.setdefault((day.name, day.name_en), []).append(day)
    parts = [HEADER.format(year=year, origin=origin)]
    for (name, english), days in holidays.items():
        parts.append(f'\n[[holiday]]\nname = "{name}"\nname_en = "{english}"\n')
        for word, working in (("days_off", False), ("makeup_days", True)):
            dates = ", ".join(str(day.date) for day in days if day.working == working)
            parts.append(f"{word} = [{dates}]\n" if dates else "")
    return "".join(parts)
