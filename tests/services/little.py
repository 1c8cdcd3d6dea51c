"""A little catalogue of invented services, for tests: facts are the real ones, rules are these."""

from __future__ import annotations

import dataclasses
import tomllib
from typing import Any

from baiying.catalogue import promised as real
from baiying.catalogue.queries import edition
from baiying.engine.loader.rules import Known, build_rule
from baiying.engine.services import Basis, Service, StepOf
from baiying.services.queries import rulebook

SERVICES = """
[swim]
class = "P1"
who = [
  { fact = "member.active", is = true, otherwise = "要是会员。", otherwise_en = "You must be a member." },
  { fact = "person.age", at_least = 18, otherwise = "要年满18周岁。", otherwise_en = "You must be 18." },
]
[check]
class = "P2"
who = [
  { fact = "person.sex", is = "女", otherwise = "只给女职工。", otherwise_en = "For women." },
  { fact = "person.age", at_least = 40, otherwise = "要年满40周岁。", otherwise_en = "You must be 40." },
  { fact = "member.active", is = true, otherwise = "要是会员。", otherwise_en = "You must be a member." },
]
amount = [
  { item = "补贴", value = 20000, basis = "house", grade = "A" },
  { item = "红包", value = 99900, basis = "house", grade = "C" },
]
[course]
class = "P1"
who = [{ fact = "person.migrant", is = true, otherwise = "只给进城务工人员。", otherwise_en = "From the country." }]
[relief]
class = "P3"
who = [{ fact = "home.left_each_month", below = 145000, otherwise = "要低于1450元。", otherwise_en = "Below 1450." }]
"""


def service(key: str, table: dict[str, Any]) -> Service:
    return Service(
        key=key,
        folder="services",
        kind="benefit",
        situation="work",
        name=f"试用·{key}",
        name_en=f"Trial {key}",
        help="试用。",
        help_en="A trial.",
        org="union",
        privacy=table["class"],
        grade="A",
        sources=(Basis("house", "本平台", "Ours", "A"),),
        terms=(),
        steps=(StepOf("ask", "申请", "Ask", ()),),
        rule={k: v for k, v in table.items() if k != "class"},
    )


THE_REAL_ONE = real._promised


def little() -> real.Promised:
    """The facts and lines in force, with these services instead of the real ones."""
    held = THE_REAL_ONE(edition())
    tables = {f"union.trial.{key}": table for key, table in tomllib.loads(SERVICES).items()}
    services = {key: service(key, table) for key, table in tables.items()}
    known = Known(held.types)
    rules = {key: build_rule(key, {**one.rule}, known) for key, one in services.items()}
    return dataclasses.replace(held, services=services, rules=rules, declared={key: key for key in services})


def use(monkeypatch: Any, held: real.Promised | None = None) -> real.Promised:
    """Let the house promise these services alone."""
    held = held or little()
    monkeypatch.setattr(real, "_promised", lambda edition_id: held)
    monkeypatch.setattr(rulebook, "_of", lambda edition_id: rulebook.rules_of(held))
    return held
