"""`baiying catalogue check | load | new`: all faults of all files at once, then the counts; a new service's file."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from baiying.engine.services import FOLDERS
from baiying.project.errand import database_up, django_up
from baiying.project.errors import Trouble
from baiying.project.folders import CHECKOUT


def arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    for act, sentence in (("check", "tell all faults of all files"), ("load", "bring them into force")):
        child = acts.add_parser(act, help=sentence)
        child.add_argument("folder", nargs="?", type=Path, help="the catalogue's folder; by default this one's")
    new = acts.add_parser("new", help="write the commented file of a new service")
    new.add_argument("what", choices=["service"])
    new.add_argument("key", help="what it is called by, like union.gym.booking")
    new.add_argument("folder", nargs="?", type=Path, help="the catalogue's folder; by default this one's")


def run(chosen: argparse.Namespace) -> int:
    """Exit status 1 when there are faults; then nothing is loaded."""
    from baiying.catalogue import check

    folder = chosen.folder or Path(os.environ.get("BAIYING_CATALOGUE", CHECKOUT / "catalogue"))
    if chosen.act == "new":
        return _new_service(chosen.key, folder)
    lines, status = check.report(folder)
    print("\n".join(lines))
    if chosen.act == "load" and not status:
        with database_up("catalogue"):
            django_up()
            from baiying.catalogue import actions

            actions.load(folder)
        print("They are in force; cases that are open stay under what they were opened under.")
    return status


def _new_service(key: str, folder: Path) -> int:
    """Write the file and say where; nothing is overwritten. Exit status 1 for a name that cannot be one."""
    from baiying.engine.loader import skeleton
    from baiying.engine.loader.schema import ORGS
    from baiying.engine.loader.services import STEM

    if not STEM.fullmatch(key) or key.partition(".")[0] not in ORGS:
        raise Trouble(f"{key} cannot be the name of a service. Use small letters, digits and dots, and begin with "
                      f"{' or '.join(ORGS)}, like union.gym.booking.")
    path = folder / "services" / f"{key}.toml"
    if any((path.parent.parent / room / path.name).exists() for room in ("matters", *FOLDERS)):
        raise Trouble(f"{key} is there already, and a name means one thing for ever. Choose another.")
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(skeleton.service(key), encoding="utf-8")
    print(f"{path}\nChange its words, then type `baiying catalogue check` and `baiying catalogue load`.")
    return 0
