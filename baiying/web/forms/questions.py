"""The questions that a matter declares, as parts of a form. Any matter's: no key of a matter stands here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language

from baiying.engine import flow
from baiying.engine.text.readable import readable

PREFIX = "ask."
SHORT = {False: 7, True: 14}  # signs of an answer that stands beside another on a phone, by whether it is English


@dataclass(frozen=True)
class Question:
    """One question with what was said to it, and what is wrong with that."""

    ask: flow.Ask
    said: tuple[str, ...] = ()
    error: str = ""
    of: str = ""  # the move that asks it, where several forms of a page may ask the same
    free: bool = False  # whether it may be left open although the file needs it: a matter of safety refuses nothing

    @property
    def field(self) -> str:
        return PREFIX + self.ask.key

    @property
    def auto_id(self) -> str:
        return f"ask_{self.of}_{self.ask.key}" if self.of else f"ask_{self.ask.key}"

    @property
    def text(self) -> str:
        return self.said[0] if self.said else ""

    @property
    def optional(self) -> bool:
        return self.free or not self.ask.need

    @property
    def short(self) -> bool:
        """Whether its answers are so short that two of them stand beside each other on a phone."""
        english = _english()
        labels = [option.label_en if english and option.label_en else option.label for option in self.ask.options]
        return self.ask.kind == "yesno" or max(map(len, labels), default=0) <= SHORT[english]

    @property
    def applies(self) -> str:
        """When it is asked, as the script of the page reads it (baiying.js); empty: always."""
        return json.dumps([_told(one) for one in self.ask.when], ensure_ascii=False) if self.ask.when else ""


def raw_answers(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """What came for questions, cleaned of invisible characters, still untyped."""
    if not isinstance(data, QueryDict):
        return {}
    return {
        name.removeprefix(PREFIX): [readable(said)[0] for said in data.getlist(name)]
        for name in data if name.startswith(PREFIX)
    }


def questions(matter: flow.Matter | None, raw: dict[str, list[str]]) -> list[Question]:
    """The matter's questions, each with what is wrong with what came for it.

    In a matter of safety a question left open is no fault: nothing may keep her from sending.
    """
    if matter is None:
        return []
    refusals = flow.read_answers(matter, raw)[1] if raw else {}
    if matter.safe:
        refusals = {key: refused for key, refused in refusals.items() if any(raw.get(key, ()))}
    return [
        Question(ask, tuple(raw.get(key, ())), _sentence(refusals.get(key), _english()), free=matter.safe)
        for ask in flow.form_asks(matter) for key in (ask.key,)
    ]


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _told(condition: flow.Condition) -> dict[str, object]:
    """A condition as plain data: a comparison of a fact, or a group of conditions."""
    if isinstance(condition, flow.Comparison):
        return {"fact": condition.fact, "how": condition.how, "value": condition.value}
    return {"how": condition.how, "of": [_told(one) for one in condition.of]}


def _sentence(refused: flow.Refused | None, english: bool) -> str:
    return "" if refused is None else refused.en if english else refused.zh


def questions_of(asks: Iterable[flow.Ask], raw: Mapping[str, list[str]], of: str = "") -> list[Question]:
    """These questions with what was said to them, under ids of their own where a form among several asks them."""
    return [Question(ask, tuple(raw.get(ask.key, ())), of=of) for ask in asks]
