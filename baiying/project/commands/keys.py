"""`baiying keys rotate`: a new master key; every case's key is wrapped anew, what it seals stays as it is."""

from __future__ import annotations

import argparse

from baiying.project.errand import database_up, django_up
from baiying.project.progress import Bars


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=["rotate"])
    parser.add_argument("--drop-old", action="store_true",
                        help="destroy the old master keys; older backups then need the key folder of their time")


def run(chosen: argparse.Namespace) -> int:
    """Run as the owner of the tables, who alone may touch every case's wrapped key."""
    with database_up("keys"):
        django_up(owner=True)
        from baiying.kit import sealing

        bars = Bars()
        count = sealing.rotate(drop_old=chosen.drop_old,
                               progress=lambda done, total: bars("wrapping keys", done, total))
    print(f"A new master key is in force; {count} keys were wrapped anew.")
    print("Write a new backup of the keys (`baiying backup FILE --keys FILE`): older ones lack this key.")
    return 0
