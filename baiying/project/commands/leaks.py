"""`baiying leaks`: two worlds that differ in one protected thing, walked by everybody who must not notice it."""

from __future__ import annotations

import argparse
import json
import sys

from baiying.project.progress import Bars


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pair", action="append", help="these pairs alone, by a part of the name")
    parser.add_argument("--walker", action="append", help="these walkers alone, by key")
    parser.add_argument("--route", action="append", help="routes that begin so alone")
    parser.add_argument("--unplanted", action="store_true", help="without the planted leaks")
    parser.add_argument("--at-once", type=int, default=0, help="worlds walked at a time; else one for each processor")
    parser.add_argument("--json", action="store_true", help="for machines; what differs, on stderr")


def run(chosen: argparse.Namespace) -> int:
    """Walk on a server of its own, which is removed afterwards. Exit status 1: something differs, or was not found."""
    from baiying.project.leaks.house import house

    with house() as (maker, data):
        from baiying.project.leaks.plants import PLANTS
        from baiying.project.leaks.whole import Chosen, whole

        folder = data / "leaks"
        folder.mkdir()
        part = Chosen(chosen.pair or (), chosen.walker or (), chosen.route or (), () if chosen.unplanted else PLANTS,
                      chosen.at_once)
        report = whole(maker, folder, part, Bars())
    print(json.dumps(report.figures()) if chosen.json else report.table())
    if chosen.json and not report.well:
        print(report.table(), file=sys.stderr)
    return 0 if report.well else 1
