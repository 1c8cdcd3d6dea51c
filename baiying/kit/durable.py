"""Files that are there whole or not at all, and on the disk before whoever wrote them goes on.

A file is written beside its place, waited for, and renamed; a rename lasts only once the folder is on the disk too
(fsync(2), rename(2)).
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

UNFINISHED = ".part"  # how the name of a file ends until it is whole


def write(place: Path, content: bytes, mode: int = 0o600) -> None:
    """Put a file in its place, on the disk before returning; whatever stood there stands until then.

    mode: who may read it; its owner alone unless told otherwise. Raises OSError; then the place is as it was.
    """
    descriptor, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.", suffix=UNFINISHED)
    partial = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(place)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    sync(place.parent)


def sync(folder: Path) -> None:
    """Wait until the entries of a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
