"""Random people with missing values, and random well-formed rules of the whole language, from a seed.

Values lie on and beside what rules compare them with: a slip of one shows soonest there.
"""

from __future__ import annotations

import calendar
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from baiying.engine.loader.lines import lines
from baiying.engine.loader.reading import Source
from baiying.engine.loader.rule_tests import AS_SHARE, FITTING
from baiying.engine.loader.rules import PERS, Known, asks_of, read_rule
from baiying.engine.rules import Fact, Line, Rule
from baiying.engine.rules.language import GROUPS, NUMBER_MOST, ROUND_OPEN

Table = dict[str, Any]
NUMBERS = (0, 1, 2, 3, 4, 5, 7, 10, 12)
MONEY = (0, 1, 33, 99, 100, 1_000, 12_345, 100_000, 10_000_000)
AGES = (0, 1, 16, 18, 40, 55, 60)
SPANS = ("1 day", "30 days", "1 month", "12 months", "1 year", "2 years", "this year", "last year")
SHARES = (0.06, 0.5, 1, "1/3", "2/3", 0.995, "1/7")
CHOICES = ("甲", "乙", "丙", "丁")
DAYS = (date(2026, 2, 28), date(2026, 3, 1), date(2024, 2, 29), date(2026, 3, 31), date(2026, 11, 23))
ITEMS = ("津贴", "慰问金", "配套")
_OF = ("", "household_")
USED = tuple(f"used.{of}{what}_{per}" for of in _OF for what in ("times", "money") for per in ("year", "life"))
UNTOLD, ODD = 0.25, 0.03  # how often a fact is missing, or says what makes no sense

FACTS: Mapping[str, Fact] = {
    one.name: one
    for one in (
        *(Fact(f"person.yes{n}", "yesno") for n in range(3)),
        *(Fact(f"person.choice{n}", "choice", CHOICES) for n in range(3)),
        *(Fact(f"person.set{n}", "set", CHOICES) for n in range(2)),
        *(Fact(f"person.number{n}", "number") for n in range(3)),
        *(Fact(f"home.money{n}", "money") for n in range(4)),
        *(Fact(f"person.day{n}", "date") for n in range(2)),
        *(Fact(f"person.age{n}", "years") for n in range(2)),
        *(Fact(f"person.since{n}", "months") for n in range(2)),
    )
}
ASKS: Mapping[str, Table] = {
    "well": {"kind": "yesno"}, "bill": {"kind": "money"}, "when": {"kind": "date"}, "how": {"kind": "number"},
    "kinds": {"kind": "choices", "options": [{"label": one} for one in CHOICES]},
}  # fmt: skip
COMPARED: Mapping[str, Fact] = {**FACTS, **asks_of({"ask": ASKS})}
#: Further what the ledger tells: of the rule at hand, and of rules by name.
_USED = [*USED, *(f"{name}:rule{number}" for name in USED[:2] for number in range(3))]
EVERY: Mapping[str, Fact] = {
    **COMPARED, **{name: Fact(name, "number") for name in _USED}, ROUND_OPEN: Fact(ROUND_OPEN, "yesno"),
}  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A rule as a table, and as the loader read it."""

    table: Table
    rule: Rule


class Maker:
    """Makes people and rules of one seed, on one day."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.on: date = self.one(DAYS)
        self.lines = self._lines()
        self.read_lines: Mapping[str, Line] = lines({"line": self.lines})
        self.refused = 0

    def one(self, members: Sequence[Any]) -> Any:
        return members[self.random.randrange(len(members))]

    def often(self, share: float) -> bool:
        return self.random.random() < share

    # Lines

    def _lines(self) -> dict[str, Table]:
        said = {"label": "某标准", "label_en": "A line"}
        held: dict[str, Table] = {}
        for number in range(2):
            held[f"money{number}"] = {**said, "kind": "money", "values": self._values(self.one(MONEY[3:]))}
            held[f"number{number}"] = {**said, "kind": "number", "values": self._values(self.one(AGES[1:]))}
            held[f"share{number}"] = {**said, "kind": "share", "values": self._values(self.one(SHARES))}
            held[f"list{number}"] = {**said, "kind": "list", "values": self._values(list(CHOICES[: number + 2]))}
            times = self.one((2, "1/3", 1.5))
            held[f"twice{number}"] = {**said, "kind": "money", "of": f"money{number}", "times": times}
        rows = [[choice, number, 100 * number + place]
                for place, choice in enumerate(CHOICES[:3]) for number in NUMBERS[:5]]
        held["rows0"] = {**said, "kind": "table", "keys": ["类", "次"],
                         "values": [{"rows": rows, "since": date(2020, 1, 1), "basis": "house"}]}
        return held

    def _values(self, value: Any) -> list[Table]:
        """In force; followed by another; nobody filled it; or over."""
        told = {"value": value, "basis": "house", "since": date(2020, 1, 1)}
        way = self.random.randrange(5)
        if way == 0:
            return []
        if way == 1:
            return [{**told, "until": self.on - timedelta(1)}]
        if way == 2:
            return [{**told, "until": self.on - timedelta(1)}, {**told, "since": self.on}]
        return [told]

    # People

    def people(self, count: int) -> list[dict[str, Any]]:
        """Facts of so many people; what nobody told is absent, or None."""
        facts = EVERY.values()
        return [{one.name: self._told(one) for one in facts if not self.often(UNTOLD)} for _ in range(count)]

    def _told(self, fact: Fact) -> Any:
        if self.often(ODD):
            return self._odd(fact.type)
        if fact.type == "yesno":
            return self.often(0.5)
        if fact.type == "choice":
            return self.one((*CHOICES, "戊"))
        if fact.type == "set":
            return frozenset(one for one in CHOICES if self.often(0.4))
        if fact.type in ("number", "money"):
            return max(0, self.one(MONEY if fact.type == "money" else NUMBERS) + self.one((-1, 0, 0, 1)))
        return self._day(fact.type)

    def _odd(self, type_: str) -> Any:
        """Nothing; a number that nobody has; a start still to come."""
        if type_ in ("number", "money"):
            return self.one((None, NUMBER_MOST, NUMBER_MOST + 1, -NUMBER_MOST - 1, -5))
        if type_ in ("years", "months", "date"):
            return self.one((None, self.on, self.on + timedelta(1), date(1900, 1, 1)))
        return None

    def _day(self, type_: str) -> date:
        """On, the day before and the day after a cut-off; often 29 February."""
        if type_ == "date":
            back_days: int = self.one((0, 1, 29, 30, 31, 364, 365, 366, 730, 731))
            return self.on - timedelta(back_days)
        if self.often(0.1):
            return date(2008 - 4 * self.random.randrange(12), 2, 29)
        back = self.one(AGES) * (12 if type_ == "years" else 1)
        year, month = divmod(self.on.year * 12 + self.on.month - 1 - back, 12)
        last = calendar.monthrange(year, month + 1)[1]
        beside = timedelta(int(self.one((-1, 0, 0, 1))))
        told = date(year, month + 1, min(self.on.day, last)) + beside
        return told if told < self.on else self.on

    # Rules

    def rules(self, count: int) -> list[Written]:
        """So many rules that the loader takes; what it refuses is made anew."""
        found: list[Written] = []
        while len(found) < count:
            table = self._rule(f"rule{len(found)}")
            rule, faults = read_rule(Source(table["id"], table), Known(FACTS, self.read_lines), examples=False)
            if faults:
                self.refused += 1
            else:
                found.append(Written(table, rule))
        return found

    def _rule(self, key: str) -> Table:
        bands = ["deep", "less", "shock"][: self.random.randrange(4)] if self.often(0.4) else []
        table: Table = {"id": key, "ask": dict(ASKS)}
        if bands:
            table["band"] = [{"name": name, "label": name, "label_en": name, "when": self.when(())} for name in bands]
        table["who"] = [{**self.condition(bands), "otherwise": "不行。", "otherwise_en": "No."}
                        for _ in range(self.random.randrange(5))]
        if self.often(0.7):
            table["amount"] = [self._amount(bands, number) for number in range(1 + self.random.randrange(4))]
        if self.often(0.5):
            table["limit"] = [self._limit(bands) for _ in range(1 + self.random.randrange(2))]
        if self.often(0.3):
            table["window"] = self._window()
        if self.often(0.2):
            table["for"] = self.one((["self"], ["child"], ["self", "parent"]))
        return table

    def when(self, bands: Sequence[str]) -> list[Table]:
        return [self.condition(bands) for _ in range(1 + self.random.randrange(2))]

    def condition(self, bands: Sequence[str], depth: int = 1) -> Table:
        if depth < 4 and self.often(0.25):
            return {self.one(GROUPS): [self.condition(bands, depth + 1) for _ in range(1 + self.random.randrange(3))]}
        return self._test(bands)

    def _test(self, bands: Sequence[str]) -> Table:
        if bands and self.often(0.3):
            how = self.one(("is", "in"))
            several = self.random.sample(bands, 1 + (len(bands) > 1))
            return {"fact": "case.band", how: self.one(bands) if how == "is" else several}
        fact = self.one(tuple(COMPARED.values()))
        if fact.type in ("number", "money") and self.often(0.2):
            whole = self.one([one.name for one in FACTS.values() if one.type in ("number", "money")])
            return {"fact": fact.name, "of": whole, self.one(AS_SHARE): self.one((*SHARES, "@share0", "@share1"))}
        op = self.one(FITTING[fact.type])
        return {"fact": fact.name, op: self._against(fact.type, op)}

    def _against(self, type_: str, op: str) -> Any:
        if op == "within":
            return self.one(SPANS)
        if type_ == "yesno":
            return self.often(0.5)
        if type_ in ("choice", "set"):
            if op == "is":
                return self.one(CHOICES)
            return self.one(("@list0", "@list1", self.random.sample(CHOICES, 1 + self.random.randrange(3))))
        if op == "between":
            return sorted(self._day("date") if type_ == "date" else self.one(self._pool(type_)) for _ in range(2))
        if op != "is" and type_ != "date" and self.often(0.25):
            money = ("@money0", "@money1", "@twice0", "@twice1")
            return self.one(money if type_ == "money" else ("@number0", "@number1"))
        return self._day("date") if type_ == "date" else self.one(self._pool(type_))

    def _pool(self, type_: str) -> Sequence[int]:
        return {"money": MONEY, "number": NUMBERS}.get(type_, AGES)

    def _amount(self, bands: Sequence[str], number: int) -> Table:
        one: Table = {"item": self.one(ITEMS[: number + 1]), "basis": "house"}
        way = self.random.randrange(5)
        if way == 0:
            one |= {"value": "@rows0", "row": ["person.choice0", "person.number0"]}
        elif way < 3:
            one |= {"value": self.one((*MONEY, "@money0", "@twice1"))}
        if way < 3 and self.often(0.4):
            one |= {"each": "person.number1"}
            one |= {"skip": self.one((1, 3))} if self.often(0.5) else {}
            one |= {"most_each": self.one((1, 5))} if self.often(0.5) else {}
        if way >= 3:
            one |= {"share": self.one((*SHARES, "@share0"))}
            one |= {"of": self.one(("home.money0", "ask.bill", f"amount.{ITEMS[0]}"))}
            for word in ("over", "most"):
                one |= {word: self.one((*MONEY[4:], "@money1"))} if self.often(0.4) else {}
            one |= {"least": self.one((1, 33, 99))} if self.often(0.4) else {}
        one |= {"when": self.when(bands)} if self.often(0.5) else {}
        one |= {"payer": "asker"} if self.often(0.15) else {}
        one |= {"since": self.on + timedelta(self.one((-1, 0, 1)))} if self.often(0.15) else {}
        if self.often(0.15):
            one |= {"until": self.on + timedelta(self.one((1, 2)) if "since" in one else self.one((-1, 0, 1)))}
        if self.often(0.2):
            one["paid"] = [{"share": 0.6, "at": "first"}, {"share": "2/5"}]
        return one

    def _limit(self, bands: Sequence[str]) -> Table:
        one: Table = {"per": self.one(PERS[2:4])}
        way = self.one(("times", "most", "not_with"))
        one |= {way: {"times": self.one((1, 2)), "most": self.one((99, 1_000, 100_000)), "not_with": "rule1"}[way]}
        one |= {"of": self.one(("household", "person"))} if way != "not_with" and self.often(0.4) else {}
        return one | ({"when": self.when(bands)} if self.often(0.4) else {})

    def _window(self) -> Table:
        way = self.random.randrange(3)
        if way == 0:
            return {"round": True}
        if way == 1:
            closes = self.one(("02-28", "02-29", "12-31", "10-01"))
            return {"opens": self.one(("01-01", "02-28", "11-23")), "closes": closes}
        return {self.one(("opens", "closes")): self.on + timedelta(self.one((-1, 0, 1)))}
