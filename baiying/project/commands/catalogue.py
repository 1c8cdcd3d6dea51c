"""`baiying catalogue check | load`: all faults of all files at once, then the counts."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from baiying.project.errand import database_up, django_up
from baiying.project.folders import CHECKOUT


def arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    for act, sentence in (("check", "tell all faults of all files"), ("load", "bring them into force")):
        child = acts.add_parser(act, help=sentence)
        child.add_argument("folder", nargs="?", type=Path, help="the catalogue's folder; by default this one's")


def run(chosen: argparse.Namespace) -> int:
    """Exit status 1 when there are faults; then nothing is loaded."""
    from baiying.catalogue import check

    folder = chosen.folder or Path(os.environ.get("BAIYING_CATALOGUE", CHECKOUT / "catalogue"))
    lines, status = check.report(folder)
    print("\n".join(lines))
    if chosen.act == "load" and not status:
        with database_up("catalogue"):
            django_up()
            from baiying.catalogue import actions

            actions.load(folder)
        print("They are in force; cases that are open stay under what they were opened under.")
    return status
