"""`baiying backup`: the database with the files of cases beside it, and the keys apart. Never keep them together."""

from __future__ import annotations

import argparse
from pathlib import Path

from baiying.project import archive, file_archive
from baiying.project.errors import Trouble


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("database", type=Path, help="the file to write the database to")
    parser.add_argument("--keys", type=Path, help="the file to write the keys to; keep it in another place")


def run(chosen: argparse.Namespace) -> int:
    if chosen.keys and chosen.keys.resolve() == chosen.database.resolve():
        raise Trouble("Database and keys need a file each: together they open everything.")
    archive.dump(chosen.database)
    print(f"The database is in {chosen.database}.")
    files = file_archive.beside(chosen.database)
    print(f"The files of cases ({file_archive.save(files)}) are in {files}. Keep it with the database.")
    if chosen.keys:
        expires = archive.save_keys(chosen.keys)
        print(f"The keys are in {chosen.keys}. Keep them apart from the database: together they open everything. "
              f"The file may live until {expires}; `baiying keys expire` removes it then.")
    else:
        print("The keys were not written. Without them a backup of the database cannot be read: use --keys FILE.")
    return 0
