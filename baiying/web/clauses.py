"""A rule's conditions in short signs, for those who compare two versions of it: 年龄 ≥ 40; 性别 = 女."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from baiying.catalogue.promised import Promised
from baiying.engine import clock
from baiying.engine.rules import Amount, Group, Ref, Rule, Share, Span, Test
from baiying.web.templatetags.offers import yuan
from baiying.web.templatetags.show import bracketed, enumerated, named, span

SIGNS: Mapping[str, str] = {
    "is": "=", "in": "∈", "any_of": "∈", "has": "∋", "at_least": "≥", "at_most": "≤", "above": ">", "below": "<",
    "between": "", "within": "≤",
}  # fmt: skip
YEARS: Mapping[str, str | Promise] = {"this_year": gettext_lazy("this year"), "last_year": gettext_lazy("last year")}


def clauses(held: Promised, rule: Rule | None) -> dict[object, str]:
    """Every clause of who gets it, and every sum, as one line each; none for a service without a rule."""
    if rule is None:
        return {}
    asked: dict[object, str] = {
        one: named(one, "otherwise") + bracketed(condition(held, one.when)) for one in rule.requirements
    }
    return (asked or {None: _("Everybody gets it: no condition.")}) | {one: _sum(held, one) for one in rule.amounts}


def condition(held: Promised, when: Test | Group) -> str:
    """One condition in signs, with the names of facts as people read them."""
    if isinstance(when, Group):
        inner = [condition(held, one) for one in when.of]
        joined = (" · " if when.how == "all" else " / ").join(inner)
        return _("none of: %(list)s") % {"list": joined} if when.how == "none" else f"({joined})"
    fact = named(held.facts[when.fact], "label") if when.fact in held.facts else when.fact
    return f"{fact} {SIGNS[when.op]} {value_said(held, when)}".replace("  ", " ")


def value_said(held: Promised, when: Test) -> str:
    """What a condition compares with, in words."""
    word = held.facts.get(when.fact)
    money = word is not None and word.type == "money"
    return _said(held, when.value, money)


def _said(held: Promised, value: object, money: bool = False) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Ref):
        return named(held.lines[value.name], "label") if value.name in held.lines else value.name
    if isinstance(value, Share):
        return f"{value.part}/{value.whole}"
    if isinstance(value, Span):
        return _span(value)
    if isinstance(value, tuple | frozenset):
        ends = sorted(value) if isinstance(value, frozenset) else value
        each = [_said(held, one, money) for one in ends]
        return enumerated(each) if isinstance(value, frozenset) else " – ".join(each)
    if isinstance(value, int):
        return yuan(value) if money else str(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _span(value: Span) -> str:
    """A length of time back from today, in words."""
    if value.unit in YEARS:
        return str(YEARS[value.unit])
    return span(clock.Rule.parse(f"{value.length} {'calendar_day' if value.unit == 'day' else value.unit}"))


def _sum(held: Promised, one: Amount) -> str:
    """A sum with its item; what weak sources tell says so."""
    value = named(one, "goods") or _said(held, one.share if one.value is None else one.value, money=True)
    weak = bracketed(_("not checked, promised to nobody")) if one.grade in ("C", "K") else ""
    return (named(one, "label") or one.item) + pgettext("list", ": ") + value + weak
