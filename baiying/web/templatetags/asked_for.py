"""How a request is shown: values of facts in words, the unit's own questions, a round's service by its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.http import QueryDict

from baiying.catalogue.promised import promised
from baiying.engine.services.facts import FactWord
from baiying.services.models_requests import Round
from baiying.services.queries.asked import View
from baiying.web.forms.entitlement import in_words
from baiying.web.forms.questions import Question, questions_of, raw_answers
from baiying.web.forms.requests import ask_of
from baiying.web.templatetags.desk import may
from baiying.web.templatetags.offers import yuan
from baiying.web.templatetags.show import named

register = template.Library()
register.filter("may", may)


@register.filter
def value_said(word: FactWord, value: Any) -> str:
    """A value of a fact in the reader's words; money in yuan."""
    return yuan(value) if word.type == "money" else in_words(word, value)


@register.filter
def to_put(seen: View, typed: QueryDict | Mapping[str, Any]) -> list[Question]:
    """What the unit can put down: the facts of this request, and its own questions of the service."""
    raw = raw_answers(typed) if isinstance(typed, QueryDict) else {}
    said = {key: [str(value)] for key, value in seen.unit_answers.items()} | raw
    words = dict.fromkeys([*(one.word for one in seen.facts if one.word.question), *seen.readable])
    facts = [ask_of(one) for one in words]
    return [*questions_of(facts, raw, "put"), *questions_of(seen.unit_asks, said, "put")]


@register.filter
def service_named(row: Round) -> str:
    """The service of a round by its name."""
    found = promised().services.get(row.service)
    return named(found) if found is not None else ""


@register.filter
def parts(long: str) -> list[str]:
    """A long word in parts between which a narrow page may break it."""
    return [long[at : at + 16] for at in range(0, len(long), 16)]
