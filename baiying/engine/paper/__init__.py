"""Letters on paper: a document of plain texts in, PDF or .docx out. Pure; the same document gives the same bytes."""

from baiying.engine.paper.document import Document, Part
from baiying.engine.paper.typeset import NoFont, font, pdf, pictures
from baiying.engine.paper.word import docx_bytes

__all__ = ["Document", "NoFont", "Part", "docx_bytes", "font", "pdf", "pictures"]
