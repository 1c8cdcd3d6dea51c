"""What a request for one service asks of her: the questions and papers of its file, and the facts its rule still needs.

What she answers is typed as a matter's questions are (engine.flow) and lies sealed in the case as one text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from baiying.catalogue.promised import promised
from baiying.engine import flow
from baiying.engine.services import Paper, Service
from baiying.engine.services.facts import DAYS, FactWord
from baiying.kit.errors import Refusal
from baiying.services.answers import value_of

FIELD = "request"  # the sealed text of the case that holds all that she sent
UNIT_FIELD = "request_unit"  # what the unit read in her papers
RECKONED_FIELD = "request_sum"  # what the rule came to when somebody proposed it
FILE, PAYEE = "file", "account"
#: Kinds of a service's questions that a form of ours asks as they are; the rest is written as text.
PLAIN = ("text", "longtext", "yesno", "choice", "choices", "date", "number", "money")
LONG = ("table",)


@dataclass(frozen=True)
class Sent:
    """What came with a request. ``answers``: by question, as typed; ``said``: values of facts; ``facts``: everything
    that was known of her for the rule when she sent it; ``then``: what the rule said to that.

    ``whom``: the keys of her account, for the ledger. ``keep``: what her papers prove is kept for her other services.
    ``subject``: for whom it is: herself, or a child or parent of hers, who is called ``of_name`` and to whom she says
    she is ``relation``. Then answers, facts, whom and papers are about that person, and ``name`` is hers who asks.
    """

    answers: Mapping[str, Any] = field(default_factory=dict)
    said: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    then: Mapping[str, Any] = field(default_factory=dict)
    whom: tuple[str, ...] = ()
    name: str = ""
    papers: tuple[str, ...] = ()
    keep: bool = False
    subject: str = "self"
    of_name: str = ""
    relation: str = ""

    @property
    def packed(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, default=_plain)


def unpacked(text: str) -> Sent:
    """The same again; of a text that is not there (erased) nothing."""
    told = json.loads(text or "{}")
    return Sent(**{**told, "whom": tuple(told.get("whom", ())), "papers": tuple(told.get("papers", ()))})


def papers_of(service: Service) -> tuple[Paper, ...]:
    """The papers of a service that she hands in as files."""
    return tuple(one for one in service.papers if one.kind == FILE and not one.by)


def ask_of(paper: Paper) -> flow.Ask:
    """One question of a service as a form asks it."""
    kind: Any = paper.kind if paper.kind in PLAIN else "longtext" if paper.kind in LONG else "text"
    if kind in ("choice", "choices") and not paper.options:
        kind = "text"  # its list stands in no source: she writes it
    return flow.Ask(key=paper.key, label=paper.label, label_en=paper.label_en, kind=kind, privacy=paper.privacy,
                    options=paper.options, need=paper.need, help=paper.help, help_en=paper.help_en)  # fmt: skip


def asks_of(service: Service) -> tuple[flow.Ask, ...]:
    """What she is asked in writing, in the order of the file."""
    return tuple(ask_of(one) for one in service.papers if one.kind != FILE and not one.by)


def unit_asks_of(service: Service) -> tuple[flow.Ask, ...]:
    """What the file asks of a unit."""
    return tuple(ask_of(one) for one in service.papers if one.kind != FILE and one.by)


def facts_in(service: Service, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that her answers settle, as the profile keeps values. What says nothing that a rule could read is left
    out."""
    words, found = promised().facts, {}
    for paper in service.papers:
        word = words.get(paper.fact)
        if word is None or paper.key not in answers or word.type == "text":
            continue
        try:
            found[paper.fact] = value_of(word, typed(word, answers[paper.key]))
        except Refusal:
            continue
    return found


def typed(word: FactWord, value: Any) -> list[str]:
    """An answer as somebody would type it to the question of a fact: money in yuan, yes and no in words."""
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if word.type == "money" and isinstance(value, int):
        return [f"{value // 100}.{value % 100:02d}"]
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


def rule_facts(service: Service, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Her answers as rules call them (`ask.<key>`), typed again from how they are kept."""
    kinds = {one.key: one.kind for one in (*asks_of(service), *unit_asks_of(service))}
    return {f"ask.{key}": _ruled(kinds.get(key, ""), value) for key, value in answers.items()}


def _ruled(kind: str, value: Any) -> Any:
    if kind == "date" and isinstance(value, str):
        return date.fromisoformat(value)
    return frozenset(value) if isinstance(value, list | tuple) else value


def thawed(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as rules take them, from how they are kept: days and sets are themselves again."""
    words = promised().facts
    return {name: _thawed(words[name], value) for name, value in facts.items() if name in words}


def _thawed(word: FactWord, value: Any) -> Any:
    if word.type in DAYS and isinstance(value, str):
        return date.fromisoformat(value)
    return frozenset(value) if isinstance(value, list) else value


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Iterable):
        return sorted(str(one) for one in value)
    raise TypeError(f"a {type(value).__name__} is no answer")
