"""Judges random people by random rules three ways, and tells where two of them differ."""

from __future__ import annotations

import dataclasses
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from baiying.engine.rules import Judgement, columns_of, sweep
from baiying.engine.rules.judging import answered, judged
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
        many = _rows(simulate(one.rule, columns, people, maker.read_lines, maker.on))
        for place, person in enumerate(persons):
            single = judged(one.rule, person)
            plain = verdict(one.table, facts[place], world)
            _counted(outcome, single)
            differ = [*_side_by_side(single, plain, "plain"), *_side_by_side(single, many[place], "by columns")]
            if swept.answer(place, number) is not single.answer:
                differ.append(f"swept {swept.answer(place, number)}, judged {single.answer}")
            if answered(one.rule, person) is not single.answer:
                differ.append(f"answered {answered(one.rule, person)}, judged {single.answer}")
            if differ:
                _tell(outcome, one, facts[place], differ)
    outcome.seconds = time.perf_counter() - start
    return outcome


def _counted(outcome: Outcome, single: Judgement) -> None:
    outcome.answers[single.answer.value] += 1
    outcome.missing += len(single.missing)
    outcome.sums += len(single.amounts)
    outcome.open_sums += sum(one.fen is None for one in single.amounts)


def _side_by_side(single: Judgement, other: Verdict, which: str) -> Iterator[str]:
    """Where one person judged with reasons differs from another reading."""
    ours = Verdict(
        single.answer.value, single.now.value if other.now else "", single.band, set(single.open.facts),
        set(single.open.lines), {one.amount.item: one.fen for one in single.amounts}, single.total,
    )  # fmt: skip
    if ours != other:
        for what in dataclasses.fields(Verdict):
            mine, theirs = getattr(ours, what.name), getattr(other, what.name)
            if mine != theirs:
                yield f"{what.name}: judged {mine}, {which} {theirs}"


def _rows(many: Simulated) -> list[Verdict]:
    """What the columns say, person by person. They say nothing of limits and windows."""
    fen, known = (one.tolist() for one in many.total)
    found = [
        Verdict("yes" if yes else "ask" if unknown else "no", "", "", total=total if sure else None)
        for yes, unknown, total, sure in zip(many.yes.tolist(), many.unknown.tolist(), fen, known, strict=True)
    ]
    for name, row in many.bands.items():
        for place in np.flatnonzero(row):
            found[place].band = name
    for fact, row in many.missing.items():
        for place in np.flatnonzero(row):
            found[place].missing.add(fact)
    for line, row in many.lines.items():
        for place in np.flatnonzero(row):
            found[place].lines.add(line)
    for item, one in many.sums.items():
        for place in np.flatnonzero(one.holds):
            found[place].amounts[item] = int(one.fen[place]) if one.known[place] else None
    return found


def _tell(outcome: Outcome, one: Written, facts: Mapping[str, Any], differ: Sequence[str]) -> None:
    outcome.differences += 1
    if len(outcome.shown) < SHOWN:
        rule = {word: value for word, value in one.table.items() if word != "ask"}
        outcome.shown.append("\n  ".join((f"- {rule}", f"facts: {dict(facts)}", *differ)))

