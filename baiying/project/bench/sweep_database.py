"""The sweep from the database to the database, one person's change, and a thousand people's, each beside a floor that
is measured in turn with it.

The product's own actions run, through the role of the web with row security on, on a durable database. Before any
time counts, every standing answer is compared with the evaluator of columns over the numbers the register was made
of, and some people's with the evaluator that gives reasons.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from baiying.engine.rules import Columns, judge, sweep
from baiying.engine.services.facts import DAYS
from baiying.kit import door, moment
from baiying.kit.door import Asker
from baiying.project.bench.sweep_made import population
from baiying.project.bench.sweep_register import DISTRICT, Register, change, fact, fill, in_force, made, other
from baiying.project.errors import Trouble
from baiying.project.postgres import Server
from baiying.services.actions import standing, sweeping
from baiying.services.queries import unserved
from baiying.services.queries.rulebook import Rules
from baiying.services.words import ERRAND

SWEEP, ONE, THOUSAND = 3.0, 3.5, 1.0  # what is promised: times a COPY, times a bare UPDATE + commit, seconds
ROUNDS, PAIRS, CHANGED, SAMPLE = 3, 300, 1_000, 200
#: The columns of the register as they lie, and the same facts as typed columns of one bare table.
REGISTER = "SELECT person, district, unit, member_since, member_until, quiet, said FROM services_register"
FLAT = "SELECT * FROM bench_flat"
UPDATE = "UPDATE services_profile SET said = jsonb_set(said, '{bench.wage}', to_jsonb(%s::bigint)) WHERE person_id = %s"
UPDATE_MANY = """UPDATE services_profile SET said = said || jsonb_build_object('bench.wage', %s::bigint,
    'bench.dibao', %s::boolean) WHERE person_id = ANY(%s)"""


class Trial:
    """The register under measurement, and what is known to be true of it."""

    def __init__(self, server: Server, people: int, count: int, seed: int) -> None:
        self.server, self.seed, self.on = server, seed, moment.today()
        self.chance = random.Random(seed)
        self.columns: Columns = population(people, seed)
        self.register: Register = fill(server, self.columns, seed)
        self.rules: Rules = made(count, seed)

    @property
    def people(self) -> int:
        return len(self.register.who)

    def renamed(self) -> Columns:
        return {fact(name): column for name, column in self.columns.items()}

    def told(self, name: str, which: NDArray[np.int64], value: int) -> None:
        """These people's facts are another now."""
        column = self.columns[name]
        column.values[which] = value
        if column.known is not None:
            column.known[which] = True

    def check(self) -> None:
        """Raises Trouble when anybody stands as she should not."""
        with door.errand(ERRAND):
            held = sweeping.standing(self.rules)
        truth = sweep(self.rules.rules, self.renamed(), self.people, {}, self.on)
        order = np.argsort(self.register.who.view("S16"), kind="stable")
        at = np.searchsorted(held.who.view("S16"), self.register.who.view("S16")[order])
        if not (held.who[at] == self.register.who[order]).all():
            raise Trouble("Some people of the register stand nowhere, so nothing was measured.")
        differing = int(((held.yes[at] != truth.yes[order]) | (held.unknown[at] != truth.unknown[order])).any(1).sum())
        if differing:
            raise Trouble(f"{differing} people stand otherwise than the evaluators say, so nothing was measured.")
        for place in self.chance.sample(range(self.people), min(SAMPLE, self.people)):
            facts = {fact(name): _value(column, place) for name, column in self.columns.items()}
            for number, rule in enumerate(self.rules.rules):
                if judge(rule, facts, {}, self.on).answer is not truth.answer(place, number):
                    raise Trouble(f"Two evaluators differ on {rule.id}. Run `baiying rules parity` to see which errs.")

    def entitled(self, unit: int) -> list[int]:
        """How many people of the register's unit of this number are entitled to each service."""
        here = np.flatnonzero(self.register.unit == unit)
        mine = {name: type(one)(one.type, one.values[here], None if one.known is None else one.known[here], one.choices)
                for name, one in self.renamed().items()}  # fmt: skip
        yes = sweep(self.rules.rules, mine, len(here), {}, self.on).yes
        return [int((yes[:, n // 64] >> np.uint64(n % 64) & np.uint64(1)).sum()) for n in range(len(self.rules.rules))]


def measure(server: Server, people: int, count: int, seed: int) -> dict[str, Any]:
    """All figures of the database, in an installation of their own that is up."""
    trial = Trial(server, people, count, seed)
    with in_force(trial.rules):
        first = _seconds(lambda: standing.sweep_all(DISTRICT))
        trial.check()
        return {"people": people, "rules": count, "first_sweep_seconds": round(first, 2),
                "sweep": swept(trial), "one": one_person(trial), "thousand": thousand(trial)}  # fmt: skip


def swept(trial: Trial) -> dict[str, Any]:
    """A sweep that finds 1 % of the answers changed, in turn with a binary COPY of the columns it reads."""
    rounds: list[tuple[float, float, float]] = []
    written = []
    for number in range(ROUNDS):
        which = np.sort(np.array(trial.chance.sample(range(trial.people), max(trial.people // 100, 1))))
        fresh, trial.columns = other(trial.columns, which, trial.seed + 1 + number)
        change(trial.server, trial.register, which, fresh)
        with door.errand(ERRAND):
            plain, flat = _copied(REGISTER), _copied(FLAT)
            took = _seconds(lambda: written.append(sweeping.full(trial.rules, trial.on)[0]))
        rounds.append((took, plain, flat))
        trial.check()
    return {
        "seconds": [round(one, 2) for one, _, _ in rounds], "copy_seconds": [round(one, 2) for _, one, _ in rounds],
        "flat_copy_seconds": [round(one, 2) for _, _, one in rounds], "rows_written": written,
        "times_copy": round(statistics.median(one / plain for one, plain, _ in rounds), 2),
        "times_flat_copy": round(statistics.median(one / flat for one, _, flat in rounds), 2),
    }  # fmt: skip


def one_person(trial: Trial) -> dict[str, Any]:
    """One person's wage changes: a bare UPDATE + commit, and the same one with all her standing answers, in turn."""
    pairs = []
    for number in range(-20, PAIRS):  # the first are a warm-up and not counted
        floor, whole = _one(trial, answers=False), _one(trial, answers=True)
        if number >= 0:
            pairs.append((whole, floor))
    return {"ms": round(1000 * statistics.median(one for one, _ in pairs), 2),
            "bare_ms": round(1000 * statistics.median(floor for _, floor in pairs), 2),
            "times_bare": round(statistics.median(one for one, _ in pairs) / statistics.median(f for _, f in pairs), 2),
            "pairs": PAIRS}  # fmt: skip


def _one(trial: Trial, answers: bool) -> float:
    """Seconds of one change, with her standing answers or without."""
    place, wage = trial.chance.randrange(trial.people), trial.chance.randrange(100_000, 3_000_000)
    who = trial.register.person(place)
    began = time.perf_counter()
    with door.errand(ERRAND):
        with connection.cursor() as cursor:
            cursor.execute(UPDATE, [wage, who])
        if answers:
            standing.changed([who])
    took = time.perf_counter() - began
    trial.told("wage", np.array([place]), wage)
    return took


def thousand(trial: Trial) -> dict[str, Any]:
    """A thousand people change: from the first statement to the commit and a unit's list read again."""
    standing.sweep_all(DISTRICT)  # whoever changed without her answers stands right again
    seconds = [_thousand(trial, 100_000 * (number + 1), number % 2 == 0) for number in range(ROUNDS)]
    trial.check()
    return {"seconds": [round(one, 3) for one in seconds], "median_seconds": round(statistics.median(seconds), 3)}


def _thousand(trial: Trial, wage: int, dibao: bool) -> float:
    which = np.array(trial.chance.sample(range(trial.people), min(CHANGED, trial.people)))
    who = [trial.register.person(int(place)) for place in which]
    began = time.perf_counter()
    with door.errand(ERRAND):
        with connection.cursor() as cursor:
            cursor.execute(UPDATE_MANY, [wage, dibao, who])
        standing.changed(who)
    unserved.lines(_clerk(trial, int(which[0])))
    took = time.perf_counter() - began
    trial.told("wage", which, wage)
    trial.told("dibao", which, dibao)
    _agrees(trial, which)
    return took


def _clerk(trial: Trial, place: int) -> Asker:
    unit = trial.register.units[trial.register.unit[place]]
    return Asker(who=trial.register.person(place), units=frozenset([unit]))


def _agrees(trial: Trial, which: NDArray[np.int64]) -> None:
    """Raises Trouble when a list of a unit tells other numbers than the evaluator of columns."""
    for place in which[:3]:
        told = {one.service.key: one.entitled for one in unserved.lines(_clerk(trial, int(place)))}
        truth = trial.entitled(int(trial.register.unit[place]))
        if [told.get(key, 0) for key in trial.rules.services] != truth:
            raise Trouble("The list of a unit tells other numbers than the evaluator, so nothing was measured.")


def targets(figures: dict[str, Any]) -> dict[str, Any]:
    """What is promised of the database, and whether it is kept."""
    found = {
        "sweep, times a binary COPY": (figures["sweep"]["times_copy"], SWEEP),
        "one person's change, times a bare UPDATE": (figures["one"]["times_bare"], ONE),
        "a thousand changes, seconds": (figures["thousand"]["median_seconds"], THOUSAND),
    }
    return {name: {"value": value, "most": most, "met": value <= most} for name, (value, most) in found.items()}


def _copied(query: str) -> float:
    """How long a binary COPY takes, read the way the sweep reads its own."""
    began = time.perf_counter()
    with connection.connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT BINARY)") as copy:
        b"".join(copy)
    return time.perf_counter() - began


def _seconds(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def _value(column: Any, place: int) -> Any:
    """A value of a column as the evaluator with reasons takes it."""
    if column.known is not None and not column.known[place]:
        return None
    number = int(column.values[place])
    if column.type == "yesno":
        return bool(number)
    if column.type == "choice":
        return column.choices[number]
    return date.fromordinal(number) if column.type in DAYS else number


