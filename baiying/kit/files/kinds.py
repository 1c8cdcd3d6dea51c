"""What a file is, told by its content and never by its name: six kinds are taken, each by what only it begins with."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from baiying.kit.errors import Refusal
from baiying.kit.files import photos

LARGEST = 10_000_000  # bytes
MOST_UNPACKED = 100_000_000  # bytes of an office document; more is a bomb
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Kind:
    """One kind of file: how it is called in a row, its ending, its media type."""

    key: str
    media_type: str

    @property
    def ending(self) -> str:
        """The ending of a file name of this kind, without its dot."""
        return "jpg" if self.key == "jpeg" else self.key


KINDS = {kind.key: kind for kind in (
    Kind("pdf", "application/pdf"), Kind("jpeg", "image/jpeg"), Kind("png", "image/png"),
    Kind("docx", OFFICE + "wordprocessingml.document"), Kind("xlsx", OFFICE + "spreadsheetml.sheet"),
    Kind("txt", "text/plain; charset=utf-8"),
)}


class NotTaken(Refusal):
    """A file that is not kept, with the sentence that says why and what to do."""


@dataclass(frozen=True)
class Taken:
    """A file as it will be sealed: of a photo without place, time and device."""

    kind: Kind
    content: bytes


def take(content: bytes) -> Taken:
    """What this content is, and the content as it may be kept. Raises NotTaken."""
    if not content:
        raise NotTaken(_("This file is empty. Please choose it again; if it is a photo, take it once more."))
    if len(content) > LARGEST:
        raise NotTaken(_("This file is larger than 10 MB. Photograph only the part that matters, "
                         "or send it in several parts."))
    key = _key(content)
    try:
        clean = photos.clean(key, content)
    except photos.Broken:
        raise NotTaken(_("This picture cannot be read to its end; it was probably cut off on its way. "
                         "Please choose it again.")) from None
    if key == "txt":
        clean = text_of(content).encode()
    return Taken(KINDS[key], clean)


def _key(content: bytes) -> str:
    """The kind that this content is of. Raises NotTaken."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"):
        raise NotTaken(_("This is a photo in a form that only some telephones can show (HEIC). Please send a "
                         "screenshot of it, or choose “most compatible” in the camera's settings and take it again."))
    if text_of(content):
        return "txt"
    raise NotTaken(_("This kind of file is not taken. Photos (JPG, PNG), PDF, Word (docx), Excel (xlsx) and plain "
                     "text are. A photo or screenshot of it will do."))


def _office(content: bytes) -> str:
    """Word or Excel, without programs inside. Raises NotTaken."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            inside = {one.filename: one.file_size for one in book.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        inside = {}
    if any("vbaproject" in name.lower() or "activex" in name.lower() for name in inside):
        raise NotTaken(_("There is a program (macro) inside this document, so it is not taken. Save it as an ordinary "
                         "document or as PDF, and send that."))
    if sum(inside.values()) <= MOST_UNPACKED and "[Content_Types].xml" in inside:
        for key, part in (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")):
            if part in inside:
                return key
    raise NotTaken(_("This is a packed file, and it cannot be told what is in it. Please unpack it and send the "
                     "documents one by one."))


def text_of(content: bytes) -> str:
    """Plain text as UTF-8 or as Chinese systems write it (GB 18030); empty when it is no text."""
    for code in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        return "" if CONTROL.search(text) else text
    return ""
