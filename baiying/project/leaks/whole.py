"""A whole run: every pair, every walker, every route; then each planted leak by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from psycopg.conninfo import conninfo_to_dict

from baiying.project.database import addresses
from baiying.project.leaks.databases import Databases
from baiying.project.leaks.pairs import PAIRS
from baiying.project.leaks.people import WALKERS
from baiying.project.leaks.planting import find
from baiying.project.leaks.plants import PLANTS, Plant
from baiying.project.leaks.report import Report
from baiying.project.leaks.running import Plan, prepare_worlds, run
from baiying.project.leaks.walks import WALKS
from baiying.project.progress import Progress, quiet


@dataclass(frozen=True)
class Chosen:
    """A part of it: pairs by a part of their name, walkers by key, routes by how they begin. Empty: all."""

    pairs: Sequence[str] = ()
    walkers: Sequence[str] = ()
    routes: Sequence[str] = ()
    plants: Sequence[Plant] = PLANTS
    at_once: int = 0  # worlds walked at a time; 0: as many as there are processors


def whole(maker: str, folder: Path, chosen: Chosen, progress: Progress = quiet) -> Report:
    """Walk clones of this process's database. ``maker``: the address of a role that may make databases."""
    plan = plan_of(chosen)
    planted = {plant.pair for plant in chosen.plants}
    wider = Plan([*plan.pairs, *(pair for pair in PAIRS if pair.deed in planted and pair not in plan.pairs)], WALKS,
                 at_once=chosen.at_once)
    databases = Databases(maker, owner(), str(connection.settings_dict["NAME"]))
    try:
        prepared = prepare_worlds(databases, folder, wider, progress)
        outcome = run(prepared, plan, progress)
        return Report(plan, outcome, find(prepared, wider, chosen.plants, progress))
    finally:
        databases.close()


def owner() -> str:
    """The role that owns the tables."""
    return str(conninfo_to_dict(addresses().owner)["user"])


def plan_of(chosen: Chosen) -> Plan:
    """What is walked."""
    return Plan([pair for pair in PAIRS if any(part in pair.name for part in chosen.pairs or [""])],
                [walk for walk in WALKS if walk.route.startswith(tuple(chosen.routes or [""]))],
                [walker for walker in WALKERS if not chosen.walkers or walker.key in chosen.walkers],
                at_once=chosen.at_once)
