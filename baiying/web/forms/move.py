"""The form of one move: its key, what is told, the ground, and which version of the case was on the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from baiying.engine import flow
from baiying.web.forms.need import fresh_key
from baiying.web.forms.words import MOST, WordsField


class MoveForm(forms.Form):
    key = forms.CharField(max_length=80)
    version = forms.IntegerField(min_value=0)
    move = forms.CharField(max_length=80, error_messages={"required": _("Please choose a next step.")})
    text = WordsField(required=False, most=MOST)
    reason = forms.CharField(required=False, max_length=200)

    @property
    def sentence(self) -> str:
        """All faults in one sentence, for the top of the page."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)


@dataclass(frozen=True)
class NextStep:
    """An offered move with what was typed for it."""

    offer: flow.Offer
    key: str
    text: str = ""
    reason: str = ""
    open: bool = False

    @property
    def id(self) -> str:
        return f"move_{self.offer.move.key}"


def next_steps(offers: tuple[flow.Offer, ...], typed: QueryDict | dict[str, Any] | None = None) -> list[NextStep]:
    """The offered moves, each with a key of its own; the one that came back keeps its key and its words."""
    steps = [NextStep(offer, fresh_key()) for offer in offers if offer.move.to != flow.WITHDRAWN]
    if not typed:
        return steps
    return [
        replace(step, key=typed.get("key", step.key), text=typed.get("text", ""), reason=typed.get("reason", ""),
                open=True)
        if step.offer.move.key == typed.get("move") else step
        for step in steps
    ]
