"""What was done for one whom a service missed, and how it ended."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from baiying.kit import door
from baiying.services.actions import reaching
from baiying.services.words import Result, Step
from baiying.web.forms.doing import Doing


class ReachedForm(Doing):
    """One step for one person."""

    person = forms.UUIDField(widget=forms.HiddenInput)
    step = forms.ChoiceField(label=_("What did you do?"), choices=Step.choices)
    result = forms.ChoiceField(label=_("How did it end?"), choices=Result.choices)

    def carry_out(self, asker: door.Asker, number: str) -> None:
        """Write it down. ``number`` is the key of the service."""
        told = self.cleaned_data
        reaching.note(asker, told["key"], told["person"], number, Step(told["step"]), Result(told["result"]))
