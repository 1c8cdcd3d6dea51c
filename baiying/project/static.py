"""The static files, collected and compressed when one of them changed: it takes seconds, and a start should not."""

from __future__ import annotations

import hashlib
from pathlib import Path

STAMP = "collected.sha256"


def collect(folder: Path) -> bool:
    """Collect into the folder unless it holds exactly these files already; says whether it had to.

    Called after Django is set up. The stamp is written last, so that a broken-off collection is done again.
    """
    from django.core.management import call_command

    wanted, stamp = fingerprint(), folder / STAMP
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    folder.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)
    return True


def fingerprint() -> str:
    """What tells one state of the sources from another: every file's name, size and time of change."""
    from django.contrib.staticfiles.finders import get_finders

    known = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            known.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return known.hexdigest()
