"""How often, how much, and not together with what: what was used is a fact that the ledger fills.

`used.times_year` is how often she had this service this year, `used.money_year` how much of it; of a household it is
`used.household_times_year`. With `:` and a service's name behind it, it is of that service: so one set of facts serves
many rules, and a limit can look at what another service gave.
"""

from __future__ import annotations

from baiying.engine.rules.judgement import NOTHING, Open, Use
from baiying.engine.rules.language import Limit, Rule, answer
from baiying.engine.rules.logic import Person, all_hold, opened, together

PERSON = "person"


def used_fact(limit: Limit) -> str:
    """The name of the fact that says what was used."""
    of = f"{limit.of}_" if limit.of and limit.of != PERSON else ""
    name = f"used.{of}{'money' if limit.most else 'times'}_{limit.per}"
    return f"{name}:{limit.not_with}" if limit.not_with else name


def used(limit: Limit, person: Person) -> int | None:
    """What was used of a limit, in times or fen."""
    told = person.fact(used_fact(limit))
    return told if type(told) is int and told >= 0 else None


def uses(rule: Rule, person: Person) -> tuple[Use, ...]:
    """Every limit of a rule that holds for this person, or may hold."""
    found = []
    for limit in rule.limits:
        holds = all_hold(limit.when, person)
        if holds is False:
            continue
        so_far = used(limit, person)
        left = None if so_far is None else max(0, _most(limit) - so_far)
        reached = False if left else None if so_far is None or holds is None else True
        open_: Open = NOTHING
        if reached is None:
            open_ = together([opened(limit.when, person), Open((used_fact(limit),)) if so_far is None else NOTHING])
        found.append(Use(limit, answer(reached), left, open_))
    return tuple(found)


def _most(limit: Limit) -> int:
    return limit.most or limit.times or 1
