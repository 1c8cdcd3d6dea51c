"""The registry of facts that are computed: one SQL expression each, over the fixed columns below.

The same expression runs over the register of members (`services_register`) and, for somebody who is not signed in,
over one row of VALUES. SQL makes facts, never verdicts. A fact without an expression is what she said, a paper proved
or a roster brought: it is read out of `said`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from baiying.engine.rules.days import latest_start
from baiying.engine.services.facts import FactWord
from baiying.kit.errors import Misuse

#: The columns that an expression may use, with their types.
COLUMNS = {
    "person": "uuid",
    "member_since": "date",
    "member_until": "date",
    "member_unit_closed_on": "date",
    "said": "jsonb",
}
#: Days reckoned in Python that an expression may compare with, as `:adult`: so many years before the day of asking.
CUT_OFFS = {"adult": 18}
#: How a value stands in `said`, by the type of its fact.
_READ = {
    "yesno": "({0})::boolean",
    "number": "({0})::bigint",
    "money": "({0})::bigint",
    "date": "({0})::date",
    "years": "({0})::date",
    "months": "({0})::date",
    "choice": "{0}",
    "text": "{0}",
}
_OTHER = re.compile(r"\{([a-z]+\.[a-z_]+)\}")
_NAME = re.compile(r"[a-z]+\.[a-z][a-z_]*")
_expressions: dict[str, str] = {}


def fact(name: str, expression: str) -> None:
    """Register the expression of a fact, where its app is imported; `{other.fact}` stands for that fact's own, and
    `:adult` for a cut-off day.

    Raises Misuse on a second meaning: a name means one thing, for ever.
    """
    if _expressions.setdefault(name, expression) != expression:
        raise Misuse(f"the fact {name} has two meanings")


def computed() -> frozenset[str]:
    """The names of facts that have an expression."""
    return frozenset(_expressions)


def expression_of(name: str, words: dict[str, FactWord]) -> str:
    """The whole expression of a fact: what is computed, or else what was said. Raises Misuse for an unknown name."""
    return _whole(name, tuple((one.name, one.type) for one in words.values()), ())


@lru_cache(maxsize=2048)
def _whole(name: str, types: tuple[tuple[str, str], ...], within: tuple[str, ...]) -> str:
    kinds = dict(types)
    if name not in kinds or not _NAME.fullmatch(name):
        raise Misuse(f"no fact is called {name}")
    if name in within:
        raise Misuse(f"the fact {name} is computed from itself")
    own = _expressions.get(name)
    said = f"said->'{name}'" if kinds[name] == "set" else _READ[kinds[name]].format(f"said->>'{name}'")
    if own is None:
        return said
    spelt = _OTHER.sub(lambda other: f"({_whole(other[1], types, (*within, name))})", own)
    spelt = re.sub(r"(?<!:):([a-z]+)", r"%(\1)s::date", spelt)
    return f"coalesce({spelt}, {said})"


def select(names: Iterable[str], words: dict[str, FactWord], source: str) -> str:
    """One statement that gives these facts, in this order, of every row of a source that has the COLUMNS."""
    fields = ", ".join(expression_of(name, words) for name in names)
    return f"SELECT {fields} FROM {source}"  # names and expressions are ours


def cut_offs(on: date) -> dict[str, date]:
    """The days to compare with, on a day; `:today` is that day itself."""
    ages = {name: latest_start(on, years, "years") for name, years in CUT_OFFS.items()}
    return {"today": on, **{name: date.fromordinal(max(day, 1)) for name, day in ages.items()}}
