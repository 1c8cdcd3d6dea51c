"""`baiying rules parity`: random people by random rules, judged three ways that must agree."""

from __future__ import annotations

import argparse
import json


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["parity"])
    parser.add_argument("--people", type=int, default=400, help="how many people are made (400)")
    parser.add_argument("--rules", type=int, default=250, help="how many rules are made (250)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same people and rules (1)")
    parser.add_argument("--json", action="store_true", help="for machines")


def run(chosen: argparse.Namespace) -> int:
    """Exit status 1 when two evaluators differ on any pair."""
    from baiying.project.errors import Trouble
    from baiying.project.parity.comparing import compare

    if chosen.people < 1 or chosen.rules < 1:
        raise Trouble("There must be at least one person and one rule; give --people and --rules a number above 0.")
    outcome = compare(chosen.people, chosen.rules, chosen.seed)
    print(json.dumps(outcome.figures()) if chosen.json else outcome.sentences())
    return 0 if outcome.well else 1
