"""The examples of a rule are its tests: taken from its source, judged whenever the file is read.

In an example nothing was used before and a round is open, unless it says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from baiying.engine.loader.places import Path
from baiying.engine.loader.reading import Table
from baiying.engine.loader.rule_tests import shown
from baiying.engine.loader.rule_words import Words
from baiying.engine.rules.facts import Fact
from baiying.engine.rules.judgement import Judgement
from baiying.engine.rules.judging import judge
from baiying.engine.rules.language import BAND, ROUND_OPEN, Answer, Condition, Group, Rule, Test, Value
from baiying.engine.rules.limits import used_fact
from baiying.engine.rules.logic import Person, holds

GIVES = ("yes", "no", "ask")
_WORDS = ("says", "says_en", "on", "facts", "for", "gives", "amount", "band")
_TYPES: Mapping[str, tuple[type, ...]] = {
    "yesno": (bool,), "number": (int,), "money": (int,), "choice": (str,), "set": (list,), "date": (date,),
    "years": (int, date), "months": (int, date),
}  # fmt: skip


def check(words: Words, rule: Rule, examples: object) -> None:
    """Every example comes true, and together they show each answer and both sides of each comparison."""
    given: set[str] = set()
    sides: dict[Test, set[bool]] = {one: set() for one in _tests(rule)}
    members = words.many(examples, ("example",), 200)
    for path, value in members:
        one = words.block(value, path, _WORDS, "example", ("says", "on", "facts", "gives"))
        facts, on = _facts(words, one, rule, path), words.day(one, "on", path)
        gives = words.text(one, "gives", path, choices=GIVES)
        if on is None or facts is None or gives not in GIVES:
            continue
        given.add(gives)
        subject = words.text(one, "for", path, choices=rule.subjects) or rule.subjects[0]
        _comes_true(words, one, judge(rule, facts, words.known.lines, on, subject), path)
        _seen(sides, rule, Person(facts, words.known.lines, on))
    here: Path = ("example", 0) if members else ()
    for gives in GIVES if rule.requirements else ("yes",):
        if gives not in given and (members or rule.requirements or rule.amounts):
            words.say(here, "no_example", gives=gives)
    for test, held in sides.items():
        if len(held) == 1:
            side = next(iter(held))
            words.say(here, "one_sided", test=shown(test), side="true" if side else "false",
                      side_zh="成立" if side else "不成立")
        elif not held:
            words.say(here, "one_sided", test=shown(test), side="never known", side_zh="不知道")


def _facts(words: Words, one: Table, rule: Rule, path: Path) -> dict[str, Value | None] | None:
    """What an example tells, with nothing used and the round open; None, and a fault, when it cannot be read."""
    told = words.typed(one.get("facts", {}), dict, (*path, "facts"))
    if told is None:
        return None
    facts: dict[str, Value | None] = {used_fact(limit): 0 for limit in rule.limits}
    facts[ROUND_OPEN] = True
    before = len(words.faults)
    for name, value in told.items():
        facts[name] = _value(words, name, value, rule, (*path, "facts", name))
    return facts if len(words.faults) == before else None


def _used(words: Words, name: str, rule: Rule, path: Path) -> Fact | None:
    """What was used, by a name that a limit of this rule or a fact has: a slip in it would count for nothing."""
    fact, _, service = name.partition(":")
    told = name if name in (own := {used_fact(limit) for limit in rule.limits}) else fact
    known = words.named("fact", told, {*words.known.facts, *own}, path)
    if service:
        known &= words.named("service", service, words.known.services, path)
    return (words.known.facts.get(name) or Fact(name, "number")) if known else None


def _value(words: Words, name: str, value: Any, rule: Rule, path: Path) -> Any:
    if name == ROUND_OPEN:
        fact: Fact | None = Fact(name, "yesno")
    else:
        fact = _used(words, name, rule, path) if name.startswith("used.") else words.fact(name, path)
    if fact is None:
        return None
    if name == BAND:
        words.say(path, "built_in", name=name)
    kinds = _TYPES[fact.type]
    if type(value) not in kinds:
        words.typed(None, kinds[0], path)
        return None
    many = value if isinstance(value, list) else [value]
    for each in many if fact.choices else []:
        if each not in fact.choices:
            words.say(path, "not_an_option", value=str(each)[:40], fact=name)
    return frozenset(str(each) for each in many) if isinstance(value, list) else value


def _comes_true(words: Words, one: Table, found: Judgement, path: Path) -> None:
    says = str(one["says"])[:60]
    if found.now.value != one["gives"]:
        zh, en = _why(found)
        told = {"says": says, "gives": one["gives"], "found": found.now.value}
        words.say((*path, "gives"), "gives_other", **told, why=en, why_zh=zh)
        return
    if "amount" in one:
        total: int | str = "ask" if found.total is None else found.total
        if total != one["amount"]:
            words.say((*path, "amount"), "amount_other", says=says, amount=one["amount"], found=total)
    if "band" in one and found.band != one["band"]:
        told = {"says": says, "gives": one["band"], "found": found.band or "ask"}
        words.say((*path, "band"), "gives_other", **told, why="", why_zh="")


def _why(found: Judgement) -> tuple[str, str]:
    """What the judgement rests on, so that whoever wrote the example sees which of the two is wrong."""
    failed = [one.requirement.otherwise for one in found.clauses if one.answer is Answer.NO]
    if failed:
        return f" ({failed[0]})", f" ({failed[0]})"
    open_ = [*found.open.facts, *(f"@{name}" for name in found.open.lines),
             *(name for one in found.limits for name in one.open.facts)]  # fmt: skip
    return (f" (不知道 {', '.join(open_)})", f" (not known: {', '.join(open_)})") if open_ else ("", "")


def _tests(rule: Rule) -> Iterator[Test]:
    """Every comparison on which an answer, a sum or a limit hangs. What ranks people in a draw judges nobody."""
    for requirement in rule.requirements:
        yield from _in(requirement.when)
    for when in (part.when for parts in (rule.bands, rule.amounts, rule.limits) for part in parts):
        for one in when:
            yield from _in(one)


def _in(condition: Condition) -> Iterator[Test]:
    if isinstance(condition, Group):
        for one in condition.of:
            yield from _in(one)
    else:
        yield condition


def _seen(sides: dict[Test, set[bool]], rule: Rule, person: Person) -> None:
    person.take(rule)
    for test, held in sides.items():
        value = holds(test, person)
        if value is not None:
            held.add(value)
