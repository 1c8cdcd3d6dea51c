"""`baiying catalogue check | publish | load | new`: all faults of all files at once, then the counts; whom a change of
rules would gain and lose before it comes into force; a new service's file."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from baiying.engine.services import FOLDERS
from baiying.project.errand import database_up, django_up
from baiying.project.errors import Trouble
from baiying.project.folders import CHECKOUT

ACTS = (("check", "tell all faults of all files"), ("publish", "show what they change for whom, bring them into force"),
        ("load", "the same as publish"))


def arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    for act, sentence in ACTS:
        child = acts.add_parser(act, help=sentence)
        child.add_argument("folder", nargs="?", type=Path, help="the catalogue's folder; by default this one's")
        if act == "publish":
            child.add_argument("--look", action="store_true", help="show whom it would gain and lose; change nothing")
            child.add_argument("--line", action="append", default=[], metavar="NAME=VALUE",
                               help="with --look: as if this reference value were another one (money in yuan)")
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
    if chosen.act == "check" or status:
        return status
    with database_up("catalogue"):
        django_up()
        if chosen.act == "publish" and (chosen.look or chosen.line):
            return _look(folder, chosen.line)
        return _publish(folder)


def _publish(folder: Path) -> int:
    """Say what it changes; exit status 1 when it waits for two people."""
    from baiying.catalogue import actions as catalogue
    from baiying.project import previews
    from baiying.services.actions import publishing

    done = publishing.publish(catalogue.read(folder), again=True)
    print(previews.said(done.preview.told))
    if done.in_force:
        print("They are in force; cases that are open stay under what they were opened under.")
        return 0
    print(previews.who_is_asked())
    return 1


def _look(folder: Path, lines: list[str]) -> int:
    """Show whom it would gain and lose, and change nothing."""
    from baiying.catalogue import actions as catalogue
    from baiying.project import previews
    from baiying.services.actions import publishing

    shown = publishing.look(catalogue.read(folder), [previews.line_of(one) for one in lines])
    print(previews.said(shown.told))
    print("Nothing was changed." + (" In force it would need two people." if shown.why else ""))
    return 0


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
    print(f"{path}\nChange its words, then type `baiying catalogue check` and `baiying catalogue publish`.")
    return 0
