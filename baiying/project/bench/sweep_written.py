"""Our rules written as people write them for OpenFisca: one variable a rule, its formula over arrays.

OpenFisca knows no missing values; who needs them adds a variable that says whether a fact is known. A formula then
gives 0 where a clause surely fails, 2 where all hold, 1 where it is not known.
"""

from __future__ import annotations

from collections.abc import Sequence

from baiying.engine.rules import Group, Rule, Share, Test
from baiying.engine.rules.language import Condition
from baiying.project.bench.sweep_made import CHOICES, MONEY, SINCE, YESNO

_SIGNS = {"at_least": (">=", "<"), "below": ("<", ">="), "above": (">", "<="), "at_most": ("<=", ">")}


def source(rules: Sequence[Rule], ready: bool) -> str:
    """A Python file with the variables of all facts and rules. `ready`: ages and lengths of time are handed in."""
    parts = ["from datetime import date", "from numpy import where", "from openfisca_core.model_api import *",
             "from openfisca_core.entities import build_entity", "",
             'Person = build_entity(key="person", plural="persons", label="person", is_person=True)', ""]  # fmt: skip
    for name, choices in CHOICES.items():
        members = "\n".join(f'    c{place} = "{choice}"' for place, choice in enumerate(choices))
        parts += [f"class {name.title()}(Enum):\n{members}", ""]
        parts += [_input(name, f"Enum\n    possible_values = {name.title()}\n    default_value = {name.title()}.c0")]
    parts += [_input(name, "bool") for name in YESNO]
    parts += [_input(name, "int") for name in (*MONEY, "homes")]
    for name, (unit, _, _) in SINCE.items():
        parts += [_input(name, "int")] if ready else [_input(f"{name}_since", "date"), _length(name, unit)]
    every = (*YESNO, *CHOICES, *SINCE, *MONEY, "homes")
    parts += [_input(f"{name}_known", "bool") for name in every]
    parts += [_rule(rule) for rule in rules]
    return "\n".join(parts)


def _input(name: str, kind: str) -> str:
    return (f"class {name}(Variable):\n    value_type = {kind}\n    entity = Person\n    definition_period = MONTH\n"
            f'    label = "{name}"\n')  # fmt: skip


def _length(name: str, unit: str) -> str:
    """Whole years or months from year, month and day, as the country template reckons an age."""
    months = "(start.year - years) * 12 + start.month - month - where(day <= start.day, 0, 1)"
    years = ("start.year - years - where((month < start.month) + (month == start.month) * (day <= start.day), 0, 1)")
    return _input(name, "int") + f"""
    def formula(person, period, parameters):
        since = person("{name}_since", period)
        start = period.start
        years = since.astype("datetime64[Y]").astype(int) + 1970
        month = since.astype("datetime64[M]").astype(int) % 12 + 1
        day = (since - since.astype("datetime64[M]") + 1).astype(int)
        return {years if unit == "years" else months}
"""


def _rule(rule: Rule) -> str:
    clauses = [_both(one.when) for one in rule.requirements]
    names = sorted({name for one in rule.requirements for name in _facts(one.when)})
    held = "\n".join(
        f'        {name} = person("{name}", period)\n        {name}_known = person("{name}_known", period)'
        for name in names
    )
    told = "\n".join(f"        yes{n} = {yes}\n        no{n} = {no}" for n, (yes, no) in enumerate(clauses))
    fails = " + ".join(f"no{n}" for n in range(len(clauses)))
    holds = " * ".join(f"yes{n}" for n in range(len(clauses)))
    return _input(rule.id, "int") + f"""
    def formula(person, period, parameters):
{held}
{told}
        return where({fails}, 0, where({holds}, 2, 1))
"""


def _facts(condition: Condition) -> list[str]:
    if isinstance(condition, Group):
        return [name for one in condition.of for name in _facts(one)]
    return [condition.fact, condition.of] if condition.of else [condition.fact]


def _both(condition: Condition) -> tuple[str, str]:
    """Where a condition surely holds, and where it surely does not."""
    if isinstance(condition, Group):
        yes, no = zip(*(_both(one) for one in condition.of), strict=True)
        if condition.how == "all":
            return _joined(" * ", yes), _joined(" + ", no)
        some, nothing = _joined(" + ", yes), _joined(" * ", no)
        return (some, nothing) if condition.how == "any" else (nothing, some)
    known = f"{condition.fact}_known"
    if condition.of:
        share, whole = condition.value, condition.of
        assert isinstance(share, Share)
        known = f"({known} * {whole}_known * ({condition.fact} <= {whole}))"
        yes_, no_ = (f"({condition.fact} * {share.whole}. {sign} {whole} * {share.part}.)"
                     for sign in _SIGNS[condition.op])
        return f"({known} * {yes_})", f"({known} * {no_})"
    yes_, no_ = _plain(condition)
    return f"({known} * {yes_})", f"({known} * {no_})"


def _plain(test: Test) -> tuple[str, str]:
    fact, value = test.fact, test.value
    if test.op == "between" and isinstance(value, tuple):
        return f"({fact} >= {value[0]}) * ({fact} <= {value[1]})", f"(({fact} < {value[0]}) + ({fact} > {value[1]}))"
    if isinstance(value, bool):
        return (fact, f"not_({fact})") if value else (f"not_({fact})", fact)
    if isinstance(value, str | frozenset):
        wanted = {value} if isinstance(value, str) else value
        places = [place for place, choice in enumerate(CHOICES[fact]) if choice in wanted]
        some = _joined(" + ", [f"({fact} == {fact.title()}.c{place})" for place in places])
        return some, f"not_({some})"
    sign, other = _SIGNS[test.op]
    return f"({fact} {sign} {value})", f"({fact} {other} {value})"


def _joined(sign: str, parts: Sequence[str]) -> str:
    return f"({sign.join(parts)})"
