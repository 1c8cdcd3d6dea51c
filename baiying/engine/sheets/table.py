"""From a file to rows: .xlsx, .xls, .ods by python-calamine, CSV in the encodings that Chinese offices write."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from baiying.engine.sheets.cells import Raw

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
DELIMITERS = ",;\t"
MOST_UNPACKED = 1_500_000_000  # bytes; a small file that unpacks to more is made to fill a memory
MOST_ROWS = 1_000_000
MOST_COLUMNS = 200
LOOKED_AT = 20  # lines by which the delimiter is found
Row = tuple[int, list[Raw]]


class Unreadable(Exception):
    """A file that is no sheet we can read. ``code`` says why, for a sentence in the reader's language."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code, self.details = code, details


@dataclass(frozen=True)
class Table:
    """A sheet, opened. ``encoding`` is of a CSV alone; ``sheet`` the name of the sheet in a workbook; ``first`` how
    many columns stand empty before the first one that is read."""

    form: str
    encoding: str
    delimiter: str
    sheet: str
    _source: Any
    first: int = 0

    def rows(self) -> Iterator[Row]:
        """Each row with its number as the spreadsheet counts; empty ones are left out. Raises Unreadable."""
        for number, cells in self._all():
            if number > MOST_ROWS:
                raise Unreadable("rows", most=MOST_ROWS)
            if any(cell is not None and cell != "" for cell in cells):
                yield number, cells[:MOST_COLUMNS]

    def _all(self) -> Iterator[Row]:
        if self.form != "csv":
            yield from enumerate(self._source.iter_rows(), start=1)
            return
        try:
            reader = csv.reader(io.StringIO(self._source, newline=""), delimiter=self.delimiter)
            for number, cells in enumerate(reader, start=1):  # a cell of two lines is one row, as a spreadsheet counts
                yield number, list(cells)
        except csv.Error as error:
            raise Unreadable("csv", why=str(error)) from error


def open_table(path: Path) -> Table:
    """Open a sheet by what is in it, whatever it is called. Raises Unreadable, or OSError for the file itself."""
    with open(path, "rb") as file:
        head = file.read(8)
    if not head:
        raise Unreadable("empty")
    if head.startswith(ZIP) or head.startswith(OLE):
        return _workbook(path, head)
    return _csv(path.read_bytes())


def _workbook(path: Path, head: bytes) -> Table:
    try:
        if head.startswith(ZIP):
            with zipfile.ZipFile(path) as packed:
                if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                    raise Unreadable("unpacks")
        book = CalamineWorkbook.from_path(str(path))
        visible = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        for name in visible or book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height:
                return Table("workbook", "", "", name, sheet, sheet.start[1] if sheet.start else 0)
    except PasswordError as error:
        raise Unreadable("password") from error
    except (CalamineError, zipfile.BadZipFile, OSError) as error:
        raise Unreadable("workbook", why=str(error)) from error
    raise Unreadable("empty")


def _csv(content: bytes) -> Table:
    text, encoding = decoded(content)
    if not text.strip():
        raise Unreadable("empty")
    return Table("csv", encoding, delimiter_of(text), "", text)


def decoded(content: bytes) -> tuple[str, str]:
    """The text and the encoding it was in: by its mark, else UTF-8, else GB18030. Raises Unreadable."""
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return _strictly(content, encoding), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _strictly(content, "gb18030"), "gb18030"


def _strictly(content: bytes, encoding: str) -> str:
    if encoding != "utf-16" and b"\x00" in content[:4096]:
        raise Unreadable("no_text")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[:error.start]
        raise Unreadable("encoding", line=before.count(b"\n") + 1) from error


def delimiter_of(text: str) -> str:
    """Comma, semicolon or tab: which one cuts the first lines into the most columns, alike in all of them."""
    lines = io.StringIO(text[:200_000], newline="")
    best, most = ",", 0
    for sign in DELIMITERS:
        lines.seek(0)
        try:
            cut = [len(cells) for cells, _line in zip(csv.reader(lines, delimiter=sign), range(LOOKED_AT), strict=False)
                   if cells]
        except csv.Error:
            continue
        usual = max(set(cut), key=lambda width: (cut.count(width), width), default=0)
        if usual > most:
            best, most = sign, usual
    return best
