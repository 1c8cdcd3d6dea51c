"""What a restore does before anything is served: every erasure since the backup is done once more.

The ledger lies with the keys (kit.erasures). A backup of the database is older than it and knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from baiying.project.errand import django_up
from baiying.project.errors import Trouble
from baiying.project.folders import folders, write_private
from baiying.project.progress import Progress, quiet

LEDGER = "erased.jsonl"  # kit.erasures.FILE, which needs Django to be named

MARK = "restoring"  # lies in the data folder from the first row of a restore until the last erasure was done again


def begin() -> None:
    """From here on the database holds what may have been erased since: nothing is served from it."""
    write_private(folders().data / MARK, "")


def end() -> None:
    """The restore is complete, or nothing of it is left."""
    (folders().data / MARK).unlink(missing_ok=True)


def refuse_half_done() -> None:
    """Raises Trouble when a restore was broken off before everything that was erased was erased again."""
    if (folders().data / MARK).exists():
        raise Trouble("A restore was broken off before what had been erased since the backup was erased again, so "
                      "nothing is served from this database. Empty it (or set BAIYING_DATA to a new folder) and type "
                      "the restore once more.")


def replay(more: Sequence[Path] = (), progress: Progress = quiet) -> int:
    """Destroy again what any ledger says was destroyed: the one in the key folder, and further ones that the operator
    brings. Gives how many there were. The longest ledger is the installation's from here on.

    Raises Trouble when a ledger does not hold together: then nothing may be served.
    """
    django_up()
    from django.db import connections

    from baiying.kit import erasures
    from baiying.kit.errors import Refusal

    try:
        names = erasures.names([erasures.path(), *more])
        take_longest(more)
        return erase_again(names, progress) if names else 0
    except Refusal as refusal:
        raise Trouble(str(refusal)) from refusal
    finally:
        connections.close_all()


def erase_again(names: frozenset[tuple[str, str]], progress: Progress) -> int:
    """Destroy every case, person and incident of these hashed names that is still readable; gives how many."""
    from baiying.cases.actions import incidents, retention
    from baiying.kit import erasures
    from baiying.members.actions import forgetting

    done = 0
    rooms = (("case", retention.readable, lambda one: retention.forget(one, asked=True)),
             ("person", forgetting.readable, forgetting.forget),
             ("incident", incidents.readable, incidents.destroy))
    for kind, readable, forget in rooms:
        there = [one for one in readable() if (kind, erasures.hashed(kind, one)) in names]
        for turn, one in enumerate(there, start=1):
            done += forget(one)
            progress("erasing again", turn, len(there))
    return done


def take_longest(more: Sequence[Path]) -> None:
    """Go on with the ledger that knows most: the next erasure is written behind its last line."""
    from baiying.kit import erasures

    held = erasures.path()
    known = len(erasures.read(held)) if held.exists() else 0
    longest = max(more, key=lambda one: len(erasures.read(one)), default=None)
    if longest is not None and len(erasures.read(longest)) > known:
        write_private(held, longest.read_text("ascii"))


def refuse_damaged(more: Sequence[Path]) -> None:
    """A ledger that does not hold together is found before anything is brought. Raises Trouble."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baiying.project.settings")
    import django

    django.setup()
    from baiying.kit import erasures
    from baiying.kit.errors import Refusal

    try:
        erasures.names([erasures.path(), *more])
    except Refusal as refusal:
        raise Trouble(str(refusal)) from refusal


def refuse_missing(more: Sequence[Path]) -> None:
    """A ledger that was named must be there. Raises Trouble."""
    for one in more:
        if not one.is_file():
            raise Trouble(f"There is no ledger of erasures {one}. It is the file {LEDGER} in the key folder "
                          f"({folders().keys}) of the installation that was used last.")
