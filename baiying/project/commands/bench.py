"""`baiying bench submit`: how fast, as a share of a floor measured in the same run."""

from __future__ import annotations

import argparse
import json


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["submit"])
    parser.add_argument("--json", action="store_true", help="for machines")


def run(chosen: argparse.Namespace) -> int:
    """Exit status 1 when a stated target is missed."""
    from baiying.project.bench import submit

    figures = submit.measure()
    if chosen.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{name:20} {value}" for name, value in figures.items()))
    return 0 if figures["met"] else 1
