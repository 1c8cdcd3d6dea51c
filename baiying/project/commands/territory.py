"""`baiying territory load`: the areas of any district from a file of statistical codes."""

from __future__ import annotations

import argparse
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=["load"])
    parser.add_argument("district", help="the six-digit code of the district (GB/T 2260), for instance 110107")
    parser.add_argument("--from", dest="file", type=Path, required=True, help="CSV or CSV.gz: code,name,level,parent")


def run(chosen: argparse.Namespace) -> int:
    import django

    django.setup()
    from baiying.kit.errors import Refusal
    from baiying.network import actions
    from baiying.project.errors import Trouble

    try:
        count = actions.load_areas(chosen.file, chosen.district)
    except Refusal as refusal:
        raise Trouble(refusal.sentence) from refusal
    print(f"{count} areas of {chosen.district} are in place.")
    return 0
