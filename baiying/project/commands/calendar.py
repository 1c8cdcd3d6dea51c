"""`baiying calendar import`: a year's days off, when they are published; deadlines it changes are counted again."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from baiying.engine import clock
from baiying.project.errors import Trouble
from baiying.project.folders import CHECKOUT
from baiying.project.progress import Bars
from baiying.project.year_files import import_years


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=["import"])
    parser.add_argument("file", type=Path, help="CSV (date,is_workday,holiday) or iCalendar of one or more whole years")


def run(chosen: argparse.Namespace) -> int:
    """Write the year into the catalogue, then count again every deadline that it can change."""
    folder = Path(os.environ.get("BAIYING_CATALOGUE", CHECKOUT / "catalogue")) / "calendar"
    try:
        years = import_years(chosen.file, folder)
    except clock.ClockError as error:
        raise Trouble(str(error)) from error
    print(f"Calendar {', '.join(str(year) for year in years)} is in place.")
    recount()
    return 0


def recount() -> None:
    """Bring the clocks of open cases to the new calendar and tell those concerned."""
    import django

    django.setup()
    from django.conf import settings

    from baiying.cases import actions as cases
    from baiying.catalogue import actions as catalogue

    catalogue.load(settings.BAIYING_CATALOGUE)
    bars = Bars()
    looked, changed = cases.recompute(lambda done, total: bars("counting again", done, total))
    print(f"{looked} cases had a deadline that waited for it; {changed} changed, and those concerned are told.")
