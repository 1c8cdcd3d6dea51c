"""Backups of the keys live shorter than backups of the data, or what was erased could be read from old ones for ever.

Each file of keys says in itself until when it may live, and the data folder remembers where it was written.
"""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from baiying.project.folders import folders

EXPIRES = "expires"  # the member of the file that says so
REGISTER = "key_backups.jsonl"


@dataclass(frozen=True)
class KeyBackup:
    """One file of keys that was written, and the last day on which it may exist."""

    path: Path
    expires: date


def stamp(book: tarfile.TarFile) -> date:
    """Write into an open file of keys until when it may live; gives the day."""
    from baiying.catalogue.privacy import read_term
    from baiying.kit import moment

    last = moment.today() + read_term(folders_catalogue(), "key_backup")
    told = last.isoformat().encode()
    member = tarfile.TarInfo(EXPIRES)
    member.size, member.mode = len(told), 0o600
    book.addfile(member, io.BytesIO(told))
    return last


def remember(path: Path, expires: date) -> None:
    """Note where a file of keys was written."""
    line = json.dumps({"path": str(path.resolve()), "expires": expires.isoformat()}, ensure_ascii=False)
    with (folders().data / REGISTER).open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def written() -> list[KeyBackup]:
    """Every file of keys that this installation wrote and that is still where it was written."""
    register = folders().data / REGISTER
    lines = register.read_text(encoding="utf-8").splitlines() if register.exists() else []
    told = {one["path"]: date.fromisoformat(one["expires"]) for one in map(json.loads, lines)}
    return [KeyBackup(Path(path), expires) for path, expires in sorted(told.items()) if Path(path).is_file()]


def too_old() -> Iterator[KeyBackup]:
    """Those whose day has passed. A file that was written over since says its own day."""
    from baiying.kit import moment

    for one in written():
        own = expiry_of(one.path)
        if own is not None and own < moment.today():
            yield KeyBackup(one.path, own)


def expiry_of(path: Path) -> date | None:
    """What a file of keys says of itself; nothing for a file that is none of ours."""
    try:
        with tarfile.open(path) as book:
            inside = book.extractfile(EXPIRES)
            return date.fromisoformat(inside.read().decode()) if inside is not None else None
    except (tarfile.TarError, OSError, KeyError, ValueError, EOFError):
        return None


def remove_old() -> list[KeyBackup]:
    """Remove the files of keys whose day has passed, and nothing else; gives which."""
    gone = list(too_old())
    for one in gone:
        one.path.unlink(missing_ok=True)
    return gone


def folders_catalogue() -> Path:
    """The catalogue in use, without a database."""
    import os

    from baiying.project.folders import CHECKOUT

    return Path(os.environ.get("BAIYING_CATALOGUE", CHECKOUT / "catalogue"))
