"""A population and rules for the bench of the sweep: invented, realistic in size and shape, from a seed.

Facts are missing as often as they are in a register (work and sex seldom, what a home lives on often). Rules have three
to six clauses of the kinds that services ask for, with the thresholds that services share.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from baiying.engine.rules import Column, Columns, Group, Requirement, Rule, Share, Test
from baiying.engine.rules.days import latest_start
from baiying.engine.rules.language import Condition

ON = date(2026, 12, 1)  # the first of a month: OpenFisca counts by months
SEX, STATUS = ("女", "男"), ("在岗", "待岗", "灵活就业", "退休", "其他")
CLASSES = ("低保对象", "特困人员", "易返贫致贫人口", "支出型困难人口", "无")
CHOICES: Mapping[str, tuple[str, ...]] = {"sex": SEX, "status": STATUS, "found": CLASSES}
#: yes/no facts: (how often yes, how often missing)
YESNO = {"in_work": (0.8, 0.05), "member": (0.6, 0.0), "card": (0.5, 0.02), "by_unit": (0.3, 0.1), "here": (0.7, 0.08),
         "front_line": (0.4, 0.15), "migrant": (0.3, 0.2), "dibao": (0.05, 0.25), "medical": (0.9, 0.05)}  # fmt: skip
#: a time since a day: (unit, longest in days, how often missing)
SINCE = {"age": ("years", 33_000, 0.03), "joined": ("months", 9_000, 0.05), "worked": ("months", 12_000, 0.15),
         "jobless": ("months", 2_000, 0.3)}  # fmt: skip
#: money: (median in fen, how often missing)
MONEY = {"left": (200_000, 0.4), "self_paid": (600_000, 0.35), "wage": (700_000, 0.2), "income": (9_000_000, 0.3)}
READY = "number"


def population(people: int, seed: int) -> dict[str, Column]:
    """The columns of so many people."""
    chance = np.random.default_rng(seed)

    def known(missing: float) -> np.ndarray[tuple[int], np.dtype[np.bool_]] | None:
        return chance.random(people) >= missing if missing else None

    columns = {name: Column("yesno", (chance.random(people) < yes).astype(np.uint8), known(missing))
               for name, (yes, missing) in YESNO.items()}  # fmt: skip
    for name, choices in CHOICES.items():
        values = chance.integers(0, len(choices), people).astype(np.uint8)
        columns[name] = Column("choice", values, known(0.01 if name == "sex" else 0.15), choices)
    for name, (unit, longest, missing) in SINCE.items():
        days = (ON.toordinal() - chance.integers(0, longest, people)).astype(np.int32)
        columns[name] = Column(unit, days, known(missing))
    for name, (median, missing) in MONEY.items():
        fen = (median * np.exp(chance.normal(0, 0.8, people))).astype(np.int64)
        columns[name] = Column("money", fen, known(missing))
    columns["homes"] = Column("number", chance.integers(0, 4, people).astype(np.uint8), known(0.15))
    return columns


def handed_ready(columns: Columns) -> dict[str, Column]:
    """The same people, with ages and lengths of time as numbers somebody else reckoned."""
    found = dict(columns)
    for name, (unit, longest, _) in SINCE.items():
        most = longest // (365 if unit == "years" else 30) + 2
        cuts = np.array([latest_start(ON, length, unit) for length in range(most, 0, -1)])
        lengths = most - np.searchsorted(cuts, columns[name].values, side="left")
        found[name] = Column(READY, lengths.astype(np.int32), columns[name].known)
    return found


def rules(count: int, seed: int) -> list[Rule]:
    """So many rules of three to six clauses."""
    chance = random.Random(seed)
    found = []
    for number in range(count):
        kinds: list[Callable[[random.Random], Condition]] = chance.sample(CLAUSES, 3 + chance.randrange(4))
        found.append(Rule(f"rule{number}", tuple(Requirement(kind(chance), "要符合。") for kind in kinds)))
    return found


def _yes(name: str) -> Callable[[random.Random], Condition]:
    return lambda chance: Test(name, "is", chance.random() < 0.85)


def _age(chance: random.Random) -> Condition:
    return chance.choice((
        Test("age", "between", (16, 60), "years"), Test("age", "at_least", 60, "years"),
        Test("age", "between", (18, 55), "years"), Test("age", "at_least", 18, "years"),
        Test("age", "below", 35, "years"),
    ))  # fmt: skip


def _working_age(chance: random.Random) -> Condition:
    """Women under 55, men under 60."""
    women, men = chance.choice(((55, 60), (50, 60), (40, 50)))
    return Group("any", (
        Group("all", (Test("sex", "is", "女"), Test("age", "below", women, "years"))),
        Group("all", (Test("sex", "is", "男"), Test("age", "below", men, "years"))),
    ))  # fmt: skip


def _length(name: str, lengths: Sequence[int]) -> Callable[[random.Random], Condition]:
    return lambda chance: Test(name, "at_least", chance.choice(lengths), "months")


def _money(name: str, op: str, sums: Sequence[int]) -> Callable[[random.Random], Condition]:
    return lambda chance: Test(name, op, chance.choice(sums))


def _among(name: str) -> Callable[[random.Random], Condition]:
    choices = CHOICES[name]
    return lambda chance: Test(name, "in", frozenset(chance.sample(choices, 2)))


def _excluded(chance: random.Random) -> Condition:
    return Group("none", (Test("homes", "at_least", chance.choice((2, 3))), Test("wage", "above", 2_000_000)))


def _burden(chance: random.Random) -> Condition:
    return Test("self_paid", "above", chance.choice((Share(1, 5), Share(4, 5))), of="income")


def _either(chance: random.Random) -> Condition:
    return Group("any", (Test("dibao", "is", True), Test("found", "in", frozenset(CLASSES[:2])),
                         Test("left", "below", chance.choice((145_000, 290_000)))))  # fmt: skip


CLAUSES: Sequence[Callable[[random.Random], Condition]] = (
    *(_yes(name) for name in YESNO), _age, _working_age, _length("joined", (6, 12)), _length("worked", (12, 24, 36)),
    _length("jobless", (6, 12)), _money("left", "below", (145_000, 290_000)), _excluded, _burden, _either,
    _money("self_paid", "at_least", (500_000, 5_000_000)), _money("wage", "at_most", (300_000, 800_000)),
    _among("status"), _among("found"),
)  # fmt: skip


def kept(columns: Columns, folder: Path) -> None:
    """Write the columns where another program can read them."""
    for name, column in columns.items():
        np.save(folder / f"{name}.npy", column.values)
        if column.known is not None:
            np.save(folder / f"{name}_known.npy", column.known)


def read(columns: Columns, folder: Path) -> dict[str, Column]:
    """The same columns again. Their types and choices are those of `columns`."""
    found = {}
    for name, one in columns.items():
        path = folder / f"{name}_known.npy"
        known = np.load(path) if path.exists() else None
        found[name] = Column(one.type, np.load(folder / f"{name}.npy"), known, one.choices)
    return found
