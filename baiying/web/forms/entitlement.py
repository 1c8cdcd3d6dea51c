"""One question of a fact as it is asked on a page, and the form in which the self-test carries what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from baiying.catalogue.promised import promised
from baiying.catalogue.queries import speaks_chinese
from baiying.engine.services.facts import DAYS, FactWord
from baiying.kit.errors import Refusal, Unseen
from baiying.services import answers
from baiying.services.asking import typed
from baiying.services.words import PURPOSE_NAMES

TRAIL_MOST = 100


@dataclass(frozen=True)
class Asked:
    """A question ready for the page: how it is answered, and what she agrees to with it."""

    fact: FactWord
    typed: tuple[str, ...] = ()
    wrong: str = ""

    @property
    def control(self) -> str:
        if self.fact.type in DAYS:
            return "day"
        return {"set": "tick", "yesno": "radio", "choice": "radio"}.get(self.fact.type, "number")

    @property
    def choices(self) -> list[tuple[str, str]]:
        """(value, label) of what can be chosen."""
        if self.fact.type == "yesno":
            return [(answers.YES, _("Yes")), (answers.NO, _("No"))]
        none = [(answers.NO, pgettext("answer", "None of these"))] if self.fact.type == "set" else []
        return [(one.label, one.label if speaks_chinese() else one.label_en) for one in self.fact.options] + none

    @property
    def consent(self) -> str:
        return str(PURPOSE_NAMES[self.fact.purpose]) if self.fact.purpose else ""


@dataclass(frozen=True)
class Shown:
    """A fact with its value in words, its source and day."""

    fact: FactWord
    words: str
    source: str = ""
    on: Any = None


def in_words(fact: FactWord, value: Any) -> str:
    if isinstance(value, bool):
        return pgettext("answer", "Yes") if value else pgettext("answer", "No")
    if isinstance(value, list) and not value:
        return pgettext("answer", "None of these")
    said = answers.shown(fact, value, speaks_chinese())
    return _("since %(day)s") % {"day": said} if fact.type in ("years", "months") else said


def source_name(source: str) -> str:
    return {"paper": _("proved by a paper"), "roster": _("from a list"), "computed": _("computed")}.get(
        source, pgettext("source of a fact", "as you said")
    )


def answered(posted: QueryDict) -> tuple[FactWord, Any]:
    """The fact that a form answers, and its value. Raises Unseen for no question, Refusal for no answer."""
    fact = promised().facts.get(posted.get("fact", ""))
    if fact is None or not fact.question:
        raise Unseen
    return fact, answers.value_of(fact, posted.getlist("value"))


@dataclass
class Carried:
    """The self-test as its own form carries it: what was said, and the questions in the order they came. Nothing else
    anywhere remembers it. ``wrong``: the sentence about an answer that could not be taken."""

    said: dict[str, Any] = field(default_factory=dict)
    trail: list[str] = field(default_factory=list)
    wrong: str = ""
    typed: tuple[str, ...] = ()
    at: str = ""  # the question to which one came back

    @property
    def packed(self) -> str:
        return answers.packed(self.said)

    @property
    def trailed(self) -> str:
        return ",".join(self.trail)

    @property
    def as_typed(self) -> list[tuple[str, str]]:
        """What was said as the form of a request takes it, so that nobody answers twice."""
        words = promised().facts
        return [(f"ask.fact:{name}", text) for name, value in self.said.items() for text in typed(words[name], value)]

    @property
    def skipped(self) -> list[str]:
        return [name for name in self.trail if name not in self.said]


def carried(posted: QueryDict) -> Carried:
    """The next state of the self-test: an answer, a question left out, or one step back. Never raises."""
    words: Mapping[str, FactWord] = promised().facts
    now = Carried(
        answers.unpacked(posted.get("said", ""), dict(words)),
        [name for name in posted.get("trail", "").split(",")[:TRAIL_MOST] if name in words],
    )
    name, act = posted.get("fact", ""), posted.get("act", "")
    if act == "back" and now.trail:
        now.at = now.trail.pop()
        now.said.pop(now.at, None)
    elif act == "skip" and name in words:
        now.trail.append(name)
    elif act == "answer":
        try:
            fact, value = answered(posted)
        except Unseen:
            return now
        except Refusal as refusal:
            now.wrong, now.typed, now.at = refusal.sentence, tuple(posted.getlist("value")[:20]), name
            return now
        now.said[fact.name] = value
        now.trail.append(fact.name)
    return now
