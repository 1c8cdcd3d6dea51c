"""The calendar's files, one a year: written by the import, read by the catalogue."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from baiying.engine.clock import ClockError, calendar_from_folder, read_calendar_csv, read_calendar_ics, year_as_toml
from baiying.project.errors import Trouble


@contextlib.contextmanager
def imported_years(file: Path, folder: Path) -> Iterator[list[int]]:
    """Bring the years of a CSV or iCalendar file into the folder, for good if the block ends well; gives the years.

    Raises Trouble with a sentence; the folder is then as it was.
    """
    years = read_years(file, folder)
    before = {path: path.read_bytes() if path.exists() else None for path in (year_file(folder, one) for one in years)}
    try:
        for year, text in years.items():
            put(year_file(folder, year), text.encode())
        yield list(years)
    except BaseException:
        for path, content in before.items():
            if content is None:
                path.unlink(missing_ok=True)
            else:
                put(path, content)
        raise


def read_years(file: Path, folder: Path) -> dict[int, str]:
    """The years of a file as the texts of the folder's files. Refuses a gap and a contradiction."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Trouble(f"The file {file} cannot be read: {error.strerror}.") from error
    icalendar = content.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"BEGIN:VCALENDAR")
    try:
        newer = read_calendar_ics(content) if icalendar else read_calendar_csv(content)
        calendar_from_folder(folder).merged(newer)
    except ClockError as error:
        raise Trouble(f"{file}: {error}") from error
    return {year: year_as_toml(newer, year, f"Origin: imported from {file.name}")
            for year in range(newer.first_year, newer.last_year + 1)}


def year_file(folder: Path, year: int) -> Path:
    return folder / f"cn_{year}.toml"


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(content)
    fresh.replace(path)
