"""Files that are brought: streamed into the uploads folder, at most as large as a sheet may be, on two pages only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

MULTIPART = "multipart/form-data"
TAKEN_ON = ("/import/", "/setup/")
LARGEST = 50 * 1024 * 1024  # bytes of one sheet
FIELDS = 64 * 1024  # bytes that a form may need beside it


def too_large(request: HttpRequest) -> bool:
    """Whether a form with files says that it is larger than a sheet may be; nothing of it is read."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    return (request.method == "POST" and request.content_type == MULTIPART and told.isdecimal()
            and int(told) > LARGEST + FIELDS)


class Uploads(TemporaryFileUploadHandler):
    """Every file goes to the disk as it comes, into a folder that the web serves nothing of, and nowhere else."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, boundary: Any,
                         encoding: Any = None) -> None:
        """Refuse what is too large before it is read. Raises RequestDataTooBig."""
        if content_length > LARGEST + FIELDS:
            raise RequestDataTooBig
        folder = Path(settings.BAIYING_UPLOADS)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def new_file(self, *args: Any, **named: Any) -> None:
        """A file for a page that takes none is skipped."""
        if self.request is None or not self.request.path.startswith(TAKEN_ON):
            raise SkipFile
        super().new_file(*args, **named)
