"""Rules written as their files write them, for the tests."""

from __future__ import annotations

import tomllib
from datetime import date

from baiying.engine.loader import Fault
from baiying.engine.loader.lines import lines
from baiying.engine.loader.reading import read
from baiying.engine.loader.rules import Known, read_rule
from baiying.engine.rules import Fact, Facts, Judgement, Rule, judge

ON = date(2026, 11, 23)
FACTS = {
    one.name: one
    for one in (
        Fact("person.age", "years"),
        Fact("person.in_work", "yesno"),
        Fact("person.sex", "choice", ("女", "男")),
        Fact("person.worked", "months"),
        Fact("person.ill_on", "date"),
        Fact("claim.issues", "set", ("工资", "工时", "工伤")),
        Fact("home.left", "money"),
        Fact("home.income", "money"),
        Fact("home.bill", "money"),
        Fact("home.homes", "number"),
        Fact("stay.days", "number"),
        Fact("trade.level", "choice", ("一级", "二级")),
    )
}
LINES = """
[line.dibao]
label = "低保"
label_en = "Minimum"
kind = "money"
values = [{ value = 145000, since = 2026-01-01, until = 2026-11-30, basis = "house" }]
[line.dibao_double]
label = "两倍"
label_en = "Twice"
kind = "money"
of = "dibao"
times = 2
[line.empty]
label = "没填"
label_en = "Nobody filled it"
kind = "money"
values = []
[line.levels]
label = "按级"
label_en = "By level"
kind = "table"
keys = ["级"]
values = [{ rows = [["一级", 200000], ["二级", 100000]], since = 2022-01-01, basis = "house" }]
"""
KNOWN = Known(FACTS, lines(tomllib.loads(LINES)), {"house"}, {"C"}, {"union.gym"})
SAID = 'otherwise = "不行。"\notherwise_en = "No."\n'


def rule(text: str) -> Rule:
    """A rule without faults; its examples are left aside."""
    found, faults = read_rule(read("services/union.test.toml", text.encode()), KNOWN, examples=False)
    assert not faults, [str(one) for one in faults]
    return found


def faults(text: str) -> list[Fault]:
    """Everything wrong with a rule, examples included."""
    source = read("services/union.test.toml", text.encode())
    assert not source.faults, source.faults
    return read_rule(source, KNOWN)[1]


def judged(text: str, facts: Facts, on: date = ON, subject: str = "self") -> Judgement:
    """One person by a rule."""
    return judge(rule(text), facts, KNOWN.lines, on, subject)
