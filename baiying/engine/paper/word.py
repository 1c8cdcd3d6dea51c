"""A document as .docx, to be edited at home or in the office. The same document gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from baiying.engine.paper.document import Document
from baiying.engine.paper.typeset import DRAFT, written

BODY, HEAD = "仿宋", "黑体"  # what a Chinese computer has; another takes its own in their place
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of a zip: no clock of the machine goes into the file


def docx_bytes(document: Document) -> bytes:
    """The .docx file."""
    made = docx.Document()
    _set_page(made, document)
    _line(made, written(document.title), size=22, bold=True, align="center", indent=False)
    if document.number:
        _line(made, written(document.number), align="center", indent=False)
    if document.draft:
        _line(made, DRAFT, size=10.5, font=HEAD, align="right", indent=False)
    if document.addressee:
        _line(made, written(document.addressee) + "：", indent=False)
    for part in document.parts:
        if part.heading:
            _line(made, written(part.heading), font=HEAD)
        for line in part.paragraphs:
            _line(made, written(line))
    for line in (*document.sign, document.date):
        if line:
            _line(made, written(line), align="right", indent=False)
    for line in document.foot:
        _line(made, written(line), size=10.5, font=HEAD, indent=False)
    return _steady(made)


def _set_page(made: Any, document: Document) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    about = made.core_properties
    about.author, about.last_modified_by, about.comments = "", "", ""
    about.title = written(document.title)[:255]  # the most that the file format holds
    about.created = about.modified = document.made_at.replace(tzinfo=None, microsecond=0)
    _page_number(section.footer.paragraphs[0])


def _line(made: Any, text: str, *, size: float = 16, font: str = BODY, bold: bool = False, align: str = "",
          indent: bool = True) -> None:
    paragraph = made.add_paragraph()
    form = paragraph.paragraph_format
    form.space_after, form.space_before, form.line_spacing = Pt(0), Pt(0), Pt(29 if size >= 16 else 18)
    if indent:
        form.first_line_indent = Pt(2 * size)
    if align:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if align == "center" else WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.font.name = Pt(size), bold, font
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = text
        run._element.append(element)


def _steady(made: Any) -> bytes:
    """The file with every time in the zip set to one day, so that the same letter is the same bytes."""
    loose, steady = io.BytesIO(), io.BytesIO()
    made.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            target.writestr(zipfile.ZipInfo(name, FIRST_DAY), source.read(name), zipfile.ZIP_DEFLATED)
    return steady.getvalue()
