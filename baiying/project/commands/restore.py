"""`baiying restore`: a backup into an empty database, and the keys into an empty key folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from baiying.project import archive


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("database", type=Path, help="the file that `baiying backup` wrote")
    parser.add_argument("--keys", type=Path, help="the file of the keys, if the key folder is empty")


def run(chosen: argparse.Namespace) -> int:
    """Keys first: what cannot be opened is of no use."""
    if chosen.keys:
        archive.bring_keys(chosen.keys)
    archive.restore(chosen.database)
    print("The backup is in place. Start with `make run`; `baiying verify log` proves that nothing is missing.")
    return 0
