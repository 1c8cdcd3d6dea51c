"""How fast a thousand services are there: read cold from their files, built again from what is kept by content hash,
and one person judged by all of them with reasons.

The services are the catalogue's own, again and again under other ids. Cold is the whole catalogue: every word and every
example is checked. What is kept is a declaration's plain JSON under its hash, as the database keeps it.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from baiying.engine import loader
from baiying.engine.loader.lines import lines, lines_of_lists
from baiying.engine.loader.reading import Source, read
from baiying.engine.loader.rules import Known, build_rule, facts_of
from baiying.engine.rules import Facts, Rule, judge_all
from baiying.project.errors import Trouble
from baiying.project.folders import CHECKOUT

SERVICES, COLD, KEPT, ONE_PERSON = 1_000, 5.0, 1.0, 20.0  # services; seconds, seconds, milliseconds
REPEATS = 9
ON = date(2026, 11, 23)
#: Somebody invented, of whom half is known.
SOMEBODY: Facts = {"person.age": date(1979, 5, 1), "person.sex": "女", "person.in_work": True, "member.active": True,
                   "card.active": True, "home.size": 3, "home.left_each_month": 130_000}  # fmt: skip
_ID = re.compile(rb'^id = "(\w+)\.[^"]*"$', re.MULTILINE)


def measure(size: int = SERVICES, catalogue: Path = CHECKOUT / "catalogue") -> dict[str, Any]:
    """The figures, and whether each promise is kept."""
    with tempfile.TemporaryDirectory(prefix="baiying-loading-") as name:
        folder = Path(name) / "catalogue"
        shutil.copytree(catalogue, folder, ignore=shutil.ignore_patterns("territory"))
        multiplied(folder / "services", size)
        start = time.perf_counter()
        found = loader.read_catalogue(folder)
        cold = time.perf_counter() - start
        known = known_of(folder)
    if found.faults:
        raise Trouble(f"The catalogue has faults, so nothing was measured: {found.faults[0]}")
    kept = [one for one in found.declarations if one.kind == "service"]
    rules: list[Rule] = []
    again = _quickest(lambda: rules.extend(_built(kept, known)), 3)
    rules = rules[: len(kept)]
    one = 1000 * _quickest(lambda: judge_all(rules, SOMEBODY, known.lines, ON), REPEATS)
    targets = {
        "cold, seconds": {"value": round(cold, 2), "most": COLD, "met": cold <= COLD},
        "from what is kept, seconds": {"value": round(again, 2), "most": KEPT, "met": again <= KEPT},
        "one person by all, ms": {"value": round(one, 1), "most": ONE_PERSON, "met": one <= ONE_PERSON},
    }
    return {"services": len(kept), "targets": targets, "met": all(each["met"] for each in targets.values())}


def known_of(catalogue: Path) -> Known:
    """What rules of this catalogue may name."""

    def table(name: str) -> Source:
        return read(name, (catalogue / name).read_bytes())

    lists = lines_of_lists(table("reference/lists.toml").table["list"])
    return Known(facts_of(table("facts.toml").table), {**lists, **lines(table("reference/lines.toml").table)})


def multiplied(services: Path, size: int) -> None:
    """Make so many files of those that are there, each under an id of its own."""
    own = [path.read_bytes() for path in sorted(services.glob("*.toml"))]
    if not own:
        raise Trouble(f"There is no service in {services}, so nothing can be measured.")
    for number in range(len(own), size):
        text = own[number % len(own)]
        found = _ID.search(text)
        org = found[1].decode() if found else "union"
        made = f"{org}.made.s{number}"
        (services / f"{made}.toml").write_bytes(_ID.sub(f'id = "{made}"'.encode(), text, count=1))


def _built(kept: list[loader.Declaration], known: Known) -> list[Rule]:
    """Every service and its rule, from what is kept."""
    found = []
    for one in kept:
        table = one.table
        service = loader.service(one.kind, one.key, table)
        found.append(build_rule(one.key, {**service.rule, "ask": table.get("ask", {})}, known))
    return found


def _quickest(deed: Callable[[], object], times: int) -> float:
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        deed()
        seconds.append(time.perf_counter() - start)
    return min(seconds)
