"""The calendar's files, one a year: written by the import, read by the catalogue."""

from __future__ import annotations

from pathlib import Path

from baiying.engine.clock import calendar_from_folder, read_calendar_csv, read_calendar_ics, year_as_toml
from baiying.project.errors import Trouble


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
        text = year_as_toml(newer, year, f"Origin: imported from {file.name}")
        (folder / f"cn_{year}.toml").write_text(text, "utf-8")
    return years
