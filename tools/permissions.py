"""Write docs/permissions.md: who may see and do what with a case, from the rules that the tests decide every cell by.

Run: .venv/bin/python tools/permissions.py
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
PAGE = CHECKOUT / "docs" / "permissions.md"
sys.path.insert(0, str(CHECKOUT))

from tests.permissions import rules  # noqa: E402  found by the line above

HEAD = """# Who may see and do what

Made by `tools/permissions.py` from `tests/permissions/rules.py` and `catalogue/roles.toml`; a test keeps it
fresh, and the tests of `tests/permissions/` try every cell of it on the product.

A post must give the power first. Then the tie to the case decides: the first line below that fits. Where none fits, the
case does not exist for whoever asks: the same page and the same status as for a number that nobody has.
"""


def page() -> str:
    """The page as it should be."""
    parts = [HEAD, "## Ties to a case\n", *(f"- **{tie.says}.**{posts(tie.roles)}" for tie in rules.RELATIONS.values()),
             "\n## Stages and classes\n", "Stages: " + "; ".join(rules.STAGES.values()) + ".\n",
             "Classes: " + "; ".join(rules.CLASSES.values()) + ".\n", "## The rules\n",
             "| who | what | answer | stages | classes | why |", "|---|---|---|---|---|---|", *map(line, rules.RULES),
             "| everybody else | everything else | as if there were no such case | every | every | Default: no. |",
             "\n## Why a post has its powers\n", *reasons()]
    return "\n".join(parts) + "\n"


def posts(roles: Iterable[str]) -> str:
    """The posts that a line is for alone."""
    named = told()
    return " Posts: " + ", ".join(str(named[role]["name_en"]) for role in roles) + "." if roles else ""


def line(rule: rules.Rule) -> str:
    """One rule as a line of the table."""
    who = "; ".join(rules.RELATIONS[one].says for one in rule.who) + posts(rule.roles).replace(" Posts", ". Posts")
    what = ", ".join(rules.ACTS[one].says for one in rule.acts)
    return (f"| {who} | {what} | {rules.ANSWERS[rule.answer]} | {some(rule.stages, rules.STAGES)} "
            f"| {some(rule.classes, rules.CLASSES)} | {rule.why} |")


def some(named: tuple[str, ...], every: dict[str, str]) -> str:
    """Some of several, or that it is every one."""
    return "every" if set(named) == set(every) else ", ".join(every[one] for one in named)


def told() -> dict[str, dict]:
    """The roles of the catalogue."""
    return tomllib.loads((CHECKOUT / "catalogue" / "roles.toml").read_text(encoding="utf-8"))["role"]


def reasons() -> list[str]:
    """Every power of every role, with the reason that the catalogue gives for it."""
    powers = tomllib.loads((CHECKOUT / "catalogue" / "roles.toml").read_text(encoding="utf-8"))["power"]
    found: list[str] = []
    for role in told().values():
        found += [f"### {role['name_en']} ({role['name']})\n"]
        found += [f"- {powers[one['power']]['name_en']}: {one['reason']}" for one in role["powers"]]
        found.append("")
    return found


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)
