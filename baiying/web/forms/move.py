"""The form of one move: its key, what is told, the ground, and which version of the case was on the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from baiying.cases import actions
from baiying.engine import flow
from baiying.kit import door
from baiying.web.forms.doing import Told
from baiying.web.forms.need import fresh_key
from baiying.web.forms.questions import PREFIX, Question, questions_of, raw_answers
from baiying.web.forms.words import MOST, WordsField

NOTHING: Mapping[str, list[str]] = {}


class MoveForm(Told):
    key = forms.CharField(max_length=80)
    version = forms.IntegerField(min_value=0)
    move = forms.CharField(max_length=80, error_messages={"required": _("Please choose a next step.")})
    text = WordsField(required=False, most=MOST)
    reason = forms.CharField(required=False, max_length=200)

    def carry_out(self, asker: door.Asker, number: str, given: bool = False) -> None:
        """Make the move; ``given``: by a task alone. Raises Unseen, Stale, Refusal; then nothing is changed."""
        told = self.cleaned_data
        actions.move(asker, number, told["move"], told["text"], told["reason"], told["key"], told["version"],
                     raw_answers(self.data), given)


@dataclass(frozen=True)
class NextStep:
    """An offered move with what was typed for it."""

    offer: flow.Offer
    key: str
    text: str = ""
    reason: str = ""
    open: bool = False
    questions: tuple[Question, ...] = ()

    @property
    def id(self) -> str:
        return f"move_{self.offer.move.key}"


def next_steps(offers: tuple[flow.Offer, ...], typed: QueryDict | dict[str, Any] | None = None) -> list[NextStep]:
    """The offered moves, each with a key of its own; the one that came back keeps its key and its words.

    A text without a move (an earlier answer to begin with) belongs to the first step in which she answers.
    """
    steps = [NextStep(offer, fresh_key(), questions=asked(offer)) for offer in offers
             if offer.move.to != flow.WITHDRAWN and may_be_made(offer)]
    if not typed:
        return steps
    begun = next((step.offer.move.key for step in steps if step.offer.needs_text), None) if typed.get("text") else None
    meant = typed.get("move") or begun
    return [
        replace(step, key=typed.get("key", step.key), text=typed.get("text", ""), reason=typed.get("reason", ""),
                open=True, questions=asked(step.offer, raw_answers(typed)))
        if step.offer.move.key == meant else step
        for step in steps
    ]


def may_be_made(offer: flow.Offer) -> bool:
    """Whether nothing but answers is missing, which the form of the move asks for."""
    return {f"{PREFIX}{ask.key}" for ask in offer.asks} >= set(offer.missing)


def asked(offer: flow.Offer, raw: Mapping[str, list[str]] = NOTHING) -> tuple[Question, ...]:
    """The questions that the move needs, each with what was answered so far."""
    return tuple(questions_of(offer.asks, raw, offer.move.key))
