"""A letter's template: one file of `catalogue/letters/`. What it says stands in sections; what differs from case to
case is a blank, which a matter fills from its questions and the handler can fill or correct before it is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: The kinds of document there are (文种); what each is called is what is printed.
DOCUMENTS = ("函", "提示函", "意见书", "建议书", "通知书", "告知书", "申请书", "协议书", "报告", "转介单", "要约书",
             "决定书", "公告", "同意书", "推举书", "计划", "回执")


@dataclass(frozen=True, slots=True)
class Blank:
    """Something that differs from case to case. `{key}` in a section prints it, or a line to write on. `fill`: the
    placeholder of the house that fills it where the matter says nothing else."""

    key: str
    label: str
    label_en: str
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a letter. `heading` is printed above it; `edit`: its words may be changed before it is sent."""

    key: str
    text: str
    heading: str = ""
    edit: bool = False
    label: str = ""
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """How long the addressee has to answer, counted from the day the letter was served, and who says so."""

    limit: str
    basis: str
    basis_zh: str
    basis_en: str
    grade: str


@dataclass(frozen=True, slots=True)
class Template:
    """One template. `id`: the hash of its declaration. `hers`: a draft that she takes and files herself, never
    numbered; `file_at` says where. `series`: the mark before the year in its number. `title`, `addressee`, `sign` and
    the sections hold placeholders: those of `flow.letters`, and the blanks.
    """

    key: str
    name: str
    name_en: str
    document: str
    title: str
    sections: Mapping[str, Section]
    basis: str
    basis_zh: str
    basis_en: str
    grade: str
    id: str = ""
    addressee: str = ""
    sign: str = ""
    numbered: bool = False
    series: str = ""
    hers: bool = False
    file_at: str = ""
    file_at_en: str = ""
    reply: Reply | None = None
    blanks: Mapping[str, Blank] = field(default_factory=dict)
