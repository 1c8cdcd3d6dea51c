"""`baiying keys rotate`: a new master key; every case's key is wrapped anew, what it seals stays as it is."""

from __future__ import annotations

import argparse

from baiying.project.errand import Lock, database_up, django_up
from baiying.project.errors import Trouble
from baiying.project.folders import folders
from baiying.project.progress import Bars


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=["rotate"])
    parser.add_argument("--drop-old", action="store_true",
                        help="destroy the old master keys; older backups then need the key folder of their time")


def run(chosen: argparse.Namespace) -> int:
    """Run as the owner of the tables, who alone may touch every case's wrapped key."""
    if chosen.drop_old:
        refuse_while_running()
    with database_up("keys"):
        django_up(owner=True)
        from baiying.kit import sealing

        bars = Bars()
        count = sealing.rotate(drop_old=chosen.drop_old,
                               progress=lambda done, total: bars("wrapping keys", done, total))
    print(f"A new master key is in force; {count} keys were wrapped anew.")
    print("Write a new backup of the keys (`baiying backup FILE --keys FILE`): older ones lack this key.")
    return 0


def refuse_while_running() -> None:
    """What a web process wraps at this very moment under the old key could never be opened once that is gone."""
    lock = Lock.take(folders(), "keys")
    if lock is None:
        raise Trouble("Old master keys are destroyed only while the product does not run, so that nobody's words are "
                      "being sealed under them. Stop it, type this again, then start it.")
    lock.release()
