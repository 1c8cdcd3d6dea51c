"""Where sealed files lie: beside the database, one file each, named by the hash of its sealed bytes.

The name says nothing of who or what, and proves without any key that the bytes are those that were written. A blob is
on the disk before the row that names it commits; one that no row names is an orphan and is swept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baiying.kit import durable, moment
from baiying.kit.errors import Misuse, Refusal

NAME = re.compile(r"[0-9a-f]{64}")
UNFINISHED = re.compile(rf"\.({NAME.pattern})\.\w+{re.escape(durable.UNFINISHED)}")


class Gone(Refusal):
    """A row names a file whose bytes are not there."""

    status = 500

    def __init__(self) -> None:
        super().__init__(_("The stored bytes of this file are missing, although it was handed in. Nothing was changed. "
                           "Tell the operator to run baiying doctor and to bring the files back from a backup."))


def folder() -> Path:
    """Where the sealed files of this installation lie."""
    return Path(settings.BAIYING_FILES)


def name_of(sealed: bytes) -> str:
    """The name of these sealed bytes; their nonces are fresh, so two files never have one name."""
    return hashlib.sha256(sealed).hexdigest()


def write(sealed: bytes) -> str:
    """Put sealed bytes on the disk, whole or not at all, and wait until they are there; gives their name."""
    name = name_of(sealed)
    place = _place(name)
    for one in (folder(), place.parent):
        one.mkdir(mode=0o700, parents=True, exist_ok=True)
    durable.write(place, sealed)
    durable.sync(folder())
    return name


def read(name: str) -> bytes:
    """The sealed bytes of this name. Raises Gone."""
    try:
        return _place(name).read_bytes()
    except FileNotFoundError:
        raise Gone from None


def there(name: str) -> bool:
    """Whether a blob of this name lies on the disk."""
    return _place(name).is_file()


def remove(name: str) -> None:
    """Take a blob from the disk; one that is not there stays so."""
    _place(name).unlink(missing_ok=True)


def names() -> Iterator[str]:
    """The names of all whole blobs."""
    return (path.name for path in _all() if NAME.fullmatch(path.name))


def older_than(age: timedelta) -> Iterator[str]:
    """The names of blobs, and of unfinished ones, that were written longer ago than this."""
    before = moment.now() - age
    for path in _all():
        try:
            written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        except FileNotFoundError:  # taken away meanwhile
            continue
        if written < before:
            yield path.name


def _all() -> Iterator[Path]:
    return (path for path in folder().glob("??/*") if path.is_file())


def _place(name: str) -> Path:
    """Where the blob of this name lies, or what a crash left of one: 256 folders, so that none grows too large."""
    left = UNFINISHED.fullmatch(name)
    whole = left[1] if left else name
    if not NAME.fullmatch(whole):
        raise Misuse("a blob is named by its hash, and nothing else is")
    return folder() / whole[:2] / name
