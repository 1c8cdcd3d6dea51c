"""`baiying territory load|names|find`: areas of any district, names of places that people use, and trying them."""

from __future__ import annotations

import argparse
from pathlib import Path

from baiying.project.errand import database_up, django_up


def arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    load = acts.add_parser("load", help="the areas of a district from a file of statistical codes")
    load.add_argument("district", help="the six-digit code of the district (GB/T 2260), for instance 110107")
    load.add_argument("--from", dest="file", type=Path,
                      help="CSV or CSV.gz: code,name,level,parent (without it: the catalogue's own)")
    names = acts.add_parser("names", help="estates, crossings, employers, each with the area it lies in")
    names.add_argument("file", type=Path, help="CSV or CSV.gz: name,area[,kind]")
    names.add_argument("--replace", action="store_true", help="take away the names that the file does not hold")
    find = acts.add_parser("find", help="what an address in somebody's own words is understood as")
    find.add_argument("words")


def run(chosen: argparse.Namespace) -> int:
    with database_up("territory"):
        django_up()
        return {"load": load, "names": names, "find": find}[chosen.act](chosen)


def load(chosen: argparse.Namespace) -> int:
    from baiying.network import actions

    counts = actions.load_areas(chosen.district, chosen.file)
    print(f"{chosen.district}: {counts.streets} streets, {counts.communities} communities in the table; "
          f"{counts.new} new, {counts.renamed} renamed, {counts.kept} kept that it does not name.")
    return 0


def names(chosen: argparse.Namespace) -> int:
    from django.conf import settings

    from baiying.network import actions

    counts = actions.load_names(settings.BAIYING_DISTRICT, chosen.file, chosen.replace)
    print(f"{settings.BAIYING_DISTRICT}: {counts.read} names in the file; {counts.new} new, {counts.known} known, "
          f"{counts.gone} taken away.")
    return 0


def find(chosen: argparse.Namespace) -> int:
    """Say what is certain, what would be asked, and what lies elsewhere."""
    from baiying.network import queries

    found = queries.find_area(chosen.words)
    print("certain:", queries.area_said(found.code) or "nothing")
    for code in found.candidates:
        print("to ask:", queries.area_said(code))
    if found.unit is not None:
        print("employer:", queries.unit_said(queries.unit(found.unit)))
    if found.other_district is not None:
        print("elsewhere:", found.other_district.name)
    return 0
