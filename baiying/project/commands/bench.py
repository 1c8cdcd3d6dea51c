"""`baiying bench submit|log|pages|import|topics|text|sweep|rules|loading`: how fast, beside a floor; how right."""

from __future__ import annotations

import argparse
import json
from typing import Any

from baiying.project.errors import Trouble

BENCHES = ("submit", "log", "pages", "import", "topics", "text", "sweep", "rules", "loading")
PEOPLE, RULES = 400, 250  # whom three evaluators must agree on


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=BENCHES)
    parser.add_argument("--size", type=int, help="to try it out with fewer cases, or rows of a sheet")
    parser.add_argument("--peer", choices=["helpdesk", "openfisca"],
                        help="pages: beside django-helpdesk; sweep: beside OpenFisca; fetched for this run")
    parser.add_argument("--people", type=int, default=1_000_000, help="sweep: how many people (1,000,000)")
    parser.add_argument("--rules", type=int, default=30, help="sweep: how many rules (30)")
    parser.add_argument("--seed", type=int, default=1, help="sweep: the same seed makes the same people and rules (1)")
    parser.add_argument("--json", action="store_true", help="for machines")


def run(chosen: argparse.Namespace) -> int:
    """Exit status 1 when a stated target is missed."""
    peer = {"pages": "helpdesk", "sweep": "openfisca"}.get(chosen.what)
    if chosen.peer and chosen.peer != peer:
        raise Trouble(f"There is no {chosen.peer} beside `bench {chosen.what}`. Leave --peer out, or take its bench.")
    if chosen.what == "sweep":
        figures = swept(chosen)
    else:
        figures = measured(chosen.what, chosen.size, bool(chosen.peer))
    if chosen.json:
        print(json.dumps(figures))
    elif chosen.what == "text":
        from baiying.project.bench.text_shown import tables

        print(tables(figures))
    elif chosen.what == "sweep":
        from baiying.project.bench.sweep import table

        print(table(figures))
    else:
        print("\n".join(f"{name:22} {value}" for name, value in figures.items()))
    return 0 if figures["met"] else 1


def swept(chosen: argparse.Namespace) -> dict[str, Any]:
    """The figures of the sweep, in memory and from the database."""
    from baiying.project.bench import sweep

    if chosen.people < 1 or chosen.rules < 1:
        raise Trouble("There must be at least one person and one rule; give --people and --rules a number above 0.")
    return sweep.measure(chosen.people, chosen.rules, chosen.seed, bool(chosen.peer))


def measured(what: str, size: int | None, peer: bool = False) -> dict[str, Any]:
    """The figures of one bench. A smaller size keeps the ratio of the two houses, with few requests a round."""
    from baiying.project.bench import imports, loading, log_cost, pages, submit, text, topics

    if what == "loading":
        return loading.measure(size) if size else loading.measure()
    if what == "rules":
        return agreed()
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


def agreed() -> dict[str, Any]:
    """Pairs of people and rules judged three ways a second; met when no pair differs."""
    from baiying.project.parity.comparing import compare

    return compare(PEOPLE, RULES, seed=1).figures()
