"""Judges random people by random rules three ways, and tells where two of them differ."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from baiying.engine.rules import Judgement, columns_of, sweep
from baiying.engine.rules.judging import judged
from baiying.engine.rules.logic import Person
from baiying.engine.rules.simulating import Simulated, simulate
from baiying.project.parity.making import EVERY, Maker, Written
from baiying.project.parity.naive import Verdict, World, verdict

SHOWN = 5  # differences that are told at length


@dataclass
class Outcome:
    """What a run found."""

    seed: int
    people: int
    rules: int
    answers: Counter[str] = field(default_factory=Counter)
    missing: int = 0
    sums: int = 0
    open_sums: int = 0
    differences: int = 0
    shown: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def well(self) -> bool:
        return not self.differences

    def figures(self) -> dict[str, Any]:
        """For machines."""
        return {"seed": self.seed, "people": self.people, "rules": self.rules, "pairs": self.people * self.rules,
                "answers": dict(self.answers), "missing_facts": self.missing, "sums": self.sums,
                "sums_not_known": self.open_sums, "differences": self.differences, "seconds": round(self.seconds, 1),
                "met": self.well}  # fmt: skip

    def sentences(self) -> str:
        """For people."""
        said = ", ".join(f"{count:,} {answer}" for answer, count in sorted(self.answers.items()))
        told = [
            f"{self.people:,} people by {self.rules:,} rules of seed {self.seed}: {self.people * self.rules:,} pairs "
            f"({said}), {self.missing:,} missing facts, {self.sums:,} sums ({self.open_sums:,} not known), "
            f"three evaluators, {self.seconds:.1f} s.",
            "No difference." if self.well else f"{self.differences:,} differences.",
        ]
        return "\n".join((*told, *self.shown))


def compare(people: int, rules: int, seed: int) -> Outcome:
    """Judge so many people by so many rules of a seed, each pair three ways."""
    start = time.perf_counter()
    maker = Maker(seed)
    written, facts = maker.rules(rules), maker.people(people)
    columns = columns_of(facts, EVERY)
    swept = sweep([one.rule for one in written], columns, people, maker.read_lines, maker.on)
    world = World(maker.on, maker.lines, {name: fact.type for name, fact in EVERY.items()})
    persons = [Person(one, maker.read_lines, maker.on) for one in facts]
    outcome = Outcome(seed, people, rules)
    for number, one in enumerate(written):
        many = simulate(one.rule, columns, people, maker.read_lines, maker.on)
        for place, person in enumerate(persons):
            single = judged(one.rule, person)
            plain = verdict(one.table, facts[place], world)
            _counted(outcome, single)
            differ = [*_singly(single, plain), *_by_columns(single, many, place)]
            if swept.answer(place, number) is not single.answer:
                differ.append(f"swept {swept.answer(place, number)}, judged {single.answer}")
            if differ:
                _tell(outcome, one, facts[place], differ)
    outcome.seconds = time.perf_counter() - start
    return outcome


def _counted(outcome: Outcome, single: Judgement) -> None:
    outcome.answers[single.answer.value] += 1
    outcome.missing += len(single.missing)
    outcome.sums += len(single.amounts)
    outcome.open_sums += sum(one.fen is None for one in single.amounts)


def _singly(single: Judgement, plain: Verdict) -> Iterator[str]:
    """Where one person judged with reasons differs from the plain reading."""
    found: Mapping[str, tuple[object, object]] = {
        "answer": (single.answer.value, plain.answer),
        "now": (single.now.value, plain.now),
        "band": (single.band, plain.band),
        "missing": (set(single.open.facts), plain.missing),
        "lines": (set(single.open.lines), plain.lines),
        "amounts": ({one.amount.item: one.fen for one in single.amounts}, plain.amounts),
    }
    for what, (ours, theirs) in found.items():
        if ours != theirs:
            yield f"{what}: judged {ours}, plain {theirs}"


def _by_columns(single: Judgement, many: Simulated, place: int) -> Iterator[str]:
    """Where one person judged with reasons differs from the columns."""
    sums = {item: int(one.fen[place]) if one.known[place] else None
            for item, one in many.sums.items() if one.holds[place]}
    total, known = many.total
    found: Mapping[str, tuple[object, object]] = {
        "answer": (single.answer.value, "yes" if many.yes[place] else "ask" if many.unknown[place] else "no"),
        "band": (single.band, next((name for name, row in many.bands.items() if row[place]), "")),
        "missing": (set(single.open.facts), _of(many.missing, place)),
        "lines": (set(single.open.lines), _of(many.lines, place)),
        "amounts": ({one.amount.item: one.fen for one in single.amounts}, sums),
        "total": (single.total, int(total[place]) if known[place] else None),
    }
    for what, (ours, theirs) in found.items():
        if ours != theirs:
            yield f"{what}: judged {ours}, by columns {theirs}"


def _of(rows: Mapping[str, np.ndarray[Any, Any]], place: int) -> set[str]:
    return {name for name, row in rows.items() if row[place]}


def _tell(outcome: Outcome, one: Written, facts: Mapping[str, Any], differ: Sequence[str]) -> None:
    outcome.differences += 1
    if len(outcome.shown) < SHOWN:
        rule = {word: value for word, value in one.table.items() if word != "ask"}
        outcome.shown.append("\n  ".join((f"- {rule}", f"facts: {dict(facts)}", *differ)))

