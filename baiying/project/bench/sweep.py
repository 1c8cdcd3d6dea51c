"""How fast everybody is swept by all rules, beside OpenFisca with the same people and rules in the same run; then from
the database to the database (`sweep_database`).

Both sides run in processes of their own, in turns, and get their inputs before the clock starts; of several runs the
quickest counts. First the answers are compared: yes, no and not known, of every person and rule. OpenFisca reckons ages
and lengths of time as its country template does (`template`), and then is handed them, as we are (`ready`).
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from baiying.project.bench.installation import installation
from baiying.project.bench.sweep_made import handed_ready, kept, population, rules
from baiying.project.bench.sweep_ours import MANY
from baiying.project.bench.sweep_written import source
from baiying.project.errors import Trouble

OPENFISCA = "openfisca-core==46.0.1"
SCRIPT = Path(__file__).with_name("sweep_openfisca.py")
TEMPLATE, READY, MEMORY, GROWTH = 15.0, 4.0, 0.5, 3.0  # what is promised: times as fast, part of the memory, for MANY
OURS, THEIRS = 7, 3  # runs


def measure(people: int = 1_000_000, count: int = 30, seed: int = 1, peer: bool = False) -> dict[str, Any]:
    """All figures, and whether each promise is kept. `peer`: beside OpenFisca, fetched for this run."""
    figures = in_memory(people, count, seed, peer)
    with installation(serving=False) as product:  # a worker would sweep by the rules in force
        from baiying.project.bench import sweep_database  # its models are there once the product is

        figures["database"] = sweep_database.measure(product.server, people, count, seed)
        figures["targets"] |= sweep_database.targets(figures["database"])
    figures["met"] = all(one["met"] for one in figures["targets"].values())
    return figures


def in_memory(people: int, count: int, seed: int, peer: bool = False) -> dict[str, Any]:
    """The figures that need no database: rules and columns to packed answers."""
    figures: dict[str, Any] = {"people": people, "rules": count, "seed": seed, "many_rules": MANY}
    with tempfile.TemporaryDirectory(prefix="baiying-sweep-") as name:
        home = Path(name)
        with _environment(home) if peer else _nobody() as python:
            for way in ("template", "ready"):
                figures[way] = _way(home / way, way, people, count, seed, python)
    figures["targets"] = _targets(figures, peer)
    return figures


def _way(folder: Path, way: str, people: int, count: int, seed: int, python: Path | None) -> dict[str, Any]:
    folder.mkdir()
    columns = population(people, seed)
    kept(handed_ready(columns) if way == "ready" else columns, folder)
    found: dict[str, Any] = {"ours": _ours(folder, way, count, seed)}
    if python is not None:
        formulas = folder / "formulas.py"
        formulas.write_text(source(rules(count, seed), way == "ready"), encoding="utf-8")
        found["openfisca"] = _told([str(python), str(SCRIPT), str(folder), str(formulas), str(count), str(THEIRS)])
        _same(folder)
        found["ours"] = _quicker(found["ours"], _ours(folder, way, count, seed))
        found["times_as_fast"] = round(min(found["openfisca"]["seconds"]) / min(found["ours"]["seconds"]), 1)
        found["memory"] = round(found["ours"]["memory_mb"] / found["openfisca"]["memory_mb"], 2)
        found["answers"] = "identical"
    shutil.rmtree(folder)
    return found


def _ours(folder: Path, way: str, count: int, seed: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "baiying.project.bench.sweep_ours", str(folder), str(seed), str(count), str(OURS)]
    return _told([*command, *(["ready"] if way == "ready" else [])])


def _quicker(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Both runs together: all times, and the larger memory."""
    return {key: one[key] + other[key] if isinstance(one[key], list) else max(one[key], other[key]) for key in one}


def _same(folder: Path) -> None:
    """Raises Trouble when the two sides differ: then no time means anything."""
    ours, theirs = (np.load(folder / f"answers_{who}.bin.npy") for who in ("ours", "openfisca"))
    differing = int((ours != theirs).sum()) if ours.shape == theirs.shape else -1
    if differing:
        raise Trouble(f"{differing} answers of ours differ from OpenFisca's, so the times cannot be compared. "
                      "Run `baiying rules parity` to see which side is wrong.")  # fmt: skip


def _targets(figures: dict[str, Any], peer: bool) -> dict[str, Any]:
    ours = figures["template"]["ours"]
    grown = min(ours["seconds_many_rules"]) / min(ours["seconds"])
    found = {f"{figures['rules']} to {MANY} rules": {"value": round(grown, 2), "most": GROWTH, "met": grown <= GROWTH}}
    if peer:
        for way, least in (("template", TEMPLATE), ("ready", READY)):
            value = figures[way]["times_as_fast"]
            found[f"times as fast, {way}"] = {"value": value, "least": least, "met": value >= least}
            part = figures[way]["memory"]
            found[f"part of its memory, {way}"] = {"value": part, "most": MEMORY, "met": part <= MEMORY}
    return found


def table(figures: dict[str, Any]) -> str:
    """For people."""
    told = [f"{figures['people']:,} people by {figures['rules']} rules of seed {figures['seed']}, quickest run:"]
    for way in ("template", "ready"):
        for who in ("ours", "openfisca"):
            one = figures[way].get(who)
            if one:
                told.append(f"  {way:9} {who:10} {min(one['seconds']) * 1000:8.0f} ms  {one['memory_mb']:5} MB")
        if "answers" in figures[way]:
            told.append(f"  {way:9} answers {figures[way]['answers']}, {figures[way]['times_as_fast']} times as fast")
    if "database" in figures:
        told += _of_database(figures["database"])
    for name, one in figures["targets"].items():
        bound = f"at least {one['least']}" if "least" in one else f"at most {one['most']}"
        told.append(f"  {name}: {one['value']} ({bound}) {'met' if one['met'] else 'MISSED'}")
    return "\n".join(told)


def _of_database(stored: dict[str, Any]) -> list[str]:
    swept, one, many = stored["sweep"], stored["one"], stored["thousand"]
    return [
        f"  database  first sweep {stored['first_sweep_seconds']} s; with 1 % changed {min(swept['seconds'])} s",
        f"            COPY of the register's columns {min(swept['copy_seconds'])} s, of one bare table of typed "
        f"columns {min(swept['flat_copy_seconds'])} s ({swept['times_flat_copy']} times)",
        f"            one change {one['ms']} ms, bare {one['bare_ms']} ms; a thousand {many['median_seconds']} s",
    ]


def _told(command: list[str]) -> dict[str, Any]:
    """What one side prints. Raises Trouble with its last words."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Trouble(f"One side of the bench stopped: {done.stderr.strip()[-400:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def _environment(home: Path) -> Iterator[Path]:
    """OpenFisca in an environment of its own, fetched by pip as this machine has it set up."""
    place = home / "peer"
    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    pip = [str(place / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, OPENFISCA, f"numpy=={np.__version__}"], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Trouble(f"{OPENFISCA} could not be fetched: {done.stderr.strip()[-300:]} "
                      "Without it the bench runs as `baiying bench sweep`.")  # fmt: skip
    yield place / "bin" / "python"


@contextmanager
def _nobody() -> Iterator[None]:
    yield None
