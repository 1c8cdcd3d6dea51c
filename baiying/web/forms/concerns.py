"""Forms of concerns: join cases, take them apart, answer all at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from baiying.cases.actions import concern_answers, concerns
from baiying.cases.models import Concern
from baiying.cases.queries.concerns import ONE_PERSON
from baiying.kit import door
from baiying.web.forms.need import fresh_key

WHATS = ("join", "decline", "answer", "take_out", "split", "merge", "add", "close")


class Numbers(forms.Field):
    """Several case numbers: ticked, or typed with spaces or commas between."""

    widget = forms.SelectMultiple

    def to_python(self, value: object) -> list[str]:
        given = value if isinstance(value, list) else [value or ""]
        return [one for text in given for one in str(text).replace("，", " ").replace(",", " ").split()]


class ConcernForm(forms.Form):
    """One press on a page of concerns. ``what`` says which button it was."""

    what = forms.ChoiceField(choices=[(what, what) for what in WHATS])
    key = forms.CharField(max_length=80)
    numbers = Numbers(required=False)
    title = forms.CharField(max_length=200, required=False)
    text = forms.CharField(max_length=20_000, required=False)
    other = forms.CharField(max_length=12, required=False)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"key": fresh_key()})

    def carry_out(self, asker: door.Asker, ref: str = "") -> str:
        """Do it; gives the concern to show afterwards, or nothing. Raises Unseen, Refusal; then nothing is changed."""
        told = self.cleaned_data
        deeds: dict[str, Callable[[], Any]] = {
            "join": lambda: concerns.confirm(asker, told["numbers"], told["title"], told["key"]).ref,
            "decline": lambda: concerns.decline(asker, told["numbers"], told["key"]),
            "answer": lambda: concern_answers.answer_all(asker, ref, told["text"], told["key"]),
            "take_out": lambda: take_out_all(asker, ref, told["numbers"]),
            "split": lambda: concerns.split(asker, ref, told["numbers"], told["title"], told["key"]).ref,
            "merge": lambda: concerns.merge(asker, ref, told["other"], told["key"]),
            "add": lambda: concerns.add(asker, ref, told["numbers"], told["key"]),
            "close": lambda: concerns.close(asker, ref),
        }
        done = deeds[told["what"]]()
        return done if isinstance(done, str) else ref

    def of_case(self, asker: door.Asker, number: str, ref: str) -> None:
        """Join one case with another one of the same person, or let it go on by itself. Raises Unseen, Refusal."""
        told = self.cleaned_data
        if told["what"] == "take_out":
            concerns.take_out(asker, ref, number)
        else:
            concerns.confirm(asker, [number, *told["numbers"]], str(ONE_PERSON), told["key"], Concern.Kind.ONE)

    @property
    def sentence(self) -> str:
        """What is wrong with it, in one sentence."""
        return str(_("This button can no longer be pressed. Please look at the page again."))


def take_out_all(asker: door.Asker, ref: str, numbers: list[str]) -> None:
    """Take several cases out, each by itself."""
    for number in numbers:
        concerns.take_out(asker, ref, number)
