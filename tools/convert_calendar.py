"""Convert the shared table of working days into catalogue/calendar/cn_YYYY.toml, one file a year.

`python tools/convert_calendar.py ../shared/data/holidays/cn_calendar_2004_2026.csv.gz catalogue/calendar`
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

from baiying.engine.clock import read_calendar_csv, year_as_toml

ORIGIN = """\
Days off and make-up working days of {year} (国务院办公厅关于{year}年部分节假日安排的通知).
Origin: PyPI chinesecalendar 1.11.0 (MIT), converted by tools/convert_calendar.py.
A day not named here follows the week: Monday to Friday are working days."""


def main(source: Path, folder: Path) -> None:
    """Write one file for every year of the source."""
    calendar = read_calendar_csv(gzip.decompress(source.read_bytes()))
    folder.mkdir(parents=True, exist_ok=True)
    for year in range(calendar.first_year, calendar.last_year + 1):
        text = year_as_toml(calendar, year, ORIGIN.format(year=year))
        (folder / f"cn_{year}.toml").write_text(text, encoding="utf-8")
    print(f"{calendar.first_year}-{calendar.last_year}: {len(calendar.days)} days, version {calendar.version}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
