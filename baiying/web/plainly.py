"""A rule's conditions in words, for whoever meets them. What a file says of a condition is told to the person who fails
it ("something excludes: a shop"), so it cannot stand beside "met"."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baiying.catalogue.promised import Promised
from baiying.engine.rules import Group, Test
from baiying.engine.services import Paper, Service
from baiying.engine.services.facts import FactWord
from baiying.web.clauses import value_said
from baiying.web.templatetags.show import enumerated, in_english, named

WORDS: Mapping[str, str | Promise] = {
    "is": gettext_lazy("%(fact)s: %(value)s"), "in": gettext_lazy("%(fact)s: one of %(value)s"),
    "any_of": gettext_lazy("%(fact)s: one of %(value)s"), "has": gettext_lazy("%(fact)s: among them %(value)s"),
    "at_least": gettext_lazy("%(fact)s: %(value)s or more"), "at_most": gettext_lazy("%(fact)s: %(value)s or less"),
    "above": gettext_lazy("%(fact)s: more than %(value)s"), "below": gettext_lazy("%(fact)s: less than %(value)s"),
    "between": gettext_lazy("%(fact)s: between %(value)s"), "within": gettext_lazy("%(fact)s: within %(value)s"),
}  # fmt: skip


def met(held: Promised, when: Test | Group, service: Service | None = None) -> str:
    """What holds where this condition is met: 年龄（周岁）：不少于 40。 `service`: whose own questions it may ask."""
    if isinstance(when, Test):
        asked = held.facts.get(when.fact) or _question(service, when.fact)
        fact = _("another answer on the form") if asked is None else named(asked, "label")
        names = _names(held, when.fact, asked, service)
        return str(WORDS[when.op]) % {"fact": fact, "value": _value(held, when, names)}
    inner = [met(held, one, service) for one in when.of]
    if when.how == "none":
        return _("none of these: %(list)s") % {"list": _or(inner)}
    return _or(inner) if when.how == "any" else ("; " if in_english() else "；").join(inner)


def _question(service: Service | None, fact: str) -> Paper | None:
    """The question of a service that a condition reads as `ask.<key>`."""
    return next((one for one in service.papers if f"ask.{one.key}" == fact), None) if service else None


def _names(held: Promised, fact: str, asked: FactWord | Paper | None, service: Service | None) -> dict[str, str]:
    """The answers to choose from, and the classes of a rule, as the reader's language has them."""
    rule = held.rules.get(service.key) if service else None
    bands = rule.bands if rule is not None and fact == "case.band" else ()
    options = asked.options if asked else ()
    return {**{one.name: named(one, "label") for one in bands}, **{one.label: named(one, "label") for one in options}}


def _value(held: Promised, when: Test, names: Mapping[str, str]) -> str:
    """What it compares with."""
    told = [str(one) for one in (when.value if isinstance(when.value, frozenset) else (when.value,))]
    if names and all(one in names for one in told):
        return enumerated(names[one] for one in names if one in told)
    return value_said(held, when)


def _or(inner: list[str]) -> str:
    return ("; or " if in_english() else "，或者").join(inner)
