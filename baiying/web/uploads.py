"""Files that are brought: sheets are streamed into the uploads folder; files of a case stay in memory until they are
sealed, so that nothing she told ever lies open on the disk. Every other page takes none."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

from baiying.kit import files

MULTIPART = "multipart/form-data"
TAKEN_ON = ("/import/", "/setup/")
OF_A_CASE = ("/files/", "/request/", "/request/put/")  # how the addresses end that take a file of a case
OF_THE_BOX = ("/", "/fits/", "/prefer/")  # a need with its first papers, and the same form on its way round
HELD = "papers_held"  # the field with the marks of papers that wait for the next try (papers.py)
LARGEST = 50 * 1024 * 1024  # bytes of one sheet
FIELDS = 64 * 1024  # bytes that a form may need beside it


def too_large(request: HttpRequest) -> bool:
    """Whether a form with files says that it is larger than a sheet may be; nothing of it is read."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    return (request.method == "POST" and request.content_type == MULTIPART and told.isdecimal()
            and int(told) > most(request))


def most(request: HttpRequest) -> int:
    """Bytes that a form with files may have. Beside her words photos of any size are read past and refused one by one,
    so that the words are never lost with them."""
    return (LARGEST * 4 if request.path in OF_THE_BOX else LARGEST) + FIELDS


class Uploads(TemporaryFileUploadHandler):
    """A sheet goes to the disk as it comes, into a folder that the web serves nothing of, and nowhere else. Of a file
    for a case one byte more than may be kept is held, so that a larger one is refused and the form beside it stays."""

    held: io.BytesIO | None = None

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, boundary: Any,
                         encoding: Any = None) -> None:
        """Refuse what is too large before it is read. Raises RequestDataTooBig."""
        if self.request is None or content_length > most(self.request):
            raise RequestDataTooBig
        folder = Path(settings.BAIYING_UPLOADS)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def new_file(self, *args: Any, **named: Any) -> None:
        """A file for a page that takes none is skipped."""
        self.held = None
        path = self.request.path if self.request is not None else ""
        if path.startswith(TAKEN_ON):
            super().new_file(*args, **named)
        elif path.endswith(OF_A_CASE) or path in OF_THE_BOX:
            super(TemporaryFileUploadHandler, self).new_file(*args, **named)
            self.held = io.BytesIO()
        else:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The next bytes of the file."""
        if self.held is None:
            return super().receive_data_chunk(raw_data, start)
        self.held.write(raw_data[:max(0, files.LARGEST + 1 - self.held.tell())])
        return None

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """The whole file, for the form."""
        if self.held is None:
            return super().file_complete(file_size)
        size = self.held.tell()
        self.held.seek(0)
        return InMemoryUploadedFile(self.held, self.field_name, self.file_name, self.content_type, size, self.charset)

    def upload_interrupted(self) -> None:
        """The connection broke: nothing stays."""
        if self.held is None:
            super().upload_interrupted()
