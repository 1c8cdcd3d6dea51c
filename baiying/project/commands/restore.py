"""`baiying restore`: a backup into an empty database, and the keys into an empty key folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from baiying.project import archive, erasing, file_archive
from baiying.project.errors import Trouble
from baiying.project.folders import folders


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("database", type=Path, help="the file that `baiying backup` wrote")
    parser.add_argument("--keys", type=Path, help="the file of the keys, if the key folder is empty")
    parser.add_argument("--erasures", type=Path, action="append", default=[],
                        help="a newer ledger of erasures (erased.jsonl of the key folder that was used last)")
    parser.add_argument("--without-files", action="store_true", help="go on although the files of cases are lost")


def run(chosen: argparse.Namespace) -> int:
    """Everything is looked at before anything is touched; keys first, since what cannot be opened is of no use."""
    archive.refuse_unreadable(chosen.database)
    erasing.refuse_missing(chosen.erasures)
    files = None if chosen.without_files else file_archive.beside(chosen.database)
    if files is not None:
        file_archive.refuse_damaged(files)
    if chosen.keys:
        archive.refuse_strange_keys(chosen.keys)
        archive.refuse_held_keys()
        archive.bring_keys(chosen.keys)
    elif not (folders().keys / archive.RING).exists():
        raise Trouble("What is sealed in a backup opens only with the keys of its installation, and there are none "
                      f"in {folders().keys}. Bring them along: --keys FILE, which `baiying backup --keys` wrote.")
    try:
        if files is not None:
            file_archive.bring(files)  # before the rows that name them
        erased = archive.restore(chosen.database, chosen.erasures)
    except BaseException:
        if chosen.keys:
            archive.forget_keys()
        raise
    if erased:
        print(f"{erased} cases and people that were erased since the backup were erased again.")
    print("The backup is in place. Start with `make run`; `baiying verify log` proves that nothing is missing.")
    return 0
