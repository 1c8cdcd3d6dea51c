"""A document as PDF: the same document gives the same bytes, with the same fonts."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

import typst

from baiying.engine.paper.document import Document
from baiying.engine.paper.page import PAGE, SANS, SERIF

DRAFT = "草稿 · 请本人核对、补全后签名"
LONG = re.compile(r"[!-~]{40}")  # what a line of the page cannot break
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


class NoFont(Exception):
    """No font of this machine can write Chinese, so the letter would be a page of empty boxes."""


def pdf(document: Document) -> bytes:
    """The PDF. Raises NoFont."""
    made: Any = _compiler().compile(PAGE.encode(), format="pdf", sys_inputs={"doc": _data(document)},
                                    timestamp=int(document.made_at.timestamp()))
    return bytes(made)


def pictures(document: Document, ppi: float = 72) -> list[bytes]:
    """The pages as PNG pictures. Raises NoFont."""
    made: Any = _compiler().compile(PAGE.encode(), format="png", ppi=ppi, sys_inputs={"doc": _data(document)},
                                    timestamp=int(document.made_at.timestamp()))
    return list(made) if isinstance(made, list) else [made]


def font() -> str:
    """The family that letters are set in; empty when this machine has none that can write Chinese."""
    return next((name for name in (*SERIF, *SANS) if name in _families()), "")


def _data(document: Document) -> str:
    """All that the page is told, as JSON: texts, never mark-up."""
    families = [name for name in (*SERIF, *SANS) if name in _families()]
    if not families:
        raise NoFont
    heads = [name for name in (*SANS, *SERIF) if name in _families()]
    return json.dumps({
        "serif": families, "sans": heads, "mark": DRAFT if document.draft else "",
        "title": written(document.title), "number": written(document.number),
        "addressee": written(document.addressee), "date": written(document.date),
        "sign": [written(line) for line in document.sign], "foot": [written(line) for line in document.foot],
        "parts": [{"heading": written(part.heading), "lines": [written(line) for line in part.paragraphs]}
                  for part in document.parts],
    }, ensure_ascii=False)


def written(text: str) -> str:
    """A text as a page can hold it: no control signs, and a place to break in what has none for 40 characters."""
    return LONG.sub(lambda found: found[0] + "\u200b", CONTROL.sub("", text.replace("\t", " ")))


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts()


@lru_cache(maxsize=1)
def _families() -> frozenset[str]:
    return frozenset(_fonts().families())


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=_fonts(), ignore_system_fonts=True)
