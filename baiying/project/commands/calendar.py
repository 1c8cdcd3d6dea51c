"""`baiying calendar import`: a year's days off, when they are published; deadlines it changes are counted again."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from baiying.project.errand import database_up, django_up
from baiying.project.folders import CHECKOUT
from baiying.project.progress import Bars
from baiying.project.year_files import imported_years


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=["import"])
    parser.add_argument("file", type=Path, help="CSV (date,is_workday,holiday) or iCalendar of one or more whole years")


def run(chosen: argparse.Namespace) -> int:
    """Write the year into the catalogue, bring it into force, then count again every deadline that it can change.

    Exit status 1 when the folder holds more than the year, which waits for two people.
    """
    folder = Path(os.environ.get("BAIYING_CATALOGUE", CHECKOUT / "catalogue"))
    with database_up("calendar"):
        django_up()
        from baiying.cases import actions as cases
        from baiying.catalogue import actions as catalogue
        from baiying.services.actions import publishing

        with imported_years(chosen.file, folder / "calendar") as years:
            waits = not publishing.publish(catalogue.read(folder)).in_force
        if waits:
            print("The year is in the folder. Beside it the catalogue changes who gets what, which waits for two "
                  "people (/publishing/), and the year with it. Import it again when they have decided.")
            return 1
        print(f"Calendar {', '.join(str(year) for year in years)} is in place.", flush=True)
        bars = Bars()
        looked, changed = cases.recompute(lambda done, total: bars("counting again", done, total))
    print(f"{looked} cases had a deadline that waited for it; {changed} changed, and those concerned are told.")
    return 0
