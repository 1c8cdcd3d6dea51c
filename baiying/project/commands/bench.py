"""`baiying bench submit|log|pages|import|topics|text`: how fast, beside a floor measured in the same run; how right."""

from __future__ import annotations

import argparse
import json
from typing import Any


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["submit", "log", "pages", "import", "topics", "text"])
    parser.add_argument("--size", type=int, help="to try it out with fewer cases, or rows of a sheet")
    parser.add_argument("--peer", choices=["helpdesk"], help="pages: beside django-helpdesk, fetched for this run")
    parser.add_argument("--json", action="store_true", help="for machines")


def run(chosen: argparse.Namespace) -> int:
    """Exit status 1 when a stated target is missed."""
    figures = measured(chosen.what, chosen.size, bool(chosen.peer))
    if chosen.json:
        print(json.dumps(figures))
    elif chosen.what == "text":
        from baiying.project.bench.text_shown import tables

        print(tables(figures))
    else:
        print("\n".join(f"{name:22} {value}" for name, value in figures.items()))
    return 0 if figures["met"] else 1


def measured(what: str, size: int | None, peer: bool = False) -> dict[str, Any]:
    """The figures of one bench. A smaller size keeps the ratio of the two houses, with few requests a round."""
    from baiying.project.bench import imports, log_cost, pages, submit, text, topics

    if what == "text":
        return text.measure()
    if what == "topics":
        return topics.measure()
    if what == "pages":
        return pages.measure(size // 20, size, 20, peer) if size else pages.measure(peer=peer)
    if what == "log":
        return log_cost.measure(size) if size else log_cost.measure()
    if what == "import":
        return imports.measure(size) if size else imports.measure()
    return submit.measure()
