"""A table as a file: CSV that a spreadsheet opens in Chinese (UTF-8 with its mark), or .xlsx."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter  # type: ignore[import-untyped]
from django.http import HttpResponse

from baiying.kit import moment

FORMULA = ("=", "+", "-", "@", "\t", "\r")
Row = Sequence[str | int | float]


def csv_file(name: str, notes: Iterable[str], heads: Sequence[str], rows: Iterable[Row]) -> HttpResponse:
    """The notes first, one a line, then the table."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([[plain(note)] for note in notes])
    writer.writerow([plain(head) for head in heads])
    writer.writerows([[plain(value) for value in row] for row in rows])
    return answer(("\ufeff" + text.getvalue()).encode(), "text/csv; charset=utf-8", f"{name}.csv")


def xlsx_file(name: str, notes: Iterable[str], heads: Sequence[str], rows: Iterable[Row]) -> HttpResponse:
    """The same on one sheet, its heads fixed."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": moment.now().replace(tzinfo=None)})  # xlsxwriter would ask the machine's clock
    sheet, strong = book.add_worksheet(), book.add_format({"bold": True, "text_wrap": True})
    at = 0
    for note in notes:
        sheet.write_string(at, 0, note)
        at += 1
    sheet.write_row(at, 0, heads, strong)
    sheet.freeze_panes(at + 1, 1)
    sheet.set_column(0, 0, 28)
    for number, row in enumerate(rows, start=at + 1):
        sheet.write_row(number, 0, row)
    book.close()
    return answer(held.getvalue(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", f"{name}.xlsx")


def plain(value: str | int | float) -> str | int | float:
    """A text that a spreadsheet will not take for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def answer(content: bytes, kind: str, name: str) -> HttpResponse:
    found = HttpResponse(content, content_type=kind)
    found.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    found.headers["X-Content-Type-Options"] = "nosniff"
    return found
