"""The sheet to fill in: the columns of a kind, numbers as text, a row that shows how, and notes on a second page."""

from __future__ import annotations

import io

import xlsxwriter  # type: ignore[import-untyped]
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from baiying.importing import columns
from baiying.importing.faults import AS_TEXT
from baiying.importing.models import Kind
from baiying.kit import moment

ROWS = 5_000  # rows whose cells are text from the start
IN_CHINESE = {"units": "组织", "posts": "岗位", "members": "会员"}
WIDTHS = {columns.IDENTITY: 24, columns.TELEPHONE: 16, columns.DATE: 14, columns.YES_NO: 10}


def template(kind: str) -> bytes:
    """An .xlsx whose columns are all text, so that nothing that is typed there is ruined."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": moment.now().replace(tzinfo=None)})  # xlsxwriter would ask the machine's clock
    head = book.add_format({"bold": True, "bg_color": "#E5F1EE", "border": 1, "num_format": "@"})
    text = book.add_format({"num_format": "@"})
    soft = book.add_format({"num_format": "@", "italic": True, "font_color": "#5D544D"})
    sheet = book.add_worksheet(str(Kind(kind).label)[:31])
    for place, one in enumerate(columns.COLUMNS[kind]):
        sheet.set_column(place, place, WIDTHS.get(one.form, 18), text)
        sheet.write_string(0, place, one.name + (" *" if one.need else ""), head)
    sheet.freeze_panes(1, 0)
    _notes(book, kind, soft)
    book.close()
    return buffer.getvalue()


def _notes(book: xlsxwriter.Workbook, kind: str, soft: object) -> None:
    """What each column wants, with an example; on a page of its own, so that no example is ever entered."""
    notes = book.add_worksheet(_("Notes"))
    notes.set_column(0, 1, 28)
    notes.write_string(0, 0, _("Columns with * are needed."))
    notes.write_string(1, 0, str(AS_TEXT))
    for row, one in enumerate(columns.COLUMNS[kind], start=3):
        notes.write_string(row, 0, one.name)
        notes.write_string(row, 1, one.example, soft)


def name_of(kind: str) -> str:
    """What the file is called."""
    chinese = (get_language() or "zh").startswith("zh")
    return f"{IN_CHINESE[kind]}导入模板.xlsx" if chinese else f"{kind}-template.xlsx"
