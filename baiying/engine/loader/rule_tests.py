"""The comparisons of a rule: from `{ fact = "person.age", at_least = 60 }` to a Test that fits the type of its fact."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from baiying.engine.loader.faults import nearest
from baiying.engine.loader.places import Path
from baiying.engine.loader.reading import Table
from baiying.engine.loader.rule_words import Words, span_of
from baiying.engine.rules.facts import Fact
from baiying.engine.rules.language import GROUPS, NUMBER_MOST, OPS, Against, Condition, Group, Ref, Share, Test

NESTING_MOST = 4
SUMS = ("number", "money")
LENGTHS = ("years", "months")
LENGTH_MOST = 2_400  # months: nobody is 200 years old
AS_SHARE = ("at_least", "at_most", "above", "below")
ORDERS = (*AS_SHARE, "between")
# type of a fact -> how it can be compared
FITTING: Mapping[str, tuple[str, ...]] = {
    "yesno": ("is",),
    "choice": ("is", "in"),
    "set": ("any_of", "has"),
    "number": ("is", *ORDERS),
    "money": ("is", *ORDERS),
    "date": ("is", *ORDERS, "within"),
    "years": ORDERS,
    "months": ORDERS,
}
_PYTHON: Mapping[str, type] = {"yesno": bool, "choice": str, "date": date, "number": int, "money": int, "years": int,
                               "months": int}  # fmt: skip
_WANTED = {bool: ("true 或 false", "true or false"), str: ("一个选项", "one of its choices"),
           int: ("整数", "a whole number"), date: ("日期", "a date")}  # fmt: skip


def conditions(words: Words, value: object, path: Path, besides: Collection[str] = ()) -> tuple[Condition, ...]:
    """A list of conditions, all of which must hold. `besides`: other words that each may carry."""
    found = [condition(words, one, here, besides) for here, one in words.many(value, path)]
    return tuple(one for one in found if one is not None)


def condition(
    words: Words, value: object, path: Path, besides: Collection[str] = (), depth: int = 1
) -> Condition | None:
    """One comparison, or a group of them; None, and a fault, when it is neither."""
    table = words.block(value, path, ("fact", "of", *OPS, *GROUPS, *besides), "who" if besides else "when")
    groups = [how for how in GROUPS if how in table]
    ops = [op for op in OPS if op in table]
    if not table:
        if isinstance(value, dict):
            words.say(path, "no_comparison")
        return None
    if groups:
        if len(groups) > 1 or ops or "fact" in table or "of" in table:
            words.say(path, "one_of", words=", ".join(("fact", *GROUPS)))
            return None
        return _group(words, groups[0], table[groups[0]], (*path, groups[0]), depth)
    if "fact" not in table or len(ops) != 1:
        words.say(path, "no_comparison")
        return None
    return _test(words, table, ops[0], path)


def _group(words: Words, how: str, value: object, path: Path, depth: int) -> Group | None:
    if depth >= NESTING_MOST:
        words.say(path, "too_deep")
        return None
    members = words.many(value, path)
    if not members:
        words.say(path, "empty")
    found = [condition(words, one, here, depth=depth + 1) for here, one in members]
    return Group(how, tuple(one for one in found if one is not None)) if None not in found and found else None


def _test(words: Words, table: Table, op: str, path: Path) -> Test | None:
    fact = words.fact(table["fact"], (*path, "fact"))
    if fact is None:
        return None
    if "of" in table:
        return _share(words, fact, table, op, path)
    fitting = FITTING[fact.type]
    if op not in fitting:
        words.say((*path, op), "op_type", fact=fact.name, type=fact.type, op=op, ops=", ".join(fitting))
        return None
    value = _value(words, fact, op, table[op], (*path, op))
    return None if value is None else Test(fact.name, op, value, fact.type if fact.type in LENGTHS else "")


def _share(words: Words, fact: Fact, table: Table, op: str, path: Path) -> Test | None:
    """One number as a share of another."""
    whole = words.fact(table["of"], (*path, "of"), SUMS)
    if whole is None:
        return None
    if fact.type not in SUMS or op not in AS_SHARE:
        words.say(path, "no_share")
        return None
    share = words.share(table[op], (*path, op), line=True)
    return None if share is None else Test(fact.name, op, share, of=whole.name)


def _value(words: Words, fact: Fact, op: str, value: Any, path: Path) -> Against | None:
    if op == "within":
        span = span_of(value)
        if span is None:
            words.say(path, "no_span", value=str(value)[:40])
        return span
    if op in ("in", "any_of", "has"):
        return _chosen(words, fact, value, path)
    if op == "between":
        return _ends(words, fact, value, path)
    if isinstance(value, str) and value.startswith("@") and fact.type in (*SUMS, *LENGTHS):
        return words.line(value, path, ("number",) if fact.type != "money" else ("money",))
    plain: Against | None = _plain(words, fact, value, path)
    return plain


def _plain(words: Words, fact: Fact, value: Any, path: Path) -> Any:
    """One value of the fact's type."""
    kind: type = _PYTHON[fact.type]
    if type(value) is not kind:
        zh, en = _WANTED[kind]
        words.say(path, "value_type", fact=fact.name, type=fact.type, wanted=en, wanted_zh=zh)
        return None
    if kind is str:
        return value if _a_choice(words, fact, str(value), path) else None
    if kind is int:
        least, most = (0, LENGTH_MOST) if fact.type in LENGTHS else (-NUMBER_MOST, NUMBER_MOST)
        if not least <= value <= most:  # type: ignore[operator]
            words.say(path, "out_of_range", value=value, least=least, most=most)
            return None
    return value


def _chosen(words: Words, fact: Fact, value: Any, path: Path) -> Ref | frozenset[str] | None:
    """Several choices, or a list of the operator's."""
    if isinstance(value, str) and value.startswith("@"):
        return words.line(value, path, ("list",))
    members = words.many(value, path)
    if isinstance(value, list) and not members:
        words.say(path, "empty")
    good = [
        isinstance(words.typed(one, str, here), str) and _a_choice(words, fact, str(one), here) for here, one in members
    ]
    return frozenset(str(one) for _, one in members) if good and all(good) else None


def _ends(words: Words, fact: Fact, value: Any, path: Path) -> Against | None:
    """Two ends, both in."""
    if not isinstance(value, list) or len(value) != 2:
        zh, en = _WANTED[_PYTHON[fact.type]]
        words.say(path, "value_type", fact=fact.name, type=fact.type, wanted=f"two of them ({en}), first and last",
                  wanted_zh=f"两头 ({zh})")
        return None
    first, last = [_plain(words, fact, one, (*path, number)) for number, one in enumerate(value)]
    if first is None or last is None:
        return None
    if first > last:
        words.say(path, "backwards", first=first, last=last)
        return None
    return (first, last)


def _a_choice(words: Words, fact: Fact, value: str, path: Path) -> bool:
    if not fact.choices or value in fact.choices:
        return True
    words.say(path, "not_an_option", nearest(value, fact.choices), value=value[:40], fact=fact.name)
    return False


def shown(test: Test) -> str:
    """A comparison as it is told in a fault: `person.age at_least 60`."""
    value = test.value
    if isinstance(value, frozenset):
        said = ", ".join(sorted(value))
    elif isinstance(value, tuple):
        said = f"{value[0]}–{value[1]}"
    elif isinstance(value, Share):
        said = f"{value.part}/{value.whole} of {test.of}"
    else:
        said = f"@{value.name}" if hasattr(value, "name") else str(value)
    return f"{test.fact} {test.op} {said}"
