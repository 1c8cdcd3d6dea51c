"""The sealed files of cases in a backup: one file beside that of the database, and back again.

The anchors of the log (kit.log.anchors) travel with them, or a database brought back would miss them.
They are sealed by the keys of their cases, whose wrapped form is in the database: without database and keys nobody
reads them. Each is named by the hash of its bytes, so a damaged one is found without any key.
"""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

from baiying.kit import durable
from baiying.project.errors import Trouble
from baiying.project.folders import folders, make_private, umask

ENDING = ".files"
ANCHOR = ".json"


def beside(database: Path) -> Path:
    """Where the files of a backup lie: beside its database, with a further ending."""
    return database.with_name(database.name + ENDING)


def save(path: Path) -> int:
    """Write all sealed files into one file, whole or not at all; gives how many. To be called after the database was
    written: what comes in meanwhile is an orphan at worst, and no row lacks its file."""
    from baiying.project.archive import replacing

    count = 0
    with replacing(path) as fresh, tarfile.open(fresh, "w") as book:
        for blob in [*blobs(), *sorted(anchors().glob(f"*{ANCHOR}"))]:
            try:
                content = blob.read_bytes()
            except FileNotFoundError:  # its case's key was destroyed this very moment
                continue
            entry = tarfile.TarInfo(blob.name)
            entry.size, entry.mode = len(content), 0o600
            book.addfile(entry, io.BytesIO(content))
            count += blob.suffix != ANCHOR
    return count


def anchors() -> Path:
    """Where the anchors of this installation lie, as the settings have it."""
    return Path(os.environ.get("BAIYING_ANCHORS") or folders().anchors)


def blobs() -> Iterator[Path]:
    """Every whole blob of this installation."""
    return (path for path in sorted(folders().files.glob("??/*")) if len(path.name) == 64)


def refuse_damaged(path: Path) -> None:
    """Files that are missing or not as they were written are told before anything is touched."""
    if not path.exists():
        raise Trouble(f"There is no file {path}, which `baiying backup` wrote beside the database: the photos and "
                      f"papers of cases. Bring it along, or say --without-files to go on without them.")
    try:
        for name, content in contents(path):
            if not name.endswith(ANCHOR) and hashlib.sha256(content).hexdigest() != name:
                raise Trouble(f"The file {path} is damaged (at {name[:12]}…), so nothing was touched. "
                              f"Try an older backup.")
    except (tarfile.TarError, EOFError, OSError) as error:
        raise Trouble(f"The file {path} cannot be read as the files of a backup, so nothing was touched "
                      f"({error}).") from error


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file in a backup."""
    with tarfile.open(path, "r:") as book:
        for entry in book:
            inside = book.extractfile(entry)
            if inside is not None:
                yield Path(entry.name).name, inside.read()


def bring(path: Path) -> int:
    """Put the files of a backup where they belong; gives how many. One that is there already stays."""
    count = 0
    with umask(0o077):
        for name, content in contents(path):
            if name.endswith(ANCHOR):
                keep_anchor(anchors() / name, content)
                continue
            place = make_private(make_private(folders().files) / name[:2]) / name
            durable.write(place, content)
            count += 1
    return count


def keep_anchor(place: Path, content: bytes) -> None:
    """An anchor that is there already is never written over: it may be the better witness."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        durable.write(place, content, mode=0o644)
