"""`baiying clock explain`: which day counted, which did not, and which law says so."""

from __future__ import annotations

import argparse
import json
import tomllib
from pathlib import Path
from typing import Any

from baiying.engine import clock
from baiying.project.errors import Trouble
from baiying.project.folders import CHECKOUT


def arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    explain = acts.add_parser("explain", help="explain one rule from one moment")
    explain.add_argument("--rule", required=True, help='for instance "15 calendar_day", "3 working_day", "72 hour"')
    explain.add_argument("--from", dest="start", required=True, help="2026-09-28T10:00; without an offset: Shanghai")
    explain.add_argument("--kind", default="deadline", help="deadline, backward, waiting, validity, limitation")
    explain.add_argument("--json", action="store_true", help="for machines")


def run(chosen: argparse.Namespace) -> int:
    """Print the reckoning; needs no database."""
    import os

    folder = Path(os.environ.get("BAIYING_CATALOGUE", CHECKOUT / "catalogue")) / "calendar"
    try:
        found = clock.explain_rule(chosen.rule, chosen.start, clock.calendar_from_folder(folder), chosen.kind)
    except (clock.ClockError, tomllib.TOMLDecodeError) as error:
        raise Trouble(str(error)) from error
    told = clock.to_json(found)
    print(json.dumps(told, ensure_ascii=False, indent=2) if chosen.json else in_words(told))
    return 0


def in_words(told: dict[str, Any]) -> str:
    """The reckoning as lines a person reads."""
    lines = [f"{day['date']}  {'+' if day['counted'] else ' '}  {day['why_zh']}  {day['why']}" for day in told["days"]]
    lines += [f"due on {told['due_on']}; late from {told['due_at']}", *told.get("notes", ())]
    return "\n".join(lines)
