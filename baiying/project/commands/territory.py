"""`baiying territory load`: the areas of any district from a file of statistical codes."""

from __future__ import annotations

import argparse
from pathlib import Path

from baiying.project.errand import database_up, django_up


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=["load"])
    parser.add_argument("district", help="the six-digit code of the district (GB/T 2260), for instance 110107")
    parser.add_argument("--from", dest="file", type=Path,
                        help="CSV or CSV.gz: code,name,level,parent (without it: the catalogue's own)")


def run(chosen: argparse.Namespace) -> int:
    with database_up("territory"):
        django_up()
        from baiying.network import actions

        counts = actions.load_areas(chosen.district, chosen.file)
    print(f"{chosen.district}: {counts.streets} streets, {counts.communities} communities in the table; "
          f"{counts.new} new, {counts.renamed} renamed, {counts.kept} kept that it does not name.")
    return 0
